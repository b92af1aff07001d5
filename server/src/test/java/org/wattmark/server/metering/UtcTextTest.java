package org.wattmark.server.metering;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.wattmark.testing.Seeded;

class UtcTextTest {

    private static @Nullable Instant read(String text) {
        var around = "[" + text + "]";
        return UtcText.instant(around.toCharArray(), 1, text.length());
    }

    @Seeded
    void aTimeIsReadAsItWasWritten(RandomGenerator random) {
        var instant = Instant.ofEpochSecond(random.nextLong(0, 7_258_118_400L)); // until 2200

        assertThat(read(instant.toString())).isEqualTo(instant);
    }

    @Test
    void otherFormsOfRfc3339AreReadToo() {
        assertThat(read("2026-07-01T14:00:00+02:00")).isEqualTo("2026-07-01T12:00:00Z");
        assertThat(read("2026-07-01T12:00:00.5Z")).isEqualTo("2026-07-01T12:00:00.500Z");
        assertThat(read("2024-02-29T00:00:00Z")).isEqualTo("2024-02-29T00:00:00Z");
    }

    @Test
    void whatIsNoTimeIsNone() {
        for (var wrong :
                List.of(
                        "",
                        "2026-02-29T00:00:00Z",
                        "2026-07-01T24:00:00Z",
                        "2026-07-01T12:60:00Z",
                        "2026-07-01T12:00:60Z",
                        "2026-13-01T12:00:00Z",
                        "2026-07-0 T12:00:00Z",
                        "٢٠٢٦-07-01T12:00:00Z",
                        "2026-07-01 12:00:00Z",
                        "yesterday")) {
            assertThat(read(wrong)).as(wrong).isNull();
        }
    }
}
