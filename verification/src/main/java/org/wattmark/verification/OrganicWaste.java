package org.wattmark.verification;

import static org.wattmark.verification.Worksheet.inputs;
import static org.wattmark.verification.Worksheet.plain;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Year;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.wattmark.metering.Finding.Outcome;
import org.wattmark.units.Co2e;
import org.wattmark.units.Period;
import org.wattmark.verification.Additionality.PositiveList;
import org.wattmark.verification.DivertedWaste.Delivery;
import org.wattmark.verification.DivertedWaste.Treatment;
import org.wattmark.verification.DivertedWaste.Waste;
import org.wattmark.verification.MethodologyFinding.Code;
import org.wattmark.verification.Quantification.Cause;

/// "Wattmark organic waste, first-order decay", version 1, after the CDM's TOOL04: methane that a
/// landfill would have given off. `docs/methodologies/organic-waste.md` has rules and example.
///
/// `BE = φ (1 − f) GWP (1 − OX) 16/12 F DOCf MCF Σ W DOC e^(−k (y − x)) (1 − e^(−k))`
public final class OrganicWaste implements Methodology {

    public static final MethodologyId ID = new MethodologyId("organic-waste", 1);

    /// Digits that the exponential is kept to: fewer than a double has, so that its last bit, which
    /// `StrictMath` fixes anyway, never matters.
    private static final int PLACES_OF_DECAY = 15;

    @Override
    public MethodologyId id() {
        return ID;
    }

    @Override
    public String title() {
        return "Organic waste kept from landfill, first-order decay (TOOL04)";
    }

    @Override
    public String page() {
        return "docs/methodologies/organic-waste.md";
    }

    @Override
    public Class<DivertedWaste> takes() {
        return DivertedWaste.class;
    }

    /// A model of decades with defaults throughout: a person always decides.
    @Override
    public Co2e mostWithoutPerson() {
        return Co2e.ZERO;
    }

    @Override
    public Set<PositiveList> positiveLists() {
        return Set.of(PositiveList.MICROSCALE_OTHER);
    }

    @Override
    public Quantification quantify(
            MonitoredData data,
            Period period,
            ZoneId zone,
            Map<Year, BigDecimal> carriedIn,
            FactorLibraries factors) {
        var sheet = new Worksheet(this, period, zone, carriedIn);
        sheet.general(data);
        if (!(data instanceof DivertedWaste waste)) {
            return sheet.refused();
        }
        documents(sheet, waste);
        years(sheet, waste);
        sheet.judge(
                Code.LEGAL_BASELINE,
                inputs("methane captured", plain(waste.captured().fraction())),
                "what the landfill catches or must by law is not counted",
                Outcome.INFO,
                MethodologyFinding.NOTHING_IS_NEEDED);
        return sheet.isRejected() ? sheet.refused() : figures(sheet, waste);
    }

    private static void documents(Worksheet sheet, DivertedWaste data) {
        var reported = data.reported();
        boolean weighed = reported.has(Document.Kind.WEIGHBRIDGE_TICKET);
        boolean analysed =
                reported.has(Document.Kind.ANALYSIS) || reported.has(Document.Kind.PHOTOGRAPH);
        sheet.judge(
                Code.DOCUMENTS,
                inputs("weighed", weighed ? "yes" : "no", "composition", analysed ? "yes" : "no"),
                "WEIGHBRIDGE_TICKET, and ANALYSIS or PHOTOGRAPH of what the waste is",
                weighed && analysed ? Outcome.INFO : Outcome.HOLD,
                "the documents that are missing");
        boolean owned = reported.has(Document.Kind.TRANSFER_OF_CLAIM);
        sheet.judge(
                Code.OWNERSHIP,
                inputs("transfer of claim", owned ? "yes" : "no"),
                "TRANSFER_OF_CLAIM: who brings the waste and who treats it may both count it",
                owned ? Outcome.INFO : Outcome.HOLD,
                "what both have signed");
    }

