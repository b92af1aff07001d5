package org.wattmark.verification;

import static org.wattmark.verification.Worksheet.inputs;
import static org.wattmark.verification.Worksheet.plain;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Year;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.wattmark.emissions.EmissionFactor;
import org.wattmark.metering.Finding.Outcome;
import org.wattmark.units.Co2e;
import org.wattmark.units.Energy;
import org.wattmark.units.Period;
import org.wattmark.verification.Additionality.PositiveList;
import org.wattmark.verification.MethodologyFinding.Code;

/// "Wattmark declared reduction", version 1: what a small firm says in totals of solar generation,
/// of electricity saved and of waste recycled. No claim on it passes without a person, but for
/// class TEST. `docs/methodologies/declared-reduction.md` has the rules and the worked example.
///
/// `ER = G × d / D × EFs + (Eb − Ep) × EF + m × (EFl − EFr) − leakage`
public final class DeclaredReduction implements Methodology {

    public static final MethodologyId ID = new MethodologyId("declared-reduction", 1);

    private static final String SOLAR_GRID = "solar grid";
    private static final String RECYCLING = "recycling";
    private static final String MATERIAL = "Mixed Recyclables";

    /// kg in a short ton, exact (international pound of 1959).
    private static final BigDecimal SHORT_TON = new BigDecimal("907.18474");

    private static final BigDecimal GRAMS_PER_TONNE = BigDecimal.valueOf(1_000_000);
    private static final BigDecimal WATT_HOURS = BigDecimal.valueOf(1_000);
    private static final BigDecimal HOURS_PER_DAY = BigDecimal.valueOf(24);

    @Override
    public MethodologyId id() {
        return ID;
    }

    @Override
    public String title() {
        return "Declared totals of solar generation, saved electricity and recycled waste";
    }

    @Override
    public String page() {
        return "docs/methodologies/declared-reduction.md";
    }

    @Override
    public Class<DeclaredTotals> takes() {
        return DeclaredTotals.class;
    }

    /// A person decides on every claim whose units count.
    @Override
    public Co2e mostWithoutPerson() {
        return Co2e.ZERO;
    }

    @Override
    public Set<PositiveList> positiveLists() {
        return Set.of(
                PositiveList.MICROSCALE_RENEWABLE,
                PositiveList.MICROSCALE_EFFICIENCY,
                PositiveList.MICROSCALE_OTHER);
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
        if (!(data instanceof DeclaredTotals declared)) {
            return sheet.refused();
        }
        documents(sheet, declared.reported());
        plausible(sheet, declared);
        var solar = solar(sheet, declared, factors);
        var saved = saved(sheet, declared, factors);
        var recycled = recycled(sheet, declared, factors);
        if (sheet.isRejected()) {
            return sheet.refused();
        }
        var split = sheet.byTime();
        return sheet.closed(
                split.of(solar.add(saved).add(recycled)), split.of(energy(sheet, declared)));
    }

    /// The declaration itself is a document, and proves nothing.
    private static void documents(Worksheet sheet, Reported reported) {
        boolean proved =
                reported.documents().stream()
                        .anyMatch(document -> document.kind().provesQuantities());
        sheet.judge(
                Code.DOCUMENTS,
                inputs("quantities proved", proved ? "yes" : "no"),
                "a BILL, METER_RECORD, LOGBOOK or WEIGHBRIDGE_TICKET",
                proved ? Outcome.INFO : Outcome.HOLD,
                "the bills or records that the totals were read from");
    }

    /// No panel gives more than its rated power in every hour of the year.
    private static void plausible(Worksheet sheet, DeclaredTotals data) {
        if (data.annualGenerationKilowattHours().isEmpty()) {
            return;
        }
        var most =
                data.solarCapacityKilowatts()
                        .orElseThrow()
                        .multiply(HOURS_PER_DAY)
                        .multiply(BigDecimal.valueOf(daysOfYear(sheet)));
        boolean possible = data.annualGenerationKilowattHours().get().compareTo(most) <= 0;
        sheet.judge(
                Code.PLAUSIBLE,
                inputs("declared", plain(data.annualGenerationKilowattHours().get()) + " kWh"),
                "at most " + plain(most) + " kWh: rated power in every hour of the year",
                possible ? Outcome.INFO : Outcome.REJECT,
                "the generation that a meter counted");
    }

    private static int daysOfYear(Worksheet sheet) {
        return Year.from(sheet.period().start().atZone(sheet.zone())).length();
    }

