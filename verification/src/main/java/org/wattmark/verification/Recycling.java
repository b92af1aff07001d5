package org.wattmark.verification;

import static org.wattmark.verification.Worksheet.inputs;
import static org.wattmark.verification.Worksheet.plain;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.Year;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.wattmark.emissions.WarmFactors;
import org.wattmark.metering.Finding.Outcome;
import org.wattmark.units.Co2e;
import org.wattmark.units.Period;
import org.wattmark.units.Share;
import org.wattmark.verification.Additionality.PositiveList;
import org.wattmark.verification.MethodologyFinding.Code;
import org.wattmark.verification.Quantification.Cause;
import org.wattmark.verification.RecycledMaterial.Delivery;

/// "Wattmark recycling by WARM net factors", version 1: material that is recycled in place of being
/// landfilled or burned. `docs/methodologies/recycling.md` has the rules and the worked example.
///
/// `ER = Σ m (1 − r) (without − recycling) − uncertainty − leakage`
///
/// Only [WarmFactors] count what recycling spares. Factors of inventories leave that out and are of
/// another type, so none can come in here.
public final class Recycling implements Methodology {

    public static final MethodologyId ID = new MethodologyId("recycling", 1);

    private static final String LIBRARY = "warm/15";
    private static final String SOURCE =
            "US EPA, Waste Reduction Model (WARM), version 15, net factors, AR4 potentials";
    private static final String RECYCLED = "recycling";
    private static final BigDecimal GRAMS_PER_TONNE = BigDecimal.valueOf(1_000_000);

    /// kg in a short ton, exact (international pound of 1959).
    private static final BigDecimal SHORT_TON = new BigDecimal("907.18474");

    /// Materials of wood fibre: most of what WARM credits to their recycling is carbon that stays
    /// in forests that are not felled. Forests burn and are felled later: it is not permanent.
    private static final Set<String> FOREST_STORAGE =
            Set.of(
                    "Corrugated Containers",
                    "Magazines Third-class Mail",
                    "Newspaper",
                    "Office Paper",
                    "Phonebooks",
                    "Textbooks",
                    "Mixed Paper (general)",
                    "Mixed Paper (primarily residential)",
                    "Mixed Paper (primarily from offices)",
                    "Mixed Recyclables",
                    "Dimensional Lumber",
                    "Medium-density Fiberboard",
                    "Wood Flooring");

    @Override
    public MethodologyId id() {
        return ID;
    }

    @Override
    public String title() {
        return "Recycling by WARM net factors";
    }

    @Override
    public String page() {
        return "docs/methodologies/recycling.md";
    }

    @Override
    public Class<RecycledMaterial> takes() {
        return RecycledMaterial.class;
    }

    /// The model is of the United States: its mills, its landfills, its grid.
    @Override
    public Set<String> regions() {
        return Set.of("USA");
    }

    @Override
    public Co2e mostWithoutPerson() {
        return Co2e.ofTonnes(5);
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
        if (!(data instanceof RecycledMaterial recycled)) {
            return sheet.refused();
        }
        documents(sheet, recycled.reported());
        dates(sheet, recycled);
        forestStorage(sheet, recycled);
        materials(sheet, recycled, factors.warm());
        return sheet.isRejected() ? sheet.refused() : figures(sheet, recycled, factors.warm());
    }

    private static void documents(Worksheet sheet, Reported reported) {
        boolean weighed = reported.has(Document.Kind.WEIGHBRIDGE_TICKET);
        sheet.judge(
                Code.DOCUMENTS,
                inputs("weighed", weighed ? "yes" : "no"),
                "WEIGHBRIDGE_TICKET",
                weighed ? Outcome.INFO : Outcome.HOLD,
                "the tickets of the weighbridge");
        boolean transferred = reported.has(Document.Kind.TRANSFER_OF_CLAIM);
        sheet.judge(
                Code.OWNERSHIP,
                inputs("transfer of claim", transferred ? "yes" : "no"),
                "TRANSFER_OF_CLAIM: collector, recycler and maker may each count the same tonne",
                transferred ? Outcome.INFO : Outcome.HOLD,
                "what the recycler and the user of the material have signed");
    }

    private static void dates(Worksheet sheet, RecycledMaterial data) {
        long outside =
                data.deliveries().stream()
                        .map(Delivery::date)
                        .filter(date -> !isIn(sheet.period(), sheet.zone(), date))
                        .count();
        sheet.judge(
                Code.PLAUSIBLE,
                inputs("deliveries outside the period", String.valueOf(outside)),
                "none",
                outside > 0 ? Outcome.REJECT : Outcome.INFO,
                "a claim for the period that they lie in");
    }