    private static void years(Worksheet sheet, DivertedWaste data) {
        var last = sheet.byTime().time().lastKey();
        long later = data.deliveries().stream().filter(it -> it.year().isAfter(last)).count();
        sheet.judge(
                Code.PLAUSIBLE,
                inputs("deliveries after the period", String.valueOf(later)),
                "none",
                later > 0 ? Outcome.REJECT : Outcome.INFO,
                "deliveries of the period and before");
    }

    private static Quantification figures(Worksheet sheet, DivertedWaste data) {
        var parameters = new DecayParameters(data);
        parameters.cite(sheet, wastes(data));
        var gross = Worksheet.sums();
        for (var part : sheet.byTime().time().entrySet()) {
            var year = part.getKey();
            var decayed = BigDecimal.ZERO;
            for (var delivery : data.deliveries()) {
                if (!delivery.year().isAfter(year)) {
                    decayed = decayed.add(decayedCarbon(data, delivery, year));
                }
            }
            var ofYear =
                    sheet.step(
                            "methane of " + year + " as CO2e",
                            "φ (1 − f) GWP (1 − OX) 16/12 F DOCf MCF Σ W DOC decay",
                            parameters.inputs(decayed),
                            parameters.grams(decayed),
                            "g");
            gross.put(year, partOfYear(ofYear, year, part.getValue(), sheet.zone()));
        }
        project(sheet, data);
        return sheet.closed(gross, Map.of());
    }

    /// A period that covers a part of a year earns that part of the year's methane.
    private static BigDecimal partOfYear(
            BigDecimal grams, Year year, Duration covered, ZoneId zone) {
        var whole =
                Duration.between(
                        year.atDay(1).atStartOfDay(zone),
                        year.plusYears(1).atDay(1).atStartOfDay(zone));
        return Worksheet.quotient(
                grams.multiply(BigDecimal.valueOf(covered.toSeconds())),
                BigDecimal.valueOf(whole.toSeconds()));
    }

    /// kg of degradable carbon of this delivery that decay in the year, of DOC alone.
    private static BigDecimal decayedCarbon(DivertedWaste data, Delivery delivery, Year year) {
        var k = delivery.waste().decayPerYear(data.landfill().climate()).doubleValue();
        int age = year.getValue() - delivery.year().getValue();
        double decay = StrictMath.exp(-k * age) * (1 - StrictMath.exp(-k));
        return delivery.kilograms()
                .multiply(delivery.waste().organicCarbon())
                .multiply(new BigDecimal(decay).setScale(PLACES_OF_DECAY, RoundingMode.FLOOR));
    }

    private static Set<Waste> wastes(DivertedWaste data) {
        var wastes = EnumSet.noneOf(Waste.class);
        data.deliveries().forEach(delivery -> wastes.add(delivery.waste()));
        return wastes;
    }

    private static void project(Worksheet sheet, DivertedWaste data) {
        var years = sheet.byTime().time().keySet();
        var treated =
                data.deliveries().stream()
                        .filter(delivery -> years.contains(delivery.year()))
                        .map(Delivery::kilograms)
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
        var heap =
                data.treatment() == Treatment.COMPOSTING
                        ? treated.multiply(DecayParameters.compostingGramsPerKilogram())
                        : BigDecimal.ZERO;
        var other = BigDecimal.valueOf(data.projectEmissions().grams());
        sheet.judge(
                Code.PROJECT_EMISSIONS,
                inputs(
                        "treatment", data.treatment().name(),
                        "of it", plain(heap) + " g",
                        "fuel, electricity, transport", plain(other) + " g"),
                "taken off",
                Outcome.INFO,
                MethodologyFinding.NOTHING_IS_NEEDED);
        if (heap.signum() > 0) {
            sheet.adjust(
                    Cause.PROJECT_EMISSIONS, heap, "methane and nitrous oxide of the compost heap");
        }
        if (other.signum() > 0) {
            sheet.adjust(Cause.PROJECT_EMISSIONS, other, "fuel, electricity and transport");
        }
    }
}