    /// What of a year's generation is the period's, by time: a total tells no seasons.
    private static BigDecimal generated(Worksheet sheet, DeclaredTotals data) {
        return data.annualGenerationKilowattHours()
                .map(annual ->
                        Worksheet.quotient(
                                annual.multiply(
                                        BigDecimal.valueOf(sheet.period().length().toHours())),
                                HOURS_PER_DAY.multiply(BigDecimal.valueOf(daysOfYear(sheet)))))
                .orElse(BigDecimal.ZERO);
    }

    private static BigDecimal solar(Worksheet sheet, DeclaredTotals data, FactorLibraries factors) {
        if (data.annualGenerationKilowattHours().isEmpty()) {
            return BigDecimal.ZERO;
        }
        var region = data.reported().region();
        var chosen =
                factors.cited(SOLAR_GRID)
                        .flatMap(id -> factors.grid().factor(id))
                        .or(() -> factors.grid().forSolarCredits(region).chosen());
        sheet.judge(
                Code.FACTOR,
                inputs("region", region, SOLAR_GRID, chosen.map(EmissionFactor::id).orElse("none")),
                "the lower of the margin for intermittent energy and the average",
                chosen.isPresent() ? Outcome.INFO : Outcome.REJECT,
                "a region whose margin and average are known");
        if (chosen.isEmpty()) {
            return BigDecimal.ZERO;
        }
        var cited = GridElectricity.cited(factors.grid(), chosen.get());
        sheet.cite(
                new CitedFactor(
                        SOLAR_GRID,
                        cited.library(),
                        cited.id(),
                        cited.value(),
                        cited.unit(),
                        cited.source()));
        var generated = generated(sheet, data);
        return sheet.step(
                "displaced by solar energy",
                "G × d / D × EFs",
                inputs(
                        "G", plain(data.annualGenerationKilowattHours().get()) + " kWh",
                        "of the period", plain(generated) + " kWh",
                        "EFs", plain(cited.value()) + " g/kWh"),
                generated.multiply(cited.value()),
                "g");
    }

    private static BigDecimal saved(Worksheet sheet, DeclaredTotals data, FactorLibraries factors) {
        if (data.baselineKilowattHours().isEmpty()) {
            return BigDecimal.ZERO;
        }
        var factor =
                GridElectricity.gramsPerKilowattHour(
                        sheet, factors, data.reported().region(), Optional.empty());
        if (factor.isEmpty()) {
            return BigDecimal.ZERO;
        }
        var before = data.baselineKilowattHours().get();
        var now = data.projectKilowattHours().orElseThrow();
        return sheet.step(
                "electricity saved",
                "(Eb − Ep) × EF",
                inputs(
                        "Eb", plain(before) + " kWh",
                        "Ep", plain(now) + " kWh",
                        "EF", plain(factor.get()) + " g/kWh"),
                before.subtract(now).multiply(factor.get()),
                "g");
    }

    private static BigDecimal recycled(
            Worksheet sheet, DeclaredTotals data, FactorLibraries factors) {
        if (data.recycledKilograms().isEmpty()) {
            return BigDecimal.ZERO;
        }
        var region = data.reported().region();
        sheet.judge(
                Code.REGION,
                inputs("region", region),
                "USA: the model is of its landfills and mills",
                region.equals("USA") ? Outcome.INFO : Outcome.HOLD,
                "a person's word that the factors hold in the region");
        var spared =
                factors.warm()
                        .tonnesPerShortTon(MATERIAL, "landfilling")
                        .orElseThrow()
                        .subtract(
                                factors.warm()
                                        .tonnesPerShortTon(MATERIAL, "recycling")
                                        .orElseThrow());
        sheet.cite(
                new CitedFactor(
                        RECYCLING,
                        "warm/15",
                        MATERIAL + ": landfilling less recycling",
                        spared,
                        "t/short ton",
                        "US EPA, Waste Reduction Model (WARM), version 15"));
        var kilograms = data.recycledKilograms().get();
        return sheet.step(
                "spared by recycling",
                "m × (EFl − EFr)",
                inputs(
                        "m", plain(kilograms) + " kg",
                        "EFl − EFr", plain(spared) + " t/short ton"),
                Worksheet.quotient(spared.multiply(kilograms).multiply(GRAMS_PER_TONNE), SHORT_TON),
                "g");
    }

    private static Energy energy(Worksheet sheet, DeclaredTotals data) {
        var saved =
                data.baselineKilowattHours()
                        .map(before -> before.subtract(data.projectKilowattHours().orElseThrow()))
                        .orElse(BigDecimal.ZERO)
                        .max(BigDecimal.ZERO);
        return new Energy(
                saved.add(generated(sheet, data))
                        .multiply(WATT_HOURS)
                        .setScale(0, RoundingMode.FLOOR)
                        .longValueExact());
    }
}
