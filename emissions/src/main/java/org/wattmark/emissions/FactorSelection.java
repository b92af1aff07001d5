package org.wattmark.emissions;

import java.math.BigDecimal;
import java.time.Year;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.wattmark.emissions.ActivityUnit.Heat;
import org.wattmark.emissions.FactorChoice.Asked;
import org.wattmark.emissions.FactorChoice.Chosen;
import org.wattmark.emissions.FactorChoice.Reason;

/// Finds the factor of an activity: by region, then by year, then by kind and unit. Each step says
/// what it did, and a step that cannot be done asks.
public final class FactorSelection {

    private static final String UNITED_STATES = "USA";
    private static final String SUBREGIONS = "Electricity/eGRID2023 total output/";

    private final ActivityFactors factors;
    private final GridFactors grids;

    public FactorSelection(ActivityFactors factors, GridFactors grids) {
        this.factors = factors;
        this.grids = grids;
    }

    /// What a factor is sought for.
    ///
    /// @param grid the eGRID subregion, where it is known
    /// @param named the id of a factor that the firm itself names
    public record Question(
            ActivityItem item,
            ActivityUnit unit,
            Region region,
            Optional<String> grid,
            Year year,
            Optional<String> named) {

        public Question {
            grid = grid.filter(code -> !code.isEmpty());
        }
    }

    public FactorChoice choose(Question question) {
        if (question.named().isPresent()) {
            return named(question, question.named().get());
        }
        var national = factors.editions(Optional.of(question.region().code()));
        var path = pathFor(question.item(), question.region());
        if (!national.isEmpty() && path.isPresent()) {
            return ofRegion(question, national, path.get());
        }
        var anywhere = question.item().epa().filter(it -> it.startsWith(ActivityItem.POTENTIAL));
        if (anywhere.isPresent()) {
            return potential(question, anywhere.get());
        }
        if (question.item().kind() == ActivityKind.ELECTRICITY) {
            return generationAverage(question);
        }
        return new Asked(
                Reason.REGION_WITHOUT_FACTOR,
                "No factor for “"
                        + question.item().name()
                        + "” in "
                        + question.region().name()
                        + ". Name one by its id, such as one of another country that fits.",
                candidates(question.item()));
    }

    private static Optional<String> pathFor(ActivityItem item, Region region) {
        return region.code().equals(UNITED_STATES)
                ? item.epa().filter(path -> !path.startsWith(ActivityItem.POTENTIAL))
                : item.desnz();
    }

    private FactorChoice named(Question question, String id) {
        var factor = factors.factor(id);
        if (factor.isEmpty()) {
            return new Asked(
                    Reason.FACTOR_UNKNOWN,
                    "No factor has the id “" + id + "”.",
                    candidates(question.item()));
        }
        var because = new ArrayList<String>();
        because.add("The firm named this factor itself.");
        factor.get()
                .source()
                .region()
                .filter(region -> !region.equals(question.region().code()))
                .ifPresent(region ->
                        because.add(
                                "It is for "
                                        + region
                                        + "; the site is in "
                                        + question.region().code()
                                        + "."));
        return fitting(question, List.of(factor.get()), because);
    }

    private FactorChoice ofRegion(Question question, List<ActivitySource> editions, String path) {
        var because = new ArrayList<String>();
        var edition = editions.stream().filter(each -> each.isFor(question.year())).findFirst();
        if (edition.isEmpty()) {
            return new Asked(
                    Reason.YEAR_WITHOUT_FACTOR,
                    "The factors for "
                            + question.region().name()
                            + " begin with "
                            + editions.getFirst().first()
                            + " and serve until "
                            + editions.getLast().last()
                            + ", not for "
                            + question.year()
                            + ". Name a factor by its id.",
                    candidates(question.item()));
        }
        because.add("Region: the site is in " + question.region().name() + ".");
        because.add(year(edition.get(), question.year()));
        if (path.equals(ActivityItem.GRID)) {
            return ofGrid(question, edition.get(), because);
        }
        var found = factors.at(edition.get(), path);
        if (found.isEmpty()) {
            return new Asked(
                    Reason.YEAR_WITHOUT_FACTOR,
                    "“"
                            + question.item().name()
                            + "” has no value in "
                            + edition.get().line()
                            + ".",
                    candidates(question.item()));
        }
        because.add("Kind: “" + path + "”.");
        return fitting(question, found, because);
    }

