package org.wattmark.server.accounts;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.wattmark.emissions.Quartiles;
import org.wattmark.server.accounts.Figures.Figure;
import org.wattmark.server.accounts.Figures.Measure;
import org.wattmark.server.security.Actor;
import org.wattmark.server.security.Plan;
import org.wattmark.server.security.Plans;

/// A firm's reports over the years, and beside those of its peers: for organisations of the plan
/// STANDARD and larger ones.
@RestController
@Tag(name = "Carbon accounts")
class AnalyticsEndpoints {

    private static final String ROUNDING =
            "Your own number is rounded up to a whole gram. Quartiles are nearest ranks, rounded to"
                    + " two digits, halves up; the number of peers is rounded down to a multiple of"
                    + " five.";

    private final JdbcClient jdbc;
    private final Plans plans;
    private final Profiles profiles;
    private final Reports reports;
    private final Figures figures;

    AnalyticsEndpoints(
            JdbcClient jdbc, Plans plans, Profiles profiles, Reports reports, Figures figures) {
        this.jdbc = jdbc;
        this.plans = plans;
        this.profiles = profiles;
        this.reports = reports;
        this.figures = figures;
    }

    private void requirePlan(Actor actor) {
        plans.require(actor.organisation(), Plan.STANDARD, "Analytics");
    }

    /// What your newest complete report of each year says, oldest year first.
    @GetMapping("/api/v1/analytics/years")
    YearList years(Actor actor) {
        requirePlan(actor);
        var years = new ArrayList<YearView>();
        for (var each : figures.of(actor.organisation())) {
            var before = years.isEmpty() ? null : years.getLast();
            var report = reports.find(actor.organisation(), each.report()).orElseThrow();
            years.add(YearView.of(each, ReportEndpoints.viewOf(report), before));
        }
        return new YearList(years);
    }

    record YearList(List<YearView> data) {}

    /// @param report that this is read from
    /// @param changePerMille of the total (location-based) against the year before, rounded half to
    ///   even; absent without a report of that year
    record YearView(
            int year,
            UUID report,
            InventoryView.TotalsView totals,
            @Nullable Long changePerMille,
            List<InventoryView.CategoryTotal> categories,
            List<InventoryView.MonthTotal> months,
            List<IntensityView> intensities) {

        static YearView of(Figures.OfYear own, InventoryView view, @Nullable YearView before) {
            return new YearView(
                    own.year(),
                    own.report(),
                    view.totals(),
                    before == null || before.year() != own.year() - 1
                            ? null
                            : perMille(before.totals(), view.totals()),
                    view.categories(),
                    view.months(),
                    Arrays.stream(Measure.values())
                            .flatMap(each -> IntensityView.of(own.figure(), each).stream())
                            .toList());
        }

        private static @Nullable Long perMille(
                InventoryView.TotalsView before, InventoryView.TotalsView now) {
            var old = BigDecimal.valueOf(before.totalLocationBasedGrams());
            if (old.signum() == 0) {
                return null;
            }
            return BigDecimal.valueOf(now.totalLocationBasedGrams())
                    .subtract(old)
                    .movePointRight(3)
                    .divide(old, 0, RoundingMode.HALF_EVEN)
                    .longValueExact();
        }
    }

    /// @param currency of the turnover, where it is per turnover
    record IntensityView(Measure measure, String unit, @Nullable String currency, long grams) {

        static Optional<IntensityView> of(Figure figure, Measure measure) {
            var intensity = figure.intensity(measure);
            return intensity.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            new IntensityView(
                                    measure,
                                    measure.unit(),
                                    currencyOf(figure, measure),
                                    intensity.getAsLong()));
        }
    }

    private static @Nullable String currencyOf(@Nullable Figure figure, Measure measure) {
        var turnover = figure == null ? null : figure.turnover();
        return measure == Measure.GRAMS_PER_THOUSAND_TURNOVER && turnover != null
                ? turnover.currency().getCurrencyCode()
                : null;
    }

    /// How your intensities of a year lie among those of firms of your sector and country that
    /// agreed to be compared. Of fewer than five nothing is told, nor where one of them makes more
    /// than half of the group's emissions.
    ///
    /// @param year the calendar year in which the reporting year begins
    @GetMapping("/api/v1/analytics/peers/{year}")
    PeersView peers(Actor actor, @PathVariable int year) {
        requirePlan(actor);
        Inventories.year(year);
        var sector = profiles.of(actor.organisation()).sector();
        if (sector == null) {
            throw Faults.conflict(
                    "sector_unknown", "Say in your profile which sector your organisation is of.");
        }
        var own =
                figures.of(actor.organisation()).stream()
                        .filter(each -> each.year() == year)
                        .map(Figures.OfYear::figure)
                        .findFirst()
                        .orElse(null);
        var peers = figures.peersOf(actor.organisation(), sector, year);
        return new PeersView(
                year,
                sector,
                countryOf(actor.organisation()),
                Quartiles.FEWEST,
                Arrays.stream(Measure.values()).map(each -> measure(each, own, peers)).toList(),
                ROUNDING);
    }

    private String countryOf(UUID organisation) {
        return jdbc.sql("select country from organisation where id = :id")
                .param("id", organisation)
                .query(String.class)
                .single();
    }

    /// Turnovers of another currency are not compared: no rate of exchange is a fact of a year.
    private static MeasureView measure(
            Measure measure, @Nullable Figure own, List<Figure> everybody) {
        var currency = currencyOf(own, measure);
        var group = new ArrayList<Quartiles.Peer>();
        for (var peer : everybody) {
            var intensity = peer.intensity(measure);
            if (intensity.isPresent()
                    && java.util.Objects.equals(currencyOf(peer, measure), currency)) {
                group.add(new Quartiles.Peer(intensity.getAsLong(), peer.grams()));
            }
        }
        var mine = own == null ? null : boxed(own.intensity(measure));
        var quartiles = Quartiles.of(group);
        return quartiles
                .map(each ->
                        new MeasureView(
                                measure,
                                measure.unit(),
                                currency,
                                mine,
                                each.peers(),
                                each.lower(),
                                each.median(),
                                each.upper(),
                                mine == null ? null : each.quarterOf(mine),
                                null))
                .orElseGet(() ->
                        new MeasureView(
                                measure,
                                measure.unit(),
                                currency,
                                mine,
                                null,
                                null,
                                null,
                                null,
                                null,
                                "Too few firms that can be compared, or one is too large."));
    }

    private static @Nullable Long boxed(java.util.OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }

    /// @param sector section of NACE Rev. 2
    /// @param fewestPeers of fewer nothing is told
    record PeersView(
            int year,
            String sector,
            String country,
            int fewestPeers,
            List<MeasureView> measures,
            String rounding) {}

    /// @param own absent without a complete report of the year, or without what it is related to
    /// @param peers how many they are at least
    /// @param quarter in which your own lies: 1 is the lowest
    /// @param why no quartiles are told
    record MeasureView(
            Measure measure,
            String unit,
            @Nullable String currency,
            @Nullable Long own,
            @Nullable Integer peers,
            @Nullable Long lowerQuartile,
            @Nullable Long median,
            @Nullable Long upperQuartile,
            @Nullable Integer quarter,
            @Nullable String why) {}
}
