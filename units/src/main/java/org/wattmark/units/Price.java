package org.wattmark.units;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// What one tonne of CO₂e (one credit) costs.
public record Price(Money perTonne) {

    /// What this much costs. It rounds up to a whole minor unit, so that no gram goes for nothing.
    public Money of(Co2e quantity) {
        var minorUnits = quantity.tonnes().multiply(BigDecimal.valueOf(perTonne.minorUnits()));
        return new Money(
                minorUnits.setScale(0, RoundingMode.CEILING).longValueExact(), perTonne.currency());
    }
}
