package org.wattmark.emissions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wattmark.emissions.InventoryLine.Method.LOCATION_BASED;
import static org.wattmark.emissions.InventoryLine.Method.MARKET_BASED;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.Year;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.wattmark.emissions.InventoryMaker.Market;
import org.wattmark.testing.Seeded;
import org.wattmark.units.Energy;

/// What holds for every firm, whatever its bills say.
class InventoryPropertiesTest {

    private static final String[][] WHAT = {
        {"electricity", "kWh"}, {"electricity", "MWh"}, {"gas", "kWh"}, {"gas", "cubic metres"},
        {"diesel", "litres"}, {"petrol", "gallons (imperial)"}, {"r404a", "kg"}, {"rail", "pkm"},
        {"waste-landfill", "kg"}, {"car-diesel", "miles"}, {"district-heat", "GJ"}
    };

    private static Firm anyFirm(RandomGenerator random) {
        var firm = Firm.british();
        for (int i = random.nextInt(1, 40); i > 0; i--) {
            var what = WHAT[random.nextInt(WHAT.length)];
            var first = LocalDate.of(2023, 11, 1).plusDays(random.nextInt(430));
            var last = first.plusDays(random.nextInt(100));
            var amount = new BigDecimal(random.nextLong(10_000_000)).movePointLeft(2);
            firm.uses(amount.toPlainString(), what[1], what[0], first.toString(), last.toString());
        }
        return firm;
    }

    private static Market anyMarket(RandomGenerator random) {
        var instruments = new ArrayList<ContractualInstrument>();
        for (int i = random.nextInt(4); i > 0; i--) {
            instruments.add(
                    new ContractualInstrument(
                            new UUID(5, i),
                            List.of(ContractualInstrument.Kind.values()).get(random.nextInt(3)),
                            new Energy(random.nextLong(200_000_000)),
                            BigDecimal.valueOf(random.nextInt(100)),
                            Firm.UK,
                            Year.of(random.nextInt(2023, 2025)),
                            Optional.empty(),
                            "certificates " + i,
                            false));
        }
        return new Market(instruments, List.of(), List.of());
    }

    @Seeded
    void doesNotDependOnTheOrderOfBills(RandomGenerator random) {
        var firm = anyFirm(random);
        var before = firm.inventory();
        Collections.shuffle(firm.activities, new Random(random.nextLong()));

        var after = firm.inventory();

        for (var scope : Scope.values()) {
            assertThat(after.exact(scope, LOCATION_BASED))
                    .isEqualByComparingTo(before.exact(scope, LOCATION_BASED));
        }
    }

    @Seeded
    void losesNothingWhenABillIsCutAtTheYear(RandomGenerator random) {
        var firm = anyFirm(random);
        firm.activities.removeIf(activity -> !activity.item().code().equals("rail"));

        var parts =
                List.of(2023, 2024, 2025).stream()
                        .flatMap(year ->
                                Firm.MAKER
                                        .make(
                                                Firm.settings(year, false),
                                                firm.activities,
                                                Market.NONE)
                                        .lines()
                                        .stream())
                        .map(line -> line.quantity().amount())
                        .reduce(BigDecimal.ZERO, BigDecimal::add);

        var whole =
                firm.activities.stream()
                        .map(activity -> activity.quantity().amount())
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(parts).isEqualByComparingTo(whole);
    }

    @Seeded
    void makesMonthsThatSumUpToTheLines(RandomGenerator random) {
        var inventory = anyFirm(random).inventory();

        var months = inventory.months().values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        var lines =
                List.of(Scope.ONE, Scope.TWO, Scope.THREE).stream()
                        .map(scope -> inventory.exact(scope, LOCATION_BASED))
                        .reduce(BigDecimal.ZERO, BigDecimal::add);

        // Conversions without end round up at the twelfth place, once for each month of a bill.
        assertThat(months.subtract(lines).abs()).isLessThan(new BigDecimal("0.001"));
    }

    @Seeded
    void roundsEachScopeUpByLessThanAGram(RandomGenerator random) {
        var inventory = anyFirm(random).inventory();

        for (var scope : Scope.values()) {
            var up =
                    BigDecimal.valueOf(inventory.total(scope, LOCATION_BASED).grams())
                            .subtract(inventory.exact(scope, LOCATION_BASED));
            assertThat(up)
                    .isBetween(BigDecimal.ZERO, new BigDecimal("0.9999999999999999999999999"));
        }
    }

    @Seeded
    void coversNoMoreThanAnInstrumentHoldsAndNoMoreThanWasUsed(RandomGenerator random) {
        var firm = anyFirm(random);
        var market = anyMarket(random);

        var inventory = firm.inventory(market);

        var used = kilowattHours(inventory, LOCATION_BASED);
        assertThat(kilowattHours(inventory, MARKET_BASED)).isEqualByComparingTo(used);
        for (var instrument : market.instruments()) {
            var covered =
                    inventory.lines().stream()
                            .filter(line -> line.factor().id().endsWith(instrument.id().toString()))
                            .map(line -> line.quantity().amount())
                            .reduce(BigDecimal.ZERO, BigDecimal::add);
            var unused =
                    inventory.unused().stream()
                            .filter(each -> each.instrument().equals(instrument.id()))
                            .map(Inventory.UnusedInstrument::kilowattHours)
                            .reduce(BigDecimal.ZERO, BigDecimal::add);
            assertThat(covered.add(unused))
                    .isEqualByComparingTo(instrument.energy().kilowattHours());
        }
    }

    private static BigDecimal kilowattHours(Inventory inventory, InventoryLine.Method method) {
        return inventory.lines().stream()
                .filter(line -> line.method() == method)
                .filter(line -> line.item().kind() == ActivityKind.ELECTRICITY)
                .map(line -> line.quantity().in(Firm.unit("kWh")).amount())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    @Seeded
    void spreadsABillOverItsMonthsAndLosesNothing(RandomGenerator random) {
        var first = LocalDate.of(2024, 1, 1).plusDays(random.nextInt(700));
        var period = BillPeriod.ofDays(first, first.plusDays(random.nextInt(400))).orElseThrow();
        var amount = new BigDecimal(random.nextLong(1_000_000_000)).movePointLeft(3);

        var months = period.byMonth(amount);

        assertThat(months.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(amount);
        assertThat(months.values()).allMatch(part -> part.signum() >= 0);
    }

    @Seeded
    void matchesNoMoreThanEitherSideOfAnHour(RandomGenerator random) {
        var used = new TreeMap<java.time.Instant, Energy>();
        var made = new TreeMap<java.time.Instant, Energy>();
        for (int hour = 0; hour < 48; hour++) {
            var start = java.time.Instant.EPOCH.plusSeconds(3_600L * hour);
            used.put(start, new Energy(random.nextLong(5_000)));
            if (random.nextBoolean()) {
                made.put(start, new Energy(random.nextLong(5_000)));
            }
        }

        var match = HourlyMatch.of(used, made);

        assertThat(match.matched()).isLessThanOrEqualTo(match.consumed());
        assertThat(match.matched()).isLessThanOrEqualTo(match.clean());
        assertThat(HourlyMatch.of(used, used).percent()).isEqualByComparingTo("100");
    }
}
