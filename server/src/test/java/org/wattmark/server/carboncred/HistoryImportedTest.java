package org.wattmark.server.carboncred;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.wattmark.server.carboncred.ImportedHolding.Status;
import org.wattmark.units.Bytes;
import org.wattmark.units.Canonical;

class HistoryImportedTest {

    private static final Chain CHAIN = new Chain("ab".repeat(32), 9, 4, 2);

    private static ImportedHolding holding(long row) {
        return new ImportedHolding(
                row,
                new UUID(7, row),
                "3",
                "Bäckerei",
                row % 2 == 0 ? Optional.of(new UUID(1, 2)) : Optional.empty(),
                Status.HELD);
    }

    private static HistoryImported page(List<ImportedHolding> holdings, int page, int pages) {
        return new HistoryImported(Bytes.of(new byte[32]), CHAIN, page, pages, holdings);
    }

    @Test
    void itsContentReadsBackAndNothingElseDoes() throws Canonical.Malformed {
        var page = page(List.of(holding(1), holding(2)), 1, 1);
        var content = page.content();

        assertThat(HistoryImported.of(content)).isEqualTo(page);
        for (int i = 0; i < content.length; i++) {
            var torn = Arrays.copyOf(content, i);
            assertThatThrownBy(() -> HistoryImported.of(torn))
                    .isInstanceOf(Canonical.Malformed.class);
        }
        var longer = Arrays.copyOf(content, content.length + 1);
        assertThatThrownBy(() -> HistoryImported.of(longer))
                .isInstanceOf(Canonical.Malformed.class);
    }

    @Test
    void theLargestPageIsASmallLeaf() {
        var holdings = new ArrayList<ImportedHolding>();
        for (int row = 1; row <= HistoryImported.PAGE; row++) {
            holdings.add(holding(row));
        }

        var page = page(holdings, 2, 3);

        assertThat(page.published(new byte[32])).hasSizeLessThan(400);
        assertThat(page.isSalted()).isTrue();
    }

    @Test
    void aPageIsFullUnlessItIsTheLast() {
        assertThatThrownBy(() -> page(List.of(holding(1)), 1, 2))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> page(List.of(holding(2), holding(1)), 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> page(List.of(), 3, 2))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
