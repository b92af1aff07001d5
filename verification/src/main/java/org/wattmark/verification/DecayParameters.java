package org.wattmark.verification;

import static org.wattmark.verification.Worksheet.plain;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import org.wattmark.emissions.WarmingPotentials;
import org.wattmark.verification.DivertedWaste.Waste;

/// The constants of first-order decay, each cited: the CDM's TOOL04 and IPCC 2006, volume 5. They
/// belong to this version of the methodology.
record DecayParameters(DivertedWaste data) {

    private static final BigDecimal GRAMS_PER_KILOGRAM = BigDecimal.valueOf(1_000);
    private static final BigDecimal CARBON_TO_METHANE_16 = BigDecimal.valueOf(16);
    private static final BigDecimal CARBON_TO_METHANE_12 = BigDecimal.valueOf(12);

    /// Part of landfill gas that is methane, and of degradable carbon that decays.
    private static final BigDecimal HALF = new BigDecimal("0.5");

    private static final BigDecimal OXIDISED_BY_COVER = new BigDecimal("0.1");

    /// The model's own uncertainty: TOOL04's default factors for wet and dry conditions where decay
    /// is avoided (application B).
    private static final BigDecimal MODEL_WET = new BigDecimal("0.85");

    private static final BigDecimal MODEL_DRY = new BigDecimal("0.80");

    /// kg of methane and of nitrous oxide for a kg of compost's input (TOOL13, defaults).
    private static final BigDecimal COMPOSTING_METHANE = new BigDecimal("0.002");

    private static final BigDecimal COMPOSTING_NITROUS_OXIDE = new BigDecimal("0.0002");

    private static final String TOOL =
            "UNFCCC CDM, TOOL04, emissions from solid waste disposal sites";
    private static final String IPCC = "IPCC 2006 Guidelines, volume 5, chapters 2 and 3, defaults";

    private BigDecimal model() {
        return data.landfill().climate().isWet() ? MODEL_WET : MODEL_DRY;
    }

    private BigDecimal oxidised() {
        return data.landfill().management().isCovered() ? OXIDISED_BY_COVER : BigDecimal.ZERO;
    }

    private static BigDecimal potential(String gas) {
        return WarmingPotentials.of(gas, WarmingPotentials.Report.AR5)
                .orElseThrow(() -> new AssertionError("AR5 has " + gas));
    }

    /// Grams of CO₂e for so many kg of decayed degradable carbon; rounded down.
    BigDecimal grams(BigDecimal decayedKilograms) {
        var product =
                model().multiply(BigDecimal.ONE.subtract(data.captured().fraction()))
                        .multiply(potential("CH4"))
                        .multiply(BigDecimal.ONE.subtract(oxidised()))
                        .multiply(CARBON_TO_METHANE_16)
                        .multiply(HALF)
                        .multiply(HALF)
                        .multiply(data.landfill().management().correction())
                        .multiply(decayedKilograms)
                        .multiply(GRAMS_PER_KILOGRAM);
        return Worksheet.quotient(product, CARBON_TO_METHANE_12);
    }

    Map<String, String> inputs(BigDecimal decayedKilograms) {
        return Worksheet.inputs(
                "φ", plain(model()),
                "f", plain(data.captured().fraction()),
                "GWP", plain(potential("CH4")),
                "OX", plain(oxidised()),
                "F", plain(HALF),
                "DOCf", plain(HALF),
                "MCF", plain(data.landfill().management().correction()),
                "Σ W DOC decay", plain(decayedKilograms) + " kg");
    }

    /// Emissions of a compost heap, in g CO₂e for a kg of what is put on it.
    static BigDecimal compostingGramsPerKilogram() {
        return COMPOSTING_METHANE
                .multiply(potential("CH4"))
                .add(COMPOSTING_NITROUS_OXIDE.multiply(potential("N2O")))
                .multiply(GRAMS_PER_KILOGRAM);
    }

    void cite(Worksheet sheet, Set<Waste> wastes) {
        cite(sheet, "model correction", model(), "1", TOOL);
        cite(sheet, "oxidised by cover", oxidised(), "1", IPCC);
        cite(sheet, "methane in landfill gas", HALF, "1", IPCC);
        cite(sheet, "carbon that decays", HALF, "1", IPCC);
        cite(sheet, "methane correction", data.landfill().management().correction(), "1", IPCC);
        cite(sheet, "warming potential of methane", potential("CH4"), "kg CO2e/kg", "IPCC AR5");
        for (var waste : wastes) {
            cite(sheet, "organic carbon of " + waste, waste.organicCarbon(), "1", IPCC);
            cite(
                    sheet,
                    "decay of " + waste,
                    waste.decayPerYear(data.landfill().climate()),
                    "1/a",
                    IPCC);
        }
    }

    private static void cite(
            Worksheet sheet, String role, BigDecimal value, String unit, String source) {
        sheet.cite(new CitedFactor(role, OrganicWaste.ID.toString(), role, value, unit, source));
    }
}
