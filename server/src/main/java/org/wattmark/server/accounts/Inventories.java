package org.wattmark.server.accounts;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Year;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.emissions.Activity;
import org.wattmark.emissions.ActivityChecks;
import org.wattmark.emissions.ActivityFinding;
import org.wattmark.emissions.BillPeriod;
import org.wattmark.emissions.Category;
import org.wattmark.emissions.Inventory;
import org.wattmark.emissions.InventoryLine;
import org.wattmark.emissions.InventoryLine.Method;
import org.wattmark.emissions.InventoryMaker.Market;
import org.wattmark.emissions.InventorySettings;
import org.wattmark.emissions.ReportingSite;
import org.wattmark.emissions.Scope;
import org.wattmark.server.accounts.InventoryView.BaseYear;
import org.wattmark.server.accounts.InventoryView.LineView;
import org.wattmark.server.accounts.InventoryView.RetiredView;
import org.wattmark.server.accounts.InventoryView.TotalsView;
import org.wattmark.server.accounts.Profiles.Profile;
import org.wattmark.server.registry.Organisations;
import org.wattmark.server.security.Actor;

/// Makes the inventory of a firm's year from what counts at this moment.
final class Inventories {

    private static final int MOST_IDS = 20;
    private static final int MOST_LISTED = 200;
    private static final int BIGGEST = 3;

    private final JdbcClient jdbc;
    private final Profiles profiles;
    private final Sites sites;
    private final Activities activities;
    private final Instruments instruments;
    private final Organisations organisations;
    private final SiteMeters meters;
    private final MarketRates rates;
    private final Library library;
    private final RetiredHours retiredHours;

    Inventories(
            JdbcClient jdbc,
            Profiles profiles,
            Sites sites,
            Activities activities,
            Instruments instruments,
            Organisations organisations,
            SiteMeters meters,
            MarketRates rates,
            Library library) {
        this.jdbc = jdbc;
        this.profiles = profiles;
        this.sites = sites;
        this.activities = activities;
        this.instruments = instruments;
        this.organisations = organisations;
        this.meters = meters;
        this.rates = rates;
        this.library = library;
        this.retiredHours = new RetiredHours(jdbc, library.grids());
    }

    /// @param activities what of the year counts
    /// @param hours granular certificates that the firm has retired
    private record Made(
            Inventory inventory, List<Activity> activities, List<RetiredHours.Market> hours) {}

    /// A year that inventories may be of.
    static Year year(int year) {
        if (year < 1990 || year > 2100) {
            throw Faults.invalid("year", "is 1990 to 2100, not " + year);
        }
        return Year.of(year);
    }

    Inventory inventory(Actor actor, Year year) {
        return make(actor, profiles.of(actor.organisation()).settings(year)).inventory();
    }

    private Made make(Actor actor, InventorySettings settings) {
        var organisation = actor.organisation();
        var mine =
                sites.of(organisation).stream()
                        .collect(Collectors.toMap(ReportingSite::id, Function.identity()));
        var counted = activities.within(organisation, settings.period(), mine);
        var hours = retiredHours.of(organisation, organisations.accountOf(actor), settings);
        var shown = new ArrayList<>(instruments.of(organisation));
        shown.addAll(RetiredHours.instruments(organisation, hours, settings));
        var market =
                new Market(
                        shown,
                        instruments.soldBy(organisation, settings.period()),
                        rates.residualMixes(settings.factorYear()));
        return new Made(library.maker().make(settings, counted, market), counted, hours);
    }

    /// An inventory as it is told, and what of it firms are compared by.
    ///
    /// @param figure empty unless every activity of the year is counted
    record Reported(InventoryView view, Optional<Figures.Figure> figure) {}

    Reported report(Actor actor, Year year) {
        var profile = profiles.of(actor.organisation());
        var made = make(actor, profile.settings(year));
        return new Reported(
                view(actor, year, profile, made),
                made.inventory().isComplete()
                        ? Optional.of(figure(actor, profile, made.inventory()))
                        : Optional.empty());
    }

