package org.wattmark.emissions;

import java.math.BigDecimal;
import java.util.Optional;

/// Greenhouse gas per unit of an activity, and the publication that says so.
///
/// @param id source and row, such as `desnz-2024/1_101_1011_5`: one number for ever
/// @param path the headings above the number in its publication
/// @param kilogramsPerUnit kg CO₂e for one of `unit` as printed, exact; derived from the gases
///   where the publication prints them apart
/// @param gases which part of it each gas is, where the publication says so
public record ActivityFactor(
        String id,
        ActivitySource source,
        String path,
        ActivityUnit unit,
        BigDecimal kilogramsPerUnit,
        Optional<Gases> gases) {

    private static final BigDecimal GRAMS = BigDecimal.valueOf(1_000);

    /// kg CO₂e per unit by gas; what they lack to the total is other gases or rounding.
    public record Gases(BigDecimal co2, BigDecimal ch4, BigDecimal n2o) {

        Gases times(BigDecimal factor) {
            return new Gases(co2.multiply(factor), ch4.multiply(factor), n2o.multiply(factor));
        }
    }

    public ActivityFactor {
        if (kilogramsPerUnit.signum() < 0) {
            throw new IllegalArgumentException(
                    "a factor of an inventory is negative: " + id + " " + kilogramsPerUnit);
        }
    }

    /// Exact: nothing is rounded here.
    BigDecimal gramsFor(Quantity quantity) {
        if (!quantity.unit().equals(unit)) {
            throw new IllegalArgumentException(id + " is not for " + quantity.unit());
        }
        return kilogramsPerUnit.multiply(quantity.amount()).multiply(GRAMS);
    }
}