    private static String year(ActivitySource edition, Year year) {
        var line = "Year: " + year + ", by " + edition.line();
        return year.isAfter(edition.edition())
                ? line + ". It is the newest edition known here: look for one of " + year + "."
                : line + ".";
    }

    private FactorChoice ofGrid(Question question, ActivitySource edition, List<String> because) {
        var found =
                question.grid()
                        .map(code -> factors.at(edition, SUBREGIONS + code))
                        .orElse(List.of());
        if (found.isEmpty()) {
            return new Asked(
                    Reason.GRID_UNKNOWN,
                    question.grid()
                            .map(code -> "“" + code + "” is no eGRID subregion: ")
                            .orElse("The site lacks its eGRID subregion: ")
                            .concat(
                                    "write its code, such as CAMX. EPA's Power Profiler tells it"
                                            + " by ZIP code; “US” stands for the average of the"
                                            + " country."),
                    subregions(edition));
        }
        because.add(
                "Kind: total output of the eGRID subregion "
                        + question.grid().orElseThrow()
                        + ", location-based.");
        return fitting(question, found, because);
    }

    private List<String> subregions(ActivitySource edition) {
        return factors.all().stream()
                .filter(factor -> factor.source().equals(edition))
                .map(ActivityFactor::path)
                .filter(path -> path.startsWith(SUBREGIONS))
                .map(path -> path.substring(SUBREGIONS.length()))
                .toList();
    }

    private FactorChoice potential(Question question, String path) {
        var edition = factors.editions(Optional.empty()).getFirst();
        var because =
                List.of(
                        "A leak of a gas warms alike everywhere: its potential over 100 years.",
                        year(edition, question.year()));
        return fitting(
                question,
                factors.at(edition, path.substring(ActivityItem.POTENTIAL.length())),
                because);
    }

    /// No national set: the average of all generation, which is life-cycle and says so.
    private FactorChoice generationAverage(Question question) {
        var average = grids.currentAverage(question.region().code());
        if (average.isEmpty() || question.region().extent() == Region.Extent.GROUP) {
            return new Asked(
                    Reason.REGION_WITHOUT_FACTOR,
                    "No factor for electricity in " + question.region().name() + ".",
                    candidates(question.item()));
        }
        var grid = average.get();
        var source =
                new ActivitySource(
                        grid.source(),
                        Optional.of(question.region().code()),
                        grid.year(),
                        grid.year(),
                        grid.year(),
                        "AR5");
        var factor =
                new ActivityFactor(
                        grid.id(),
                        source,
                        "Average of generation/" + question.region().name(),
                        ActivityUnits.of("kWh"),
                        grid.gramsPerKilowattHour().movePointLeft(3),
                        Optional.empty());
        return fitting(
                question,
                List.of(factor),
                List.of(
                        "Region: no national set of factors for "
                                + question.region().name()
                                + " is known here.",
                        "Year: the newest average of generation, of " + grid.year() + ".",
                        "Kind: life cycle, so what lies upstream is in it; a location-based factor"
                                + " in the strict sense is direct emissions only."));
    }

