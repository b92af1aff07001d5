package org.wattmark.emissions;

import java.math.BigDecimal;
import java.time.Year;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.wattmark.emissions.FactorChoice.Asked;
import org.wattmark.emissions.FactorChoice.Chosen;
import org.wattmark.emissions.Inventory.UnusedInstrument;
import org.wattmark.emissions.InventoryLine.Method;
import org.wattmark.units.Share;

/// The market-based lines of scope 2 (GHG Protocol Scope 2 Guidance, chapter 6): what instruments
/// cover at their rate, the rest at the residual mix, or where none is known at the location-based
/// factor, which says that it is a fallback. Sold attributes are added back.
///
/// Where one instrument may cover consumption of several factors, it covers the lowest first: the
/// choice is ours, so it goes against the firm.
final class MarketBased {

    private static final Share WHOLE = Share.ofPercent(100);

    private final InventorySettings settings;
    private final FactorSelection selection;
    private final ActivityItem electricity;
    private final InventoryMaker.Market market;
    private final List<InventoryLine> lines = new ArrayList<>();
    private final List<UnusedInstrument> unused = new ArrayList<>();
    private final List<Inventory.Question> questions = new ArrayList<>();

    MarketBased(
            InventorySettings settings,
            FactorSelection selection,
            ActivityItems items,
            InventoryMaker.Market market) {
        this.settings = settings;
        this.selection = selection;
        this.electricity = items.find("electricity").orElseThrow();
        this.market = market;
    }

    record Result(
            List<InventoryLine> lines,
            List<UnusedInstrument> unused,
            List<Inventory.Question> questions) {}

    /// Consumption that no instrument has covered so far.
    private static final class Open {

        final InventoryLine line;
        BigDecimal kilowattHours;

        Open(InventoryLine line) {
            this.line = line;
            this.kilowattHours =
                    line.quantity()
                            .in(ActivityUnits.of("kWh"))
                            .amount()
                            .multiply(line.share().fraction());
        }

        ReportingSite site() {
            return line.site().orElseThrow();
        }

        BigDecimal gramsPerKilowattHour() {
            return line.factor()
                    .gramsFor(
                            new Quantity(BigDecimal.ONE, ActivityUnits.of("kWh"))
                                    .in(line.factor().unit()));
        }
    }

    Result linesFor(List<InventoryLine> location) {
        var open = new ArrayList<Open>();
        for (var line : location) {
            if (line.item().kind() == ActivityKind.ELECTRICITY) {
                open.add(new Open(line));
            } else {
                lines.add(asItIs(line));
            }
        }
        open.sort(
                Comparator.comparing(Open::gramsPerKilowattHour)
                        .thenComparing(each -> each.site().id()));
        market.instruments().stream()
                .sorted(
                        Comparator.comparing((ContractualInstrument each) -> each.site().isEmpty())
                                .thenComparing(ContractualInstrument::kind)
                                .thenComparing(ContractualInstrument::id))
                .forEach(instrument -> use(instrument, open));
        open.forEach(this::rest);
        market.sold().forEach(this::addBack);
        return new Result(lines, unused, questions);
    }

    private static InventoryLine asItIs(InventoryLine line) {
        return new InventoryLine(
                Method.MARKET_BASED,
                line.category(),
                line.site(),
                line.item(),
                line.quantity(),
                line.factor(),
                line.share(),
                line.grams(),
                Optional.empty(),
                List.of(),
                List.of("No instrument is for heat: the location-based factor."));
    }

    private void use(ContractualInstrument instrument, List<Open> open) {
        var left = instrument.energy().kilowattHours();
        var why = unfit(instrument);
        if (why.isEmpty()) {
            for (var each : open) {
                if (fits(instrument, each.site()) && left.signum() > 0) {
                    var covered = left.min(each.kilowattHours);
                    cover(each, covered, instrument);
                    left = left.subtract(covered);
                }
            }
        }
        if (left.signum() > 0) {
            unused.add(
                    new UnusedInstrument(
                            instrument.id(),
                            left,
                            why.orElse("The firm used no more electricity in this market.")));
        }
    }

    private Optional<String> unfit(ContractualInstrument instrument) {
        var year = settings.factorYear();
        return instrument.vintage().equals(year)
                ? Optional.empty()
                : Optional.of(
                        "It is of "
                                + instrument.vintage()
                                + ", and the inventory of "
                                + year
                                + ".");
    }

