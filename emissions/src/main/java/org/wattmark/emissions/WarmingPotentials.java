package org.wattmark.emissions;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// How much a gas warms over 100 years against as much CO₂, by the assessment reports of the IPCC.
/// The table is that of Open Climate Data (CC0).
public final class WarmingPotentials {

    private static final Map<String, String[]> BY_SPECIES = new TreeMap<>();

    static {
        TsvFile.rows("gwp.tsv", "species", "sar", "tar", "ar4", "ar5", "ar6")
                .forEach(row -> BY_SPECIES.put(row[0].toLowerCase(Locale.ROOT), row));
    }

    private WarmingPotentials() {}

    /// The assessment report that a number is from.
    public enum Report {
        SAR(1),
        TAR(2),
        AR4(3),
        AR5(4),
        AR6(5);

        private final int column;

        Report(int column) {
            this.column = column;
        }
    }

    /// Nothing where the report has no number for the gas. AR6's methane is the mix of fossil and
    /// other.
    public static Optional<BigDecimal> of(String species, Report report) {
        var key = species.strip().replace("-", "").toLowerCase(Locale.ROOT);
        if (key.equals("co2")) {
            return Optional.of(BigDecimal.ONE);
        }
        return Optional.ofNullable(BY_SPECIES.get(key))
                .map(row -> row[report.column])
                .filter(cell -> !cell.isEmpty())
                .map(BigDecimal::new);
    }
}
