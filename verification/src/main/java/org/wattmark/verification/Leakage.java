package org.wattmark.verification;

import java.math.BigDecimal;
import org.wattmark.units.Canonical;
import org.wattmark.units.Canonical.Malformed;
import org.wattmark.units.Co2e;

/// Emissions that a project causes outside of itself. What is deducted is reported, and what is
/// said to be nothing is said so.
///
/// @param usedEquipmentStaysInUse whether equipment that was replaced works on elsewhere, or
///   equipment of the project came from elsewhere, where it is missing now
/// @param grams what is deducted for the monitoring period
/// @param because how it was estimated, or why there is none: 1 to 500 characters
public record Leakage(boolean usedEquipmentStaysInUse, Co2e grams, String because) {

    private static final int MOST_CHARACTERS = 500;

    public Leakage {
        if (because.isBlank() || because.length() > MOST_CHARACTERS) {
            throw new IllegalArgumentException(
                    "why leakage is what it is has 1 to " + MOST_CHARACTERS + " characters");
        }
    }

    /// None, as the equipment that was replaced was scrapped.
    public static Leakage none(String because) {
        return new Leakage(false, Co2e.ZERO, because);
    }

    BigDecimal exactGrams() {
        return BigDecimal.valueOf(grams.grams());
    }

    void write(Canonical bytes) {
        bytes.number(usedEquipmentStaysInUse ? 1 : 0).co2e(grams).text(because);
    }

    static Leakage read(DataReader reader) throws Malformed {
        return new Leakage(reader.yes(), reader.co2e(), reader.text());
    }
}