    private static Figures.Figure figure(Actor actor, Profile profile, Inventory inventory) {
        long grams =
                Math.addExact(
                        inventory.total(Scope.ONE, Method.LOCATION_BASED).grams(),
                        inventory.total(Scope.TWO, Method.LOCATION_BASED).grams());
        // Rounded down, so that the intensity is not told smaller than it is.
        var wattHours =
                DisclosureTables.energyUsed(inventory, profile)
                        .map(each -> each.movePointRight(3).setScale(0, RoundingMode.FLOOR))
                        .filter(each -> each.signum() > 0)
                        .map(BigDecimal::longValueExact)
                        .orElse(null);
        return new Figures.Figure(
                actor.organisation(), grams, wattHours, profile.headcount(), profile.turnover());
    }

    InventoryView view(Actor actor, Year year) {
        var profile = profiles.of(actor.organisation());
        return view(actor, year, profile, make(actor, profile.settings(year)));
    }

    private InventoryView view(Actor actor, Year year, Profile profile, Made made) {
        var settings = profile.settings(year);
        var inventory = made.inventory();
        var retired = retired(actor, settings.period());
        return new InventoryView(
                nameOf(actor.organisation()),
                year.getValue(),
                settings.period().start().toString(),
                settings.period().last().toString(),
                settings.boundary().name(),
                settings.factorYear().getValue(),
                library.factors().set().toString(),
                inventory.isComplete(),
                totals(inventory),
                categories(inventory),
                inventory.months().entrySet().stream()
                        .map(each ->
                                new InventoryView.MonthTotal(
                                        each.getKey().toString(), Texts.plain(each.getValue())))
                        .toList(),
                biggest(inventory),
                lines(inventory),
                inventory.questions().stream()
                        .limit(MOST_LISTED)
                        .map(each ->
                                new InventoryView.QuestionView(
                                        each.activity(),
                                        each.asked().reason().name(),
                                        each.asked().ask(),
                                        each.asked().candidates().stream().limit(30).toList()))
                        .toList(),
                findings(actor, made.activities(), settings.period())
                        .limit(MOST_LISTED)
                        .map(each ->
                                new ActivityImportEndpoints.ActivityFindingView(
                                        each.activity(),
                                        each.check().name(),
                                        each.severity().name(),
                                        each.message()))
                        .toList(),
                unused(actor, made, settings),
                made.hours().stream().map(RetiredHours::view).toList(),
                baseYear(actor, profile, year),
                retired,
                String.valueOf(retired.stream().mapToLong(RetiredView::grams).sum()),
                DisclosureTables.of(inventory, profile));
    }

    private List<InventoryView.Unused> unused(Actor actor, Made made, InventorySettings settings) {
        var unused = new ArrayList<InventoryView.Unused>();
        for (var each : made.inventory().unused()) {
            unused.add(
                    new InventoryView.Unused(
                            each.instrument(), Texts.plain(each.kilowattHours()), each.why()));
        }
        unused.addAll(
                retiredHours.unused(
                        actor.organisation(),
                        organisations.accountOf(actor),
                        made.hours(),
                        settings));
        return unused;
    }

    /// What stands against a meter first: there are few of it.
    private Stream<ActivityFinding> findings(Actor actor, List<Activity> counted, BillPeriod days) {
        return Stream.concat(
                meters.findings(actor.organisation(), counted).stream(),
                ActivityChecks.of(counted, days).stream());
    }

    private String nameOf(UUID organisation) {
        return jdbc.sql("select name from organisation where id = :id")
                .param("id", organisation)
                .query(String.class)
                .single();
    }

    private @Nullable BaseYear baseYear(Actor actor, Profile profile, Year year) {
        var base = profile.baseYear();
        return base == null || base == year.getValue()
                ? null
                : new BaseYear(
                        base, totals(make(actor, profile.settings(Year.of(base))).inventory()));
    }

    static TotalsView totals(Inventory inventory) {
        return new TotalsView(
                inventory.total(Scope.ONE, Method.LOCATION_BASED).grams(),
                inventory.total(Scope.TWO, Method.LOCATION_BASED).grams(),
                inventory.total(Scope.TWO, Method.MARKET_BASED).grams(),
                inventory.total(Scope.THREE, Method.LOCATION_BASED).grams(),
                inventory.total(Method.LOCATION_BASED).grams(),
                inventory.total(Method.MARKET_BASED).grams(),
                inventory.total(Scope.OUTSIDE, Method.LOCATION_BASED).grams());
    }

