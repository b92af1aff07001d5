package org.wattmark.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wattmark.metering.Channel;
import org.wattmark.metering.ExclusivityDeclaration.ExternalId;

/// SunSpec devices over real Modbus TCP, sound and faulty.
class SunSpecSourceTest {

    private static final Instant NOON = Instant.parse("2026-06-21T12:00:00Z");
    private static final long ROLLS_OVER_AT = 1L << 32;

    @Test
    void aThreePhaseInverterTellsEnergyPowerAndWhoItIs() {
        try (var inverter = SimulatedInverter.threePhase(7_654_321)) {
            var source = source(inverter, 1);

            var look = source.look(NOON);

            assertThat(look).isEqualTo(seen(1_234L, generation(7_654_321, ROLLS_OVER_AT)));
            assertThat(source.identity())
                    .hasValue(new ExternalId("sunspec", "Sunny Works/SW-6000/4711-0815"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {40_000, 0, 50_000})
    void theMapIsFoundWhereverItMayBegin(int base) {
        try (var inverter = new SimulatedInverter(1, base).with(101, 50).put32(101, 22, 12_345)) {

            assertThat(source(inverter, 1).look(NOON))
                    .isEqualTo(seen(0L, generation(12_345, ROLLS_OVER_AT)));
        }
    }

    @Test
    void theUnitIsFoundWhereNoneIsNamed() {
        try (var inverter =
                new SimulatedInverter(126, 40_000).with(102, 50).put32(102, 22, 12_345)) {

            assertThat(source(inverter, null).look(NOON))
                    .isEqualTo(seen(0L, generation(12_345, ROLLS_OVER_AT)));
        }
    }

    @Test
    void scaleFactorsMoveThePointAndTheEnd() {
        try (var inverter = SimulatedInverter.threePhase(123_456)) {
            var source = source(inverter, 1);

            var tens = source.look(scaled(inverter, 1));
            var tenths = source.look(scaled(inverter, -1));

            assertThat(tens).isEqualTo(seen(1_234L, generation(1_234_560, 42_949_672_960L)));
            assertThat(tenths)
                    .as("both rounded down")
                    .isEqualTo(seen(1_234L, generation(12_345, 429_496_729)));
        }
    }

    private static Instant scaled(SimulatedInverter inverter, int scale) {
        inverter.put(103, 24, scale);
        return NOON;
    }

    @Test
    void floatingPointInvertersAreRead() {
        try (var inverter =
                new SimulatedInverter(1, 40_000)
                        .with(113, 60)
                        .putFloat(113, 20, 4_321.9f)
                        .putFloat(113, 30, 7_654_321.5f)) {

            assertThat(source(inverter, 1).look(NOON))
                    .isEqualTo(seen(4_321L, generation(7_654_321, Count.NEVER)));
        }
    }

    @Test
    void a64BitCounterOfModel701IsRead() {
        try (var inverter =
                new SimulatedInverter(1, 40_000)
                        .with(701, 153)
                        .put(701, 8, 5_000)
                        .put64(701, 17, 98_765_432_109L)
                        .put(701, 118, 0)) {

            assertThat(source(inverter, 1).look(NOON))
                    .isEqualTo(seen(5_000L, generation(98_765_432_109L, Count.NEVER)));
        }
    }

    @Test
    void aMeterBesideTheInverterTellsWhatCrossesTheGridConnection() {
        try (var inverter =
                SimulatedInverter.threePhase(7_000_000)
                        .with(203, 105)
                        .put32(203, 36, 3_000_000)
                        .put32(203, 44, 9_000_000)) {

            assertThat(source(inverter, 1).look(NOON))
                    .isEqualTo(
                            seen(
                                    1_234L,
                                    generation(7_000_000, ROLLS_OVER_AT),
                                    count(Channel.EXPORT, 3_000_000, ROLLS_OVER_AT),
                                    count(Channel.IMPORT, 9_000_000, ROLLS_OVER_AT)));
        }
    }

    @Test
    void anInverterWithTwoModelsOfTheSameEnergyIsCountedOnce() {
        try (var inverter =
                SimulatedInverter.threePhase(7_000_000)
                        .with(113, 60)
                        .putFloat(113, 30, 7_000_000f)
                        .with(701, 153)
                        .put64(701, 17, 7_000_000)) {

            assertThat(source(inverter, 1).look(NOON))
                    .isEqualTo(seen(1_234L, generation(7_000_000, ROLLS_OVER_AT)));
        }
    }

    @Test
    void whatIsNotImplementedIsNoNumber() {
        try (var inverter = SimulatedInverter.threePhase(0)) {
            var source = source(inverter, 1);

            var noEnergy = source.look(NOON);
            inverter.counts(1_000).put(103, 24, 0x8000);
            var noScale = source.look(NOON);
            inverter.put(103, 24, 0).put(103, 12, 0x8000);
            var noPower = source.look(NOON);

            thenNothing(noEnergy, "model 103 WH is 0, which says that there is no value");
            thenNothing(noScale, "the scale factor of model 103 WH is not implemented");
            assertThat(noPower).isEqualTo(seen(null, generation(1_000, ROLLS_OVER_AT)));
        }
    }

    @Test
    void sentinelsOfTheOtherTypesAreNoNumbersEither() {
        try (var floats = new SimulatedInverter(1, 40_000).with(111, 60);
                var longs = new SimulatedInverter(1, 40_000).with(701, 153)) {
            floats.putFloat(111, 30, Float.NaN).putFloat(111, 20, Float.NaN);
            longs.put64(701, 17, -1);

            thenNothing(source(floats, 1).look(NOON), "model 111 WH is not implemented (NaN)");
            thenNothing(
                    source(longs, 1).look(NOON),
                    "model 701 TotWhInj is not implemented (0xFFFFFFFFFFFFFFFF)");
        }
    }

    @Test
    void aScaleFactorThatCannotBeIsNamedWithItsLimits() {
        try (var inverter = SimulatedInverter.threePhase(1_000).put(103, 24, 12)) {

            thenNothing(
                    source(inverter, 1).look(NOON),
                    "the scale factor of model 103 WH is 12; it lies between -10 and 10");
        }
    }

    @Test
    void aDeviceThatIsNoSunSpecDeviceIsSaidToBeNone() {
        try (var other = new SimulatedInverter(1, 40_000);
                var noEnd = new SimulatedInverter(1, 40_000).with(1, 66)) {
            var withoutEnergy = source(noEnd, 1).look(NOON);

            assertThat(source(other, 1).look(NOON)).isInstanceOf(Look.Nothing.class);
            thenNothing(
                    withoutEnergy,
                    "models [1] tell no energy; 101-103, 111-113, 201-204 or 701 would");
        }
    }

    @Test
    void anInverterThatSleepsIsNothingAndItsMapIsReadAnewInTheMorning() {
        try (var inverter = SimulatedInverter.threePhase(1_000)) {
            var source = source(inverter, 1);
            var evening = source.look(NOON);

            inverter.switchOff();
            var night = source.look(NOON);
            inverter.switchOn();
            inverter.counts(1_010);
            var morning = source.look(NOON);

            assertThat(evening).isEqualTo(seen(1_234L, generation(1_000, ROLLS_OVER_AT)));
            assertThat(night).isInstanceOf(Look.Nothing.class);
            assertThat(morning).isEqualTo(seen(1_234L, generation(1_010, ROLLS_OVER_AT)));
        }
    }

    private static SunSpecSource source(SimulatedInverter inverter, @Nullable Integer unit) {
        return new SunSpecSource("127.0.0.1", inverter.port, unit, Duration.ofSeconds(2));
    }

    private static Look.Seen seen(@Nullable Long watts, Count... counts) {
        return new Look.Seen(List.of(counts), watts);
    }

    private static Count generation(long wattHours, long rollsOverAt) {
        return count(Channel.GENERATION, wattHours, rollsOverAt);
    }

    private static Count count(Channel channel, long wattHours, long rollsOverAt) {
        return new Count(channel, NOON, wattHours, rollsOverAt);
    }

    private static void thenNothing(Look look, String why) {
        assertThat(look).isEqualTo(new Look.Nothing(why));
    }
}
