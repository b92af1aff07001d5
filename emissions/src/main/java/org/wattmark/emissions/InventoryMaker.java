package org.wattmark.emissions;

import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.wattmark.emissions.FactorChoice.Asked;
import org.wattmark.emissions.FactorChoice.Chosen;
import org.wattmark.emissions.FactorSelection.Question;
import org.wattmark.emissions.InventoryLine.Method;
import org.wattmark.emissions.InventoryLine.Part;
import org.wattmark.units.Share;

/// Makes inventories: every activity of the year meets its factor, or is asked about.
public final class InventoryMaker {

    private final FactorSelection selection;
    private final ActivityItems items;

    public InventoryMaker(FactorSelection selection, ActivityItems items) {
        this.selection = selection;
        this.items = items;
    }

    /// What the market-based total knows beside the activities; the server supplies it.
    public record Market(
            List<ContractualInstrument> instruments,
            List<SoldAttribute> sold,
            List<ResidualMix> residuals) {

        public static final Market NONE = new Market(List.of(), List.of(), List.of());

        public Market {
            instruments = List.copyOf(instruments);
            sold = List.copyOf(sold);
            residuals = List.copyOf(residuals);
        }
    }

    public Inventory make(
            InventorySettings settings, Collection<Activity> activities, Market market) {
        var making = new Making(settings);
        activities.forEach(making::add);
        var location = making.lines();
        var marketBased =
                new MarketBased(settings, selection, items, market)
                        .linesFor(
                                location.stream()
                                        .filter(line -> line.method() == Method.LOCATION_BASED)
                                        .toList());
        var lines = new ArrayList<>(location);
        lines.addAll(marketBased.lines());
        var questions = new ArrayList<>(making.questions);
        questions.addAll(marketBased.questions());
        return new Inventory(settings, lines, making.months, questions, marketBased.unused());
    }

    private record Place(ReportingSite site, ActivityItem item, Category category, String factor) {}

    /// A line that is still growing.
    private static final class Sum {

        final ActivityFactor factor;
        final List<String> because;
        final List<Part> parts = new ArrayList<>();
        BigDecimal amount = BigDecimal.ZERO;
        Optional<BigDecimal> kilowattHours = Optional.of(BigDecimal.ZERO);

        Sum(ActivityFactor factor, List<String> because) {
            this.factor = factor;
            this.because = because;
        }

        void add(Quantity understood, Optional<BigDecimal> energy) {
            amount = amount.add(understood.amount());
            kilowattHours = kilowattHours.flatMap(sum -> energy.map(sum::add));
        }
    }

    private final class Making {

        final InventorySettings settings;
        final Map<Place, Sum> sums = new LinkedHashMap<>();
        final Map<YearMonth, BigDecimal> months = new TreeMap<>();
        final List<Inventory.Question> questions = new ArrayList<>();
        final Map<Question, FactorChoice> known = new HashMap<>();

        Making(InventorySettings settings) {
            this.settings = settings;
            for (int i = 0; i < 12; i++) {
                months.put(
                        YearMonth.from(settings.period().start()).plusMonths(i), BigDecimal.ZERO);
            }
        }

        void add(Activity activity) {
            var days = activity.period().within(settings.period());
            var share = settings.boundary().of(activity.site());
            if (days.isEmpty() || share.equals(Share.NONE)) {
                return;
            }
            var question =
                    new Question(
                            activity.item(),
                            activity.quantity().unit(),
                            activity.site().region(),
                            activity.site().grid(),
                            settings.factorYear(),
                            activity.factor());
            switch (known.computeIfAbsent(question, selection::choose)) {
                case Asked asked -> questions.add(new Inventory.Question(activity.id(), asked));
                case Chosen chosen -> add(activity, days.get(), share, chosen);
            }
        }

        private void add(Activity activity, BillPeriod days, Share share, Chosen chosen) {
            var given = new Quantity(withinYear(activity), activity.quantity().unit());
            var factor = chosen.factor();
            var understood = given.in(factor.unit());
            var sum = sum(activity, activity.item().category(), factor, chosen.because());
            sum.add(understood, selection.kilowattHours(activity.item(), factor, understood));
            sum.parts.add(new Part(activity.id(), days, given, understood, activity.basis()));
            addToMonths(activity, factor, share);
            selection
                    .biogenicOf(activity.item(), factor)
                    .ifPresent(each -> follow(activity, Category.BIOGENIC, each, given));
            if (settings.upstream() && isFuelOrEnergy(activity.item())) {
                selection
                        .upstreamOf(activity.item(), factor)
                        .forEach(each -> {
                            follow(activity, Category.FUEL_AND_ENERGY, each, given);
                            addToMonths(activity, each, share);
                        });
            }
        }

        /// Category 3 is what lies before scopes 1 and 2. The least boundary of travel and freight
        /// is what burns on the way (Corporate Value Chain Standard, table 5.4).
        private static boolean isFuelOrEnergy(ActivityItem item) {
            return item.category().scope() != Scope.THREE;
        }

        private void follow(
                Activity activity, Category category, ActivityFactor factor, Quantity given) {
            sum(
                            activity,
                            category,
                            factor,
                            List.of(
                                    "It follows from “"
                                            + activity.item().name()
                                            + "”: “"
                                            + factor.path()
                                            + "” of the same edition."))
                    .add(given.in(factor.unit()), Optional.empty());
        }

        private Sum sum(
                Activity activity, Category category, ActivityFactor factor, List<String> because) {
            var place = new Place(activity.site(), activity.item(), category, factor.id());
            return sums.computeIfAbsent(place, _ -> new Sum(factor, because));
        }

        private BigDecimal withinYear(Activity activity) {
            return activity.period().byMonth(activity.quantity().amount()).entrySet().stream()
                    .filter(entry -> months.containsKey(entry.getKey()))
                    .map(Map.Entry::getValue)
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
        }

        private void addToMonths(Activity activity, ActivityFactor factor, Share share) {
            var unit = activity.quantity().unit();
            activity.period()
                    .byMonth(activity.quantity().amount())
                    .forEach((month, amount) ->
                            months.computeIfPresent(
                                    month,
                                    (_, sum) ->
                                            sum.add(
                                                    factor.gramsFor(
                                                                    new Quantity(amount, unit)
                                                                            .in(factor.unit()))
                                                            .multiply(share.fraction()))));
        }

        List<InventoryLine> lines() {
            var lines = new ArrayList<InventoryLine>();
            sums.forEach((place, sum) -> {
                var share = settings.boundary().of(place.site());
                var quantity = new Quantity(sum.amount, sum.factor.unit());
                lines.add(
                        new InventoryLine(
                                place.category().scope() == Scope.TWO
                                        ? Method.LOCATION_BASED
                                        : Method.ANY,
                                place.category(),
                                Optional.of(place.site()),
                                place.item(),
                                quantity,
                                sum.factor,
                                share,
                                sum.factor.gramsFor(quantity).multiply(share.fraction()),
                                sum.parts.isEmpty() ? Optional.empty() : sum.kilowattHours,
                                sum.parts,
                                sum.because));
            });
            return lines;
        }
    }
}
