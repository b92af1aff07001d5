package org.wattmark.server.accounts;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.emissions.Activity;
import org.wattmark.emissions.ActivityUnit;
import org.wattmark.emissions.ActivityUnits;
import org.wattmark.emissions.FactorChoice;
import org.wattmark.emissions.Inventory;
import org.wattmark.emissions.InventoryLine;
import org.wattmark.emissions.InventoryLine.Method;
import org.wattmark.emissions.InventoryMaker.Market;
import org.wattmark.emissions.InventorySettings;
import org.wattmark.emissions.Quantity;
import org.wattmark.emissions.Region;
import org.wattmark.emissions.ReportingSite;
import org.wattmark.emissions.Scope;
import org.wattmark.server.problem.Problem;
import org.wattmark.server.security.Actor;
import org.wattmark.units.Co2e;
import org.wattmark.units.Share;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Quarters that firms declare by themselves, counted by the same factors and rules as inventories
/// made of bills. They stand beside the bills and are not added to them.
public final class DeclaredEmissions {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    private static final String INSERT =
            """
            insert into declared_emissions (id, organisation_id, site_id, region, grid, year,
                quarter, quantities, factors, emissions_grams, recorded_by)
            values (:id, :organisation, :site, :region, :grid, :year, :quarter,
                cast(:quantities as json), cast(:factors as json), :grams, :by)
            """;

    private final JdbcClient jdbc;
    private final Profiles profiles;
    private final Sites sites;
    private final Activities activities;
    private final Library library;
    private final InstantSource clock;

    DeclaredEmissions(
            JdbcClient jdbc,
            Profiles profiles,
            Sites sites,
            Activities activities,
            Library library,
            InstantSource clock) {
        this.jdbc = jdbc;
        this.profiles = profiles;
        this.sites = sites;
        this.activities = activities;
        this.library = library;
        this.clock = clock;
    }

    /// A declaration as it was recorded.
    ///
    /// @param site null for the organisation as a whole
    private record Recorded(
            UUID id, Declaration declaration, @Nullable UUID site, String region, Co2e emissions) {}

    /// Records a quarter and answers what it emitted. What cannot be told without a guess is asked
    /// for, field by field.
    public DeclaredReport declare(Actor actor, Declaration declaration) {
        var organisation = actor.organisation();
        var place = place(organisation, declaration);
        var inventory = inventory(organisation, declaration, place);
        refuseQuestions(inventory);
        var grams = inventory.total(Method.LOCATION_BASED);
        var id = UUID.randomUUID();
        var site = place.id().equals(organisation) ? null : place.id();
        jdbc.sql(INSERT)
                .param("id", id)
                .param("organisation", organisation)
                .param("site", site)
                .param("region", place.region().code())
                .param("grid", place.grid().orElse(null))
                .param("year", declaration.year().getValue())
                .param("quarter", declaration.quarter())
                .param("quantities", JSON.writeValueAsString(texts(declaration.quantities())))
                .param("factors", JSON.writeValueAsString(texts(declaration.factors())))
                .param("grams", grams.grams())
                .param("by", actor.id())
                .update();
        return report(
                organisation,
                new Recorded(id, declaration, site, place.region().code(), grams),
                inventory);
    }

    /// A report of the organisation's, checked anew with what is known now.
    public Optional<DeclaredReport> check(Actor actor, UUID id) {
        var organisation = actor.organisation();
        return jdbc.sql(
                        """
                        select * from declared_emissions
                        where id = :id and organisation_id = :organisation
                        """)
                .param("id", id)
                .param("organisation", organisation)
                .query((row, _) -> recorded(row))
                .optional()
                .map(it ->
                        report(
                                organisation,
                                it,
                                inventory(
                                        organisation,
                                        it.declaration(),
                                        placeOf(organisation, it))));
    }