    private static boolean fits(ContractualInstrument instrument, ReportingSite site) {
        return instrument.market().equals(site.region())
                && instrument.site().map(site.id()::equals).orElse(true);
    }

    private void cover(Open open, BigDecimal kilowattHours, ContractualInstrument instrument) {
        if (kilowattHours.signum() == 0) {
            return;
        }
        open.kilowattHours = open.kilowattHours.subtract(kilowattHours);
        var source =
                new Source(
                        "instrument",
                        instrument.origin(),
                        String.valueOf(instrument.vintage()),
                        instrument.kind().name(),
                        "",
                        instrument.verified() ? "kept by Wattmark" : "declared by the firm");
        lines.add(
                line(
                        open.line.site(),
                        kilowattHours,
                        factor(
                                "instrument/" + instrument.id(),
                                source,
                                instrument.market(),
                                instrument.vintage(),
                                instrument.gramsPerKilowattHour()),
                        List.of(
                                "Covered by "
                                        + instrument.origin()
                                        + (instrument.verified()
                                                ? ", which Wattmark keeps."
                                                : ", as the firm declares."))));
    }

    /// What nothing covers: the residual mix, else the location's factor as a fallback.
    private void rest(Open open) {
        if (open.kilowattHours.signum() == 0) {
            return;
        }
        var residual = residual(open.site().region());
        if (residual.isPresent()) {
            var mix = residual.get();
            var source =
                    new Source(
                            "residual-mix",
                            mix.source(),
                            mix.year().toString(),
                            "",
                            mix.url(),
                            "loaded by the operator");
            lines.add(
                    line(
                            open.line.site(),
                            open.kilowattHours,
                            factor(
                                    "residual-mix/" + mix.market().code(),
                                    source,
                                    mix.market(),
                                    mix.year(),
                                    mix.gramsPerKilowattHour()),
                            List.of("No instrument covers it: the residual mix.")));
            return;
        }
        lines.add(
                line(
                        open.line.site(),
                        open.kilowattHours,
                        open.line.factor(),
                        List.of(
                                "No instrument covers it and no residual mix is known: the"
                                        + " location-based factor, as a fallback.")));
    }

    private Optional<ResidualMix> residual(Region region) {
        return market.residuals().stream()
                .filter(each -> each.market().equals(region))
                .filter(each -> each.year().equals(settings.factorYear()))
                .findFirst();
    }

    /// Who sold the attribute cannot use it: the energy counts like that of the grid.
    private void addBack(SoldAttribute sold) {
        var choice =
                selection.choose(
                        new FactorSelection.Question(
                                electricity,
                                ActivityUnits.of("kWh"),
                                sold.market(),
                                sold.grid(),
                                settings.factorYear(),
                                Optional.empty()));
        switch (choice) {
            case Chosen(var factor, _) ->
                    lines.add(
                            line(
                                    Optional.empty(),
                                    sold.energy().kilowattHours(),
                                    factor,
                                    List.of(
                                            "Made and used by the firm, and its attribute sold ("
                                                    + sold.what()
                                                    + "): it counts like energy of the grid.")));
            case Asked asked -> questions.add(new Inventory.Question(sold.id(), asked));
        }
    }

    private static ActivityFactor factor(
            String id, Source source, Region market, Year year, BigDecimal gramsPerKilowattHour) {
        return new ActivityFactor(
                id,
                new ActivitySource(source, Optional.of(market.code()), year, year, year, ""),
                source.document(),
                ActivityUnits.of("kWh"),
                gramsPerKilowattHour.movePointLeft(3),
                Optional.empty());
    }

    private InventoryLine line(
            Optional<ReportingSite> site,
            BigDecimal kilowattHours,
            ActivityFactor factor,
            List<String> because) {
        var quantity = new Quantity(kilowattHours, ActivityUnits.of("kWh")).in(factor.unit());
        return new InventoryLine(
                Method.MARKET_BASED,
                Category.PURCHASED_ELECTRICITY,
                site,
                electricity,
                quantity,
                factor,
                WHOLE,
                factor.gramsFor(quantity),
                Optional.empty(),
                List.of(),
                because);
    }
}
