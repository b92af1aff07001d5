package org.wattmark.metering;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.wattmark.metering.Finding.Outcome;
import org.wattmark.metering.Finding.Rule;
import org.wattmark.metering.Installation.Mounting;
import org.wattmark.metering.SolarBound.Bound;
import org.wattmark.units.Period;

/// What the sun forbids in a day, by the thresholds of [SolarBound], which were set on real plants.
///
/// A meter whose clock stepped with daylight saving writes an evening's last light into the night.
/// That accuses nobody: power counts as power by night if the sun was down an hour before and an
/// hour later too.
final class SunRules {

    /// A step of daylight saving, as wide as it is anywhere but on Lord Howe Island (30 min).
    private static final Duration CLOCK_STEP = Duration.ofHours(1);

    /// Of what panels that follow the sun could make in the day: as in [Plausibility].
    private static final double FIXED_DAY_SHARE = 0.62;

    private SunRules() {}

    static List<Finding> of(DeviceDay day, History own) {
        var bound = new SolarBound(own.site(), own.wattsPeak());
        var findings = new ArrayList<Finding>();
        double made = 0;
        double clearSky = 0;
        for (int i = 0; i < day.length(); i++) {
            var interval = Period.starting(day.startOf(i), day.step());
            double watts = day.watts(i);
            double energy = watts > 0 ? watts * day.hours() : 0; // not where it is no number
            made += energy;
            clearSky += bound.of(interval).clearSkyWattHours();
            if (energy > bound.capacityWattHours(interval)) {
                findings.add(
                        found(
                                Rule.CAPACITY,
                                energy,
                                bound.capacityWattHours(interval),
                                own,
                                interval));
            } else {
                var hourAround =
                        bound.of(
                                new Period(
                                        interval.start().minus(CLOCK_STEP),
                                        interval.end().plus(CLOCK_STEP)));
                var widest =
                        new Bound(
                                hourAround.highestElevation(),
                                hourAround.irradiance(),
                                own.wattsPeak(),
                                day.hours());
                double most = widest.wattHours();
                if (energy > most) {
                    findings.add(
                            found(
                                    widest.night() ? Rule.NIGHT : Rule.CLEAR_SKY,
                                    energy,
                                    most,
                                    own,
                                    interval));
                }
            }
        }
        double share = own.installation().mounting() == Mounting.FIXED ? FIXED_DAY_SHARE : 1;
        if (made > share * clearSky) {
            findings.add(found(Rule.DAY, made, share * clearSky, own, FraudDetector.whole(day)));
        }
        return findings;
    }

    private static Finding found(
            Rule rule, double energy, double most, History own, Period interval) {
        var inputs = new LinkedHashMap<String, String>();
        inputs.put("energy", FraudDetector.decimal(energy) + " Wh");
        inputs.put("peak power", own.wattsPeak() + " W");
        return new Finding(
                rule,
                inputs,
                FraudDetector.decimal(most) + " Wh",
                rule == Rule.DAY ? Outcome.HOLD : Outcome.REJECT,
                interval);
    }
}
