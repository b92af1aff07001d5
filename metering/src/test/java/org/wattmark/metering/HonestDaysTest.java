package org.wattmark.metering;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.wattmark.metering.Installation.Mounting;
import org.wattmark.testing.Seeded;

/// Real instruments are honest and odd: few of their days may be held, and none refused. Each real
/// oddity has a simulated twin that needs no file, and each set of days has a planted cheat that is
/// found among them.
class HonestDaysTest {

    private static final long WATTS_PEAK = 6_000;
    private static final Installation SIX_KILOWATTS = new Installation(WATTS_PEAK, Mounting.FIXED);

    /// Of honest days, over all real ones together.
    private static final double MOST_FALSE_ALARMS = 0.01;

    private static int worldsJudged;
    private static int worldsAccused;

    @Test
    void standbyByNightAccusesNobody() throws IOException {
        var days = RealDays.ofSerfEast();

        assertThat(accused(days, 3)).isEmpty();
        assertThat(plantedIsFound(days)).isTrue();
    }

    @Test
    void aMeterThatCountsInStepsAccusesNobody() throws IOException {
        var days = SimulatedDays.coarse(RealDays.ofSerfEast(), 125);

        assertThat(accused(days, 4)).isEmpty();
        assertThat(plantedIsFound(days)).isTrue();
    }

    /// Of 907 days every twenty-fifth, over three winters and five steps of the clock.
    @Test
    void aClockThatStepsWithDaylightSavingAccusesNobody() throws IOException {
        var days = RealDays.ofTheClockThatSteps();

        var accused = accused(days, 25);

        assertThat(accused).hasSizeLessThanOrEqualTo(1);
        assertThat(plantedIsFound(days.subList(0, 120))).isTrue();
    }

    @Test
    void simulatedStandbyAccusesNobody() {
        var days = SimulatedDays.inGolden(WATTS_PEAK, 80, 1);

        assertThat(accused(days, 7)).isEmpty();
        assertThat(plantedIsFound(days)).isTrue();
    }

    @Test
    void simulatedStepsOfAMeterAccuseNobody() {
        var days = SimulatedDays.coarse(SimulatedDays.inGolden(WATTS_PEAK, 80, 2), 125);

        assertThat(accused(days, 7)).isEmpty();
        assertThat(plantedIsFound(days)).isTrue();
    }

    @Test
    void aSimulatedStepOfTheClockAccusesNobody() {
        var days = SimulatedDays.inGolden(WATTS_PEAK, 80, 3);
        var stepped = new ArrayList<>(days.subList(0, 40));
        stepped.addAll(SimulatedDays.ahead(days.subList(40, 80), 2));

        assertThat(accused(stepped, 7)).isEmpty();
    }

    @Test
    void codesForNoDataAccuseNobody() {
        var days = new ArrayList<>(SimulatedDays.inGolden(WATTS_PEAK, 60, 4));
        for (int i = 0; i < days.size(); i += 7) {
            var watts = days.get(i).watts();
            Arrays.fill(watts, 20, 26, -1_000_000);
            days.set(i, days.get(i).with(watts));
        }

        assertThat(accused(days, 5)).isEmpty();
    }

    @Test
    void twinsOfOnePlantAccuseNobody() {
        var days = SimulatedDays.inGolden(WATTS_PEAK, 60, 5);
        var twins =
                SimulatedDays.each(days, w -> w * 1.0003).stream()
                        .map(d -> new DeviceDay("twin", d.date(), d.start(), d.step(), d.watts()))
                        .toList();
        var history = History.vouchedFor(Examples.GOLDEN, SIX_KILOWATTS, days);

        var accused =
                Stream.iterate(0, i -> i < days.size(), i -> i + 6)
                        .map(days::get)
                        .filter(day ->
                                FraudDetector.accused(FraudDetector.inspect(day, history, twins)))
                        .toList();

        assertThat(accused).isEmpty();
    }

    /// Panels from a balcony's to a field's, in some place, by a fine meter or a coarse one.
    @Seeded(worlds = 20)
    void honestDaysOfAnySizeAreLetThrough(RandomGenerator random) {
        long wattsPeak = Math.round(Math.exp(random.nextDouble(Math.log(300), Math.log(1e6))));
        var latitude = String.valueOf(Math.rint(random.nextDouble(-50, 55) * 100) / 100);
        var longitude = String.valueOf(Math.rint(random.nextDouble(-170, 170) * 100) / 100);
        var site = Site.of("UTC", latitude, longitude, random.nextInt(2_000), "ZZ");
        var days = SimulatedDays.of("panel", site, wattsPeak, 50, random.nextLong(1_000));
        if (random.nextBoolean()) {
            days = SimulatedDays.coarse(days, 2 * Math.rint(wattsPeak / 100.0));
        }
        var history = History.vouchedFor(site, new Installation(wattsPeak, Mounting.FIXED), days);

        for (int i = 5; i < 50; i += 15) {
            var findings = FraudDetector.inspect(days.get(i), history, List.of());
            assertThat(findings).noneMatch(f -> f.outcome() == Finding.Outcome.REJECT);
            worldsJudged++;
            worldsAccused += FraudDetector.accused(findings) ? 1 : 0;
        }
    }

    @AfterAll
    static void fewWorldsHoldAnHonestDay() {
        assertThat(worldsAccused)
                .isLessThanOrEqualTo((int) Math.ceil(MOST_FALSE_ALARMS * worldsJudged));
    }

    private static List<String> accused(List<DeviceDay> days, int every) {
        var history = History.vouchedFor(Examples.GOLDEN, SIX_KILOWATTS, days);
        var accused = new ArrayList<String>();
        for (int i = 0; i < days.size(); i += every) {
            var findings = FraudDetector.inspect(days.get(i), history, List.of());
            if (FraudDetector.accused(findings)) {
                accused.add(days.get(i).date() + " " + findings);
            }
        }
        return accused;
    }

    /// The control: a replay and a stuck number among these days are found.
    private static boolean plantedIsFound(List<DeviceDay> days) {
        var history = History.vouchedFor(Examples.GOLDEN, SIX_KILOWATTS, days);
        var replay = days.get(50).with(days.get(48).watts());
        var stuck = days.get(50).watts();
        Arrays.fill(stuck, 18, 30, 1_500);
        return FraudDetector.accused(FraudDetector.inspect(replay, history, List.of()))
                && FraudDetector.accused(
                        FraudDetector.inspect(days.get(50).with(stuck), history, List.of()));
    }
}
