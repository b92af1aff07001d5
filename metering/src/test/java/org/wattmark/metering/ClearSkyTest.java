package org.wattmark.metering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.wattmark.testing.Seeded;
import org.wattmark.units.Period;

class ClearSkyTest {

    /// Expected values of pvlib's own test of `clearsky.ineichen` (test_clearsky.py, BSD-3-Clause).
    @Test
    void ineichenGivesTheNumbersOfTheReference() {
        var seaLevel = ClearSky.ineichen(80, 1, 0, 1_364, 3);
        var mountain = ClearSky.ineichen(80, 1, 2_000, 1_364, 3);
        var low = ClearSky.ineichen(90 - 82.85457044, 6.97935524, 0, 1_364, 3);

        assertThat(seaLevel.global()).isCloseTo(1038.159219, within(1e-5));
        assertThat(seaLevel.beam()).isCloseTo(942.2081860378344, within(1e-5));
        assertThat(seaLevel.diffuse()).isCloseTo(110.26529293612793, within(1e-5));
        assertThat(mountain.global()).isCloseTo(1134.24312405, within(1e-5));
        assertThat(mountain.beam()).isCloseTo(994.95377835, within(1e-5));
        assertThat(low.global()).isCloseTo(65.49426624, within(1e-5));
        assertThat(low.beam()).isCloseTo(321.16092181, within(1e-5));
    }

    /// Expected values of pvlib's own test of `clearsky.haurwitz`.
    @Test
    void haurwitzGivesTheNumbersOfTheReference() {
        assertThat(ClearSky.haurwitz(-0.05)).isZero();
        assertThat(ClearSky.haurwitz(5)).isCloseTo(48.6298687941956, within(1e-5));
        assertThat(ClearSky.haurwitz(50)).isCloseTo(778.766689344363, within(1e-5));
        assertThat(ClearSky.haurwitz(90)).isCloseTo(1035.09203253450, within(1e-5));
    }

    /// The example at the end of Reda and Andreas (2004): zenith 50.11162°, azimuth 194.34024°.
    @Test
    void theSunStandsWhereTheReferenceSays() {
        var sun = new Sun(Site.of("America/Denver", "39.742476", "-105.1786", 1830, "US"));

        var position = sun.at(Instant.parse("2003-10-17T19:30:30Z"));

        assertThat(position.elevation()).isCloseTo(90 - 50.11162, within(0.001));
        assertThat(position.azimuth()).isCloseTo(194.34024, within(0.001));
    }

    @Seeded
    void thePowerBoundIsNeverBelowWhatASimulatedPanelCanMake(RandomGenerator random) {
        var device = Examples.fixed(DeviceSigner.withNewKey().key(), 6_000);
        var start =
                Instant.parse("2025-01-01T00:00:00Z")
                        .plus(Duration.ofMinutes(15L * random.nextInt(35_040)));
        var interval = Period.starting(start, Duration.ofMinutes(15));

        var bound = new SolarBound(device).of(interval);
        var made = new SimulatedPanel(device, random.nextLong()).readings(interval).getFirst();

        assertThat((double) made.rawWattHours()).isLessThanOrEqualTo(bound.wattHours() + 1);
    }
}
