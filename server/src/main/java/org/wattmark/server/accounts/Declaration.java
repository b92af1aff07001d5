package org.wattmark.server.accounts;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.Year;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.wattmark.emissions.BillPeriod;

/// What a firm declares of a calendar quarter, by itself and without bills.
///
/// @param quarter 1 to 4
/// @param site one of the firm's sites; may be empty if it has one or none
/// @param grid the eGRID subregion of a firm in the United States that has no site
/// @param quantities what is not in it was not declared
/// @param factors ids of factors that the firm names itself
public record Declaration(
        Year year,
        int quarter,
        Optional<UUID> site,
        Optional<String> grid,
        Map<DeclaredQuantity, BigDecimal> quantities,
        Map<DeclaredQuantity, String> factors) {

    public Declaration {
        if (quarter < 1 || quarter > 4) {
            throw new IllegalArgumentException("no quarter has the number " + quarter);
        }
        if (quantities.values().stream().anyMatch(each -> each.signum() < 0)) {
            throw new IllegalArgumentException("a quantity is negative: " + quantities);
        }
        quantities = Map.copyOf(quantities);
        factors = Map.copyOf(factors);
    }

    BillPeriod period() {
        var start = LocalDate.of(year.getValue(), 3 * quarter - 2, 1);
        return new BillPeriod(start, start.plusMonths(3));
    }
}
