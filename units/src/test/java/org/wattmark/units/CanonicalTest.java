package org.wattmark.units;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.wattmark.testing.Seeded;

class CanonicalTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.000001Z");
    private static final UUID ID = new UUID(1, 2);

    @Test
    void readsBackWhatItWrote() throws Exception {
        var bytes = example();

        var reader = Canonical.Reader.of("wattmark/example/v1", bytes);

        assertThat(reader.text()).isEqualTo("größer");
        assertThat(reader.number()).isEqualTo(-7);
        assertThat(reader.decimal()).isEqualByComparingTo("215.79");
        assertThat(reader.instant()).isEqualTo(NOON);
        assertThat(reader.id()).isEqualTo(ID);
        assertThat(reader.energy()).isEqualTo(new Energy(412));
        assertThat(reader.money()).isEqualTo(Money.of(567, "EUR"));
        reader.end();
    }

    @Test
    void hasOneWrittenForm() {
        var bytes = Canonical.of("d").number(258).decimal(new BigDecimal("1.500")).toByteArray();

        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo("0000000164" + "000000080000000000000102" + "00000003312e35");
    }

    @Test
    void movingABoundaryChangesTheBytes() {
        assertThat(Canonical.of("d").text("ab").text("c").toByteArray())
                .isNotEqualTo(Canonical.of("d").text("a").text("bc").toByteArray());
    }

    @Test
    void refusesAnotherDomainAndWhatFollowsTheEnd() throws Exception {
        assertThatThrownBy(() -> Canonical.Reader.of("wattmark/other/v1", example()))
                .hasMessage("expected wattmark/other/v1, found wattmark/example/v1");
        var reader = Canonical.Reader.of("wattmark/example/v1", example());
        assertThatThrownBy(reader::end).hasMessageContaining("bytes too many");
    }

    @Seeded
    void brokenBytesAreMalformedAndNothingWorse(RandomGenerator random) {
        var bytes = example();
        int cut = random.nextInt(bytes.length);
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        var broken = random.nextBoolean() ? bytes : Arrays.copyOf(bytes, cut);

        try {
            var reader = Canonical.Reader.of("wattmark/example/v1", broken);
            reader.text();
            reader.number();
            reader.decimal();
            reader.instant();
            reader.id();
            reader.energy();
            reader.money();
            reader.end();
            assertThat(broken).isNotEqualTo(example());
        } catch (Canonical.Malformed expected) {
            assertThat(expected).hasMessageNotContaining("null");
        }
    }

    private static byte[] example() {
        return Canonical.of("wattmark/example/v1")
                .text("größer")
                .number(-7)
                .decimal(new BigDecimal("215.790"))
                .instant(NOON)
                .id(ID)
                .energy(new Energy(412))
                .money(Money.of(567, "EUR"))
                .toByteArray();
    }
}
