package org.wattmark.emissions;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.wattmark.units.Co2e;

/// Net life-cycle factors of what is done with waste: US EPA, Waste Reduction Model (WARM), version
/// 15, which count the making of new material that recycling spares. They are for credits only. An
/// inventory takes [ActivityFactors], which leave avoided production out; the two are never mixed.
public final class WarmFactors {

    /// kg in a short ton, exact (international pound of 1959).
    private static final BigDecimal SHORT_TON = new BigDecimal("907.18474");

    private static final BigDecimal GRAMS_PER_TONNE = BigDecimal.valueOf(1_000_000);

    /// The landfill that the model takes where nothing is known of the one in question.
    private static final String USUAL_LANDFILL =
            "National average LFG recovery, typical collection, National average conditions";

    /// Digits that a division keeps beyond any that a gram needs.
    private static final int PLACES = 12;

    private final Map<String, BigDecimal> tonnesPerShortTon = new TreeMap<>();
    private final TreeSet<String> materials = new TreeSet<>();

    private WarmFactors() {}

    /// The factors that ship with Wattmark. A landfill without a word is the average one.
    public static WarmFactors shipped() {
        var factors = new WarmFactors();
        TsvFile.rows(
                        "warm-factors.tsv",
                        "material",
                        "pathway",
                        "options",
                        "tonnes_co2e_per_short_ton")
                .forEach(row -> {
                    var options = row[2].isEmpty() ? "" : "/" + row[2];
                    var factor = new BigDecimal(row[3]);
                    factors.tonnesPerShortTon.put(key(row[0], row[1] + options), factor);
                    if (row[2].startsWith(USUAL_LANDFILL)) {
                        factors.tonnesPerShortTon.put(key(row[0], row[1]), factor);
                    }
                    factors.materials.add(row[0]);
                });
        return factors;
    }

    private static String key(String material, String pathway) {
        return (material + "/" + pathway).toLowerCase(Locale.ROOT);
    }

    public List<String> materials() {
        return List.copyOf(materials);
    }

    /// t CO₂e for a short ton, as computed from the model; negative where it avoids.
    public Optional<BigDecimal> tonnesPerShortTon(String material, String pathway) {
        return Optional.ofNullable(tonnesPerShortTon.get(key(material, pathway)));
    }

    /// What is avoided by doing `with` instead of `without`, rounded down; none if it is worse.
    /// Nothing where one of the two is not in the model.
    public Optional<Co2e> avoided(
            String material, BigDecimal kilograms, String without, String with) {
        if (kilograms.signum() < 0) {
            throw new IllegalArgumentException("a mass is negative: " + kilograms);
        }
        return tonnesPerShortTon(material, without)
                .flatMap(baseline ->
                        tonnesPerShortTon(material, with)
                                .map(project ->
                                        baseline.subtract(project)
                                                .multiply(kilograms)
                                                .multiply(GRAMS_PER_TONNE)
                                                .divide(SHORT_TON, PLACES, RoundingMode.FLOOR)))
                .map(grams -> Co2e.floor(grams.max(BigDecimal.ZERO)));
    }
}
