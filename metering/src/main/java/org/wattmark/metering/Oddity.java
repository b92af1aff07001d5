package org.wattmark.metering;

import java.util.LinkedHashMap;
import java.util.Map;
import org.wattmark.metering.DayTraits.Measured;
import org.wattmark.metering.Finding.Outcome;
import org.wattmark.units.Period;

/// A trait of a day beside the device's own days.
///
/// @param strength 0 is usual, 1 is where an honest day may just lie
record Oddity(Trait trait, Measured measured, OwnRange own, double strength) {

    /// Of a device without a history some numbers speak for themselves: that plain are they.
    private static final double SPEAKS_FOR_ITSELF = 2;

    static Oddity of(Trait trait, Measured measured, OwnRange own) {
        double strength =
                own.known()
                        ? trait.strength(measured.value(), own)
                        : measured.value() >= trait.alone() ? SPEAKS_FOR_ITSELF : 0;
        return new Oddity(trait, measured, own, strength);
    }

    /// The day as a whole; it never speaks for itself.
    static Oddity strange(Map<Trait, Measured> day, Strangeness strangeness) {
        var measured = new Measured(strangeness.of(day), "");
        var oddity = of(Trait.STRANGENESS, measured, strangeness.own());
        return new Oddity(oddity.trait, measured, oddity.own, Math.min(1, oddity.strength));
    }

    Oddity plainer(Oddity other) {
        return other.strength > strength ? other : this;
    }

    Finding finding(Period period, Outcome outcome) {
        var inputs = new LinkedHashMap<String, String>();
        inputs.put(trait.label(), FraudDetector.decimal(measured.value()));
        if (!measured.witness().isEmpty()) {
            inputs.put("beside", measured.witness());
        }
        inputs.put("days of the device", String.valueOf(own.days()));
        inputs.put("strength", FraudDetector.decimal(strength));
        return new Finding(trait.rule(), inputs, threshold(), outcome, period);
    }

    private String threshold() {
        return own.known()
                ? FraudDetector.decimal(own.fewest())
                        + " to "
                        + FraudDetector.decimal(own.most())
                        + " on its own days"
                : FraudDetector.decimal(trait.alone());
    }
}