    private static Recorded recorded(ResultSet row) throws SQLException {
        var site = row.getObject("site_id", UUID.class);
        var quantities = new TreeMap<DeclaredQuantity, BigDecimal>();
        JSON.readValue(row.getString("quantities"), TEXTS)
                .forEach((field, amount) ->
                        quantities.put(
                                DeclaredQuantity.of(field).orElseThrow(), new BigDecimal(amount)));
        var factors = new TreeMap<DeclaredQuantity, String>();
        JSON.readValue(row.getString("factors"), TEXTS)
                .forEach((field, id) -> factors.put(DeclaredQuantity.of(field).orElseThrow(), id));
        return new Recorded(
                row.getObject("id", UUID.class),
                new Declaration(
                        Year.of(row.getInt("year")),
                        row.getInt("quarter"),
                        Optional.ofNullable(site),
                        Optional.ofNullable(row.getString("grid")),
                        quantities,
                        factors),
                site,
                row.getString("region"),
                new Co2e(row.getLong("emissions_grams")));
    }

    private static Map<String, String> texts(Map<DeclaredQuantity, ?> values) {
        var texts = new TreeMap<String, String>();
        values.forEach((what, value) ->
                texts.put(
                        what.field(),
                        value instanceof BigDecimal number
                                ? Texts.plain(number)
                                : value.toString()));
        return texts;
    }

    /// The site that is meant, or the organisation as a whole where it has said no sites.
    private ReportingSite place(UUID organisation, Declaration declaration) {
        var mine = sites.of(organisation);
        if (declaration.site().isPresent()) {
            var named = declaration.site().get();
            return mine.stream()
                    .filter(each -> each.id().equals(named))
                    .findFirst()
                    .orElseThrow(
                            () -> asked("site", "Your organisation has no site " + named + "."));
        }
        if (mine.size() > 1) {
            throw asked(
                    "site",
                    "Your organisation has "
                            + mine.size()
                            + " sites: name one by its id. GET /api/v1/account-sites lists them.");
        }
        return mine.isEmpty()
                ? whole(organisation, country(organisation), declaration.grid())
                : mine.getFirst();
    }

    private Region country(UUID organisation) {
        var country =
                jdbc.sql("select country from organisation where id = :id")
                        .param("id", organisation)
                        .query(String.class)
                        .single();
        return library.grids()
                .region(country)
                .filter(region -> region.extent() == Region.Extent.TERRITORY)
                .orElseThrow(() ->
                        asked(
                                "site",
                                "No factors are known for your organisation's country, "
                                        + country
                                        + ": add the site where this was used, by PUT"
                                        + " /api/v1/account-sites/{id}, and name it."));
    }

    private static ReportingSite whole(UUID organisation, Region region, Optional<String> grid) {
        return new ReportingSite(
                organisation, "whole organisation", region, grid, true, true, Share.ofPercent(100));
    }

    private ReportingSite placeOf(UUID organisation, Recorded recorded) {
        var site = recorded.site();
        return site == null
                ? whole(
                        organisation,
                        library.grids().region(recorded.region()).orElseThrow(),
                        recorded.declaration().grid())
                : sites.find(organisation, site).orElseThrow();
    }

    private Inventory inventory(UUID organisation, Declaration declaration, ReportingSite place) {
        var profile = profiles.of(organisation);
        var settings =
                new InventorySettings(
                        declaration.year(),
                        1,
                        profile.boundary(),
                        profile.upstream(),
                        Optional.empty());
        var used = new ArrayList<Activity>();
        for (var what : DeclaredQuantity.values()) {
            var amount = declaration.quantities().getOrDefault(what, BigDecimal.ZERO);
            if (amount.signum() > 0) {
                used.add(activity(what, amount, declaration, place));
            }
        }
        return library.maker().make(settings, used, Market.NONE);
    }

    /// Its id says which quantity it is, for the questions that it may raise.
    private Activity activity(
            DeclaredQuantity what,
            BigDecimal amount,
            Declaration declaration,
            ReportingSite place) {
        return new Activity(
                idOf(what),
                place,
                library.items().find(what.item()).orElseThrow(),
                new Quantity(amount, unit(what)),
                declaration.period(),
                Optional.empty(),
                Activity.Basis.ESTIMATED,
                "declared",
                Optional.empty(),
                Optional.ofNullable(declaration.factors().get(what)));
    }