    static boolean isIn(Period period, ZoneId zone, LocalDate date) {
        return !date.atStartOfDay(zone).toInstant().isBefore(period.start())
                && !date.plusDays(1).atStartOfDay(zone).toInstant().isAfter(period.end());
    }

    private static void forestStorage(Worksheet sheet, RecycledMaterial data) {
        var fibres = new TreeSet<String>();
        data.deliveries().stream()
                .map(Delivery::material)
                .filter(FOREST_STORAGE::contains)
                .forEach(fibres::add);
        sheet.judge(
                Code.FOREST_STORAGE,
                inputs("materials of wood fibre", fibres.toString()),
                "none: carbon stored in forests is not permanent",
                fibres.isEmpty() ? Outcome.INFO : Outcome.HOLD,
                "a verifier who sets a larger buffer for reversal");
    }

    private static void materials(Worksheet sheet, RecycledMaterial data, WarmFactors warm) {
        var unknown = new TreeSet<String>();
        for (var delivery : data.deliveries()) {
            // By its exact name: one material has one role, and wood fibre is never overlooked.
            if (!warm.materials().contains(delivery.material())
                    || warm.tonnesPerShortTon(delivery.material(), RECYCLED).isEmpty()
                    || without(warm, delivery).isEmpty()) {
                unknown.add(delivery.material() + " instead of " + delivery.baseline());
            }
        }
        sheet.judge(
                Code.FACTOR,
                inputs("not in the model", unknown.toString()),
                "recycling and baseline are both in WARM; factors of inventories never count",
                unknown.isEmpty() ? Outcome.INFO : Outcome.REJECT,
                "a material of WARM that is recycled, and what else becomes of it");
    }

    /// A pathway and its factor in t CO₂e for a short ton.
    private record Way(String pathway, BigDecimal factor) {}

    private static Optional<Way> without(WarmFactors warm, Delivery delivery) {
        var landfilled = way(warm, delivery, "landfilling");
        var burned = way(warm, delivery, "combustion");
        return switch (delivery.baseline()) {
            case LANDFILLING -> landfilled;
            case COMBUSTION -> burned;
            case UNKNOWN -> landfilled.flatMap(one -> burned.map(other -> lower(one, other)));
        };
    }

    private static Way lower(Way one, Way other) {
        return one.factor().compareTo(other.factor()) <= 0 ? one : other;
    }

    private static Optional<Way> way(WarmFactors warm, Delivery delivery, String pathway) {
        return warm.tonnesPerShortTon(delivery.material(), pathway)
                .map(factor -> new Way(pathway, factor));
    }

    private static Quantification figures(
            Worksheet sheet, RecycledMaterial data, WarmFactors warm) {
        var gross = Worksheet.sums();
        var cited = new HashMap<String, BigDecimal>();
        for (var delivery : data.deliveries()) {
            var recycled = way(warm, delivery, RECYCLED).orElseThrow();
            var before = without(warm, delivery).orElseThrow();
            cite(sheet, cited, delivery.material(), recycled);
            cite(sheet, cited, delivery.material(), before);
            var grams =
                    sheet.step(
                            delivery.material() + ", ticket " + delivery.ticket(),
                            "m (1 − r) (without − recycling)",
                            inputs(
                                    "m",
                                    plain(delivery.kilograms()) + " kg",
                                    "r",
                                    plain(delivery.rejected().fraction()),
                                    before.pathway(),
                                    plain(before.factor()) + " t/short ton",
                                    RECYCLED,
                                    plain(recycled.factor()) + " t/short ton"),
                            Worksheet.quotient(
                                    delivery.recycledKilograms()
                                            .multiply(before.factor().subtract(recycled.factor()))
                                            .multiply(GRAMS_PER_TONNE),
                                    SHORT_TON),
                            "g");
            Worksheet.add(gross, Year.from(delivery.date()), grams);
        }
        if (!data.scalePrecision().equals(Share.NONE)) {
            var all = gross.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
            sheet.adjust(
                    Cause.UNCERTAINTY,
                    all.max(BigDecimal.ZERO).multiply(data.scalePrecision().fraction()),
                    "limit of error of the weighbridge");
        }
        return sheet.closed(gross, Map.of());
    }

    private static void cite(
            Worksheet sheet, Map<String, BigDecimal> cited, String material, Way way) {
        var role = way.pathway() + " of " + material;
        if (cited.putIfAbsent(role, way.factor()) == null) {
            sheet.cite(
                    new CitedFactor(
                            role,
                            LIBRARY,
                            material + "/" + way.pathway(),
                            way.factor(),
                            "t CO2e/short ton",
                            SOURCE));
        }
    }
}