    /// Of the units that the publication prints: the same, else one that it converts to.
    private FactorChoice fitting(
            Question question, List<ActivityFactor> found, List<String> because) {
        var unit = question.unit();
        var fit =
                found.stream()
                        .filter(factor -> factor.unit().equals(unit))
                        .findFirst()
                        .or(() -> best(found, unit));
        if (fit.isEmpty()) {
            var units = found.stream().map(factor -> factor.unit().symbol()).distinct().toList();
            return new Asked(
                    Reason.UNIT_WITHOUT_FACTOR,
                    "“"
                            + question.item().name()
                            + "” is counted in "
                            + String.join(", ", units)
                            + ", not in "
                            + unit
                            + ".",
                    units);
        }
        var reasons = new ArrayList<>(because);
        if (unit.heat() == Heat.NONE && fit.get().unit().heat() == Heat.GROSS) {
            reasons.add(
                    "Energy of a fuel is understood as gross calorific value, as it is billed.");
        }
        return new Chosen(fit.get(), reasons);
    }

    /// A conversion of one to one before others, then the publication's order.
    private static Optional<ActivityFactor> best(List<ActivityFactor> found, ActivityUnit unit) {
        var fitting = found.stream().filter(factor -> unit.fits(factor.unit())).toList();
        return fitting.stream()
                .filter(factor -> factor.unit().inBase().compareTo(unit.inBase()) == 0)
                .findFirst()
                .or(() -> fitting.stream().findFirst());
    }

    private List<String> candidates(ActivityItem item) {
        var paths = new ArrayList<String>();
        item.desnz().ifPresent(paths::add);
        item.epa().ifPresent(paths::add);
        return factors.sources().stream()
                .flatMap(
                        source -> paths.stream().flatMap(path -> factors.at(source, path).stream()))
                .map(ActivityFactor::id)
                .toList();
    }

    /// The factors of what was emitted to make and bring it, as far as its edition prints them.
    List<ActivityFactor> upstreamOf(ActivityItem item, ActivityFactor factor) {
        return item.upstream().stream().flatMap(path -> beside(factor, path).stream()).toList();
    }

    Optional<ActivityFactor> biogenicOf(ActivityItem item, ActivityFactor factor) {
        return item.biogenic().flatMap(path -> beside(factor, path));
    }

    private Optional<ActivityFactor> beside(ActivityFactor factor, String path) {
        var found = factors.at(factor.source(), path);
        return found.stream()
                .filter(each -> each.unit().equals(factor.unit()))
                .findFirst()
                .or(() -> best(found, factor.unit()));
    }

    /// The energy in an amount, in kWh, where its publication tells it: a fuel's two factors, per
    /// unit and per kWh (gross), say how many kWh a unit holds; vehicles have a table of their own.
    Optional<BigDecimal> kilowattHours(ActivityItem item, ActivityFactor factor, Quantity amount) {
        var kilowattHour = ActivityUnits.of("kWh");
        if (amount.unit().dimension() == ActivityUnit.Dimension.ENERGY) {
            return Optional.of(amount.unit().convert(amount.amount(), kilowattHour));
        }
        var printed =
                item.energy().stream()
                        .flatMap(path -> factors.energyAt(factor.source(), path).stream())
                        .filter(each -> each.unit().equals(amount.unit()))
                        .findFirst();
        if (printed.isPresent()) {
            return Optional.of(printed.get().kilogramsPerUnit().multiply(amount.amount()));
        }
        if (item.kind() != ActivityKind.FUEL) {
            return Optional.empty();
        }
        return factors.at(factor.source(), factor.path()).stream()
                .filter(each -> each.unit().dimension() == ActivityUnit.Dimension.ENERGY)
                .filter(each -> each.unit().heat() != Heat.NET)
                .filter(each -> each.kilogramsPerUnit().signum() > 0)
                .findFirst()
                .map(each -> {
                    var kilograms = factor.kilogramsPerUnit().multiply(amount.amount());
                    var units =
                            kilograms.divide(
                                    each.kilogramsPerUnit(),
                                    ActivityUnit.PLACES,
                                    java.math.RoundingMode.CEILING);
                    return each.unit().convert(units, kilowattHour);
                });
    }
}