    private static UUID idOf(DeclaredQuantity what) {
        return UUID.nameUUIDFromBytes(what.field().getBytes(StandardCharsets.UTF_8));
    }

    private static DeclaredQuantity ofId(UUID id) {
        return Stream.of(DeclaredQuantity.values())
                .filter(each -> idOf(each).equals(id))
                .findFirst()
                .orElseThrow();
    }

    static ActivityUnit unit(DeclaredQuantity what) {
        if (ActivityUnits.read(what.unit())
                instanceof ActivityUnits.Reading.Understood(var understood)) {
            return understood;
        }
        throw new IllegalStateException("no unit: " + what.unit());
    }

    private static RuntimeException asked(String field, String ask) {
        return Problem.of(HttpStatus.BAD_REQUEST, "more_needed", ask)
                .at("/" + field, ask)
                .asException();
    }

    private static void refuseQuestions(Inventory inventory) {
        if (inventory.isComplete()) {
            return;
        }
        var problem =
                Problem.of(
                        HttpStatus.BAD_REQUEST,
                        "more_needed",
                        "Something has no factor until you say more; nothing is put in its place.");
        for (var question : inventory.questions()) {
            var what = ofId(question.activity());
            var asked = question.asked();
            boolean grid = asked.reason() == FactorChoice.Reason.GRID_UNKNOWN;
            problem =
                    problem.at(
                            "/" + (grid ? "grid" : what.field()),
                            grid
                                    ? asked.ask()
                                    : asked.ask() + " Send it in `factors`." + like(asked));
        }
        throw problem.asException();
    }

    private static String like(FactorChoice.Asked asked) {
        return asked.candidates().isEmpty()
                ? ""
                : " For instance " + asked.candidates().stream().limit(3).toList() + ".";
    }

    private DeclaredReport report(UUID organisation, Recorded it, Inventory inventory) {
        var declaration = it.declaration();
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        var checks =
                new DeclaredChecks(
                        declaration,
                        inventory,
                        it.emissions(),
                        before(organisation, it),
                        bills(organisation, it),
                        !declaration.period().end().isAfter(today));
        return new DeclaredReport(
                it.id(),
                declaration.year().getValue(),
                declaration.quarter(),
                it.region(),
                it.emissions(),
                lines(inventory),
                checks.all());
    }

    /// The newest of the quarter before at the same place.
    private Optional<Declaration> before(UUID organisation, Recorded it) {
        int quarter = it.declaration().quarter() == 1 ? 4 : it.declaration().quarter() - 1;
        int year = it.declaration().year().getValue() - (quarter == 4 ? 1 : 0);
        return jdbc.sql(
                        """
                        select * from declared_emissions
                        where organisation_id = :organisation and year = :year
                            and quarter = :quarter
                            and site_id is not distinct from cast(:site as uuid)
                        order by number desc limit 1
                        """)
                .param("organisation", organisation)
                .param("year", year)
                .param("quarter", quarter)
                .param("site", it.site())
                .query((row, _) -> recorded(row).declaration())
                .optional();
    }

    /// Of the site; of all sites if the organisation declares as a whole.
    private List<Activity> bills(UUID organisation, Recorded it) {
        var mine =
                sites.of(organisation).stream()
                        .collect(Collectors.toMap(ReportingSite::id, Function.identity()));
        return activities.within(organisation, it.declaration().period(), mine).stream()
                .filter(bill -> it.site() == null || bill.site().id().equals(it.site()))
                .toList();
    }

    private static List<DeclaredReport.Line> lines(Inventory inventory) {
        return inventory.lines().stream()
                .filter(line -> line.method() != Method.MARKET_BASED)
                .filter(line -> line.category().scope() != Scope.OUTSIDE)
                .map(DeclaredEmissions::line)
                .toList();
    }

    private static DeclaredReport.Line line(InventoryLine line) {
        var explained = line.explain();
        return new DeclaredReport.Line(
                line.category().scope().name(),
                line.item().name(),
                explained.formula(),
                line.kilograms(),
                line.factor().id(),
                explained.source(),
                explained.url());
    }
}
