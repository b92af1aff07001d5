package org.wattmark.server.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.wattmark.units.Bytes;
import org.wattmark.units.Canonical;

class ReportPublishedTest {

    private static final ReportPublished FACT =
            new ReportPublished(new UUID(7, 8), 2024, Bytes.of(new byte[32]));

    @Test
    void isReadBackAsItWas() throws Canonical.Malformed {
        assertThat(ReportPublished.of(FACT.content())).isEqualTo(FACT);
        assertThat(FACT.published(new byte[0])).isEqualTo(FACT.content());
    }

    @Test
    void isRefusedWhereItsBytesAreCut() {
        var bytes = FACT.content();

        for (int length = 0; length < bytes.length; length++) {
            var cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> ReportPublished.of(cut))
                    .as("%d bytes", cut.length)
                    .isInstanceOf(Canonical.Malformed.class);
        }
    }
}