    private static List<InventoryView.CategoryTotal> categories(Inventory inventory) {
        var totals = new ArrayList<InventoryView.CategoryTotal>();
        for (var category : Category.values()) {
            var exact = inventory.exact(category, Method.LOCATION_BASED);
            if (exact.signum() > 0) {
                totals.add(
                        new InventoryView.CategoryTotal(
                                category.scope().name(),
                                category.number(),
                                category.title(),
                                Texts.plain(exact)));
            }
        }
        return totals;
    }

    private static List<InventoryView.Biggest> biggest(Inventory inventory) {
        record Source(String item, String site) {}
        var sums = new LinkedHashMap<Source, BigDecimal>();
        for (var line : inventory.lines()) {
            if (line.method() != Method.MARKET_BASED && line.category().scope() != Scope.OUTSIDE) {
                sums.merge(
                        new Source(line.item().name(), siteName(line)),
                        line.grams(),
                        BigDecimal::add);
            }
        }
        return sums.entrySet().stream()
                .sorted(Map.Entry.<Source, BigDecimal>comparingByValue(Comparator.reverseOrder()))
                .limit(BIGGEST)
                .map(each ->
                        new InventoryView.Biggest(
                                each.getKey().item(),
                                each.getKey().site(),
                                Texts.plain(each.getValue())))
                .toList();
    }

    private static String siteName(InventoryLine line) {
        return line.site().map(ReportingSite::name).orElse("whole organisation");
    }

    private static List<LineView> lines(Inventory inventory) {
        var lines = new ArrayList<LineView>();
        for (var line : inventory.lines()) {
            lines.add(line(lines.size() + 1, line));
        }
        return lines;
    }

    private static LineView line(int number, InventoryLine line) {
        var explained = line.explain();
        long estimated =
                line.parts().stream()
                        .filter(part -> part.basis() == Activity.Basis.ESTIMATED)
                        .count();
        return new LineView(
                number,
                line.method().name(),
                line.category().scope().name(),
                line.category().title(),
                line.site().map(ReportingSite::id).orElse(null),
                siteName(line),
                line.item().code(),
                line.item().name(),
                Texts.plain(line.quantity().amount()),
                line.quantity().unit().symbol(),
                line.factor().id(),
                Texts.plain(line.factor().kilogramsPerUnit()),
                Texts.plain(line.grams()),
                gases(line).orElse(null),
                line.kilowattHours().map(Texts::plain).orElse(null),
                line.parts().size(),
                Math.toIntExact(estimated),
                line.parts().stream().limit(MOST_IDS).map(InventoryLine.Part::activity).toList(),
                new InventoryView.ExplanationView(
                        explained.formula(),
                        explained.factorValue(),
                        explained.source(),
                        explained.url(),
                        explained.licence(),
                        explained.because(),
                        explained.rounding()));
    }

    private static Optional<InventoryView.GasesView> gases(InventoryLine line) {
        var amount = line.quantity().amount().multiply(line.share().fraction());
        return line.factor()
                .gases()
                .map(each ->
                        new InventoryView.GasesView(
                                Texts.plain(each.co2().multiply(amount)),
                                Texts.plain(each.ch4().multiply(amount)),
                                Texts.plain(each.n2o().multiply(amount))));
    }

    /// What the firm retired in these days, in UTC.
    private List<RetiredView> retired(Actor actor, BillPeriod days) {
        return jdbc.sql(
                        """
                        select id, last_serial - first_serial + 1 as grams, at, beneficiary, purpose
                        from retirement
                        where holder = :holder and at >= :start and at < :end order by sequence
                        """)
                .param("holder", organisations.accountOf(actor).value())
                .param("start", days.start().atStartOfDay().atOffset(java.time.ZoneOffset.UTC))
                .param("end", days.end().atStartOfDay().atOffset(java.time.ZoneOffset.UTC))
                .query((row, _) ->
                        new RetiredView(
                                row.getObject("id", UUID.class),
                                row.getLong("grams"),
                                row.getTimestamp("at").toInstant(),
                                row.getString("beneficiary"),
                                row.getString("purpose")))
                .list();
    }
}
