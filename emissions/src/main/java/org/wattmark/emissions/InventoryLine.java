package org.wattmark.emissions;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.wattmark.units.Share;

/// One number of an inventory and all that it was made from. It is exact: only a scope's total is
/// rounded.
///
/// @param site nothing where it stands for the whole firm
/// @param quantity of the factor's unit, summed over its parts
/// @param share of the site's emissions that counts
/// @param grams quantity × factor × share, exact
/// @param kilowattHours the energy in it, where that is known; before the share
/// @param parts the activities that it sums up; empty where it follows from another line
public record InventoryLine(
        Method method,
        Category category,
        Optional<ReportingSite> site,
        ActivityItem item,
        Quantity quantity,
        ActivityFactor factor,
        Share share,
        BigDecimal grams,
        Optional<BigDecimal> kilowattHours,
        List<Part> parts,
        List<String> because) {

    private static final BigDecimal GRAMS = BigDecimal.valueOf(1_000);

    /// Which of the two totals of scope 2 it belongs to; the other scopes know one.
    public enum Method {
        ANY,
        LOCATION_BASED,
        MARKET_BASED
    }

    /// What one activity gave to the line.
    ///
    /// @param days those of its period that fall into the reporting year
    /// @param given the share of what the bill says, in the bill's unit
    /// @param understood the same in the factor's unit
    public record Part(
            UUID activity,
            BillPeriod days,
            Quantity given,
            Quantity understood,
            Activity.Basis basis) {}

    public InventoryLine {
        parts = List.copyOf(parts);
        because = List.copyOf(because);
    }

    /// How the number was computed, so that anybody may do it again by hand.
    ///
    /// @param rounding where it is rounded, and in which direction
    public record Explanation(
            String formula,
            String factor,
            String factorValue,
            String source,
            String url,
            String licence,
            List<String> because,
            String rounding) {}

    public Explanation explain() {
        var part =
                share.equals(Share.ofPercent(100))
                        ? ""
                        : " × " + Quantity.plain(share.fraction()) + " (share of the site)";
        var formula =
                quantity
                        + " × "
                        + Quantity.plain(factor.kilogramsPerUnit())
                        + " kg CO₂e per "
                        + factor.unit()
                        + part
                        + " = "
                        + Quantity.plain(kilograms())
                        + " kg CO₂e";
        return new Explanation(
                formula,
                factor.id(),
                Quantity.plain(factor.kilogramsPerUnit()) + " kg CO₂e per " + factor.unit(),
                factor.source().line(),
                factor.source().source().url(),
                factor.source().source().licence(),
                because,
                "The line is exact. Each scope's total is rounded up once, to a whole gram.");
    }

    public BigDecimal kilograms() {
        return grams.divide(GRAMS);
    }
}
