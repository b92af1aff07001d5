package org.wattmark.server.accounts;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.wattmark.emissions.Activity;
import org.wattmark.emissions.ActivityChecks;
import org.wattmark.emissions.ActivityItem;
import org.wattmark.emissions.ActivityKind;
import org.wattmark.emissions.ActivityUnit.Dimension;

/// Looks over the rows of a file together, and beside what is recorded: the same days billed twice,
/// and quantities that are of another unit. Such a row is bad unless it is confirmed.
final class BillSuspicions {

    /// How far from the middle of its series a quantity per day may lie; another unit of energy is
    /// off by 1,000.
    private static final BigDecimal FAR = BigDecimal.valueOf(300);

    private static final MathContext RATIO = new MathContext(12, RoundingMode.HALF_EVEN);

    /// kWh per day below which a site's electricity or gas is thought to be in another unit. Our
    /// own limit: a small refrigerator uses 0.5 kWh a day (EU 2019/2016, class E, 150 l).
    private static final BigDecimal LITTLE = new BigDecimal("0.5");

    private BillSuspicions() {}

    private record Supply(UUID site, String item, String meter) {

        static Supply of(Activity activity) {
            return new Supply(
                    activity.site().id(), activity.item().code(), activity.meter().orElse(""));
        }
    }

    private record Bill(Activity activity, Optional<BillRow> row) {

        BigDecimal perDay() {
            return activity.quantity()
                    .amount()
                    .multiply(activity.quantity().unit().inBase())
                    .divide(BigDecimal.valueOf(activity.period().days()), RATIO);
        }
    }

    /// Adds faults to rows.
    ///
    /// @param recorded what counts already around the days of the rows
    static void look(List<BillRow> rows, Collection<Activity> recorded) {
        var supplies = new HashMap<Supply, List<Bill>>();
        for (var row : rows) {
            if (row.isGood() && row.activity != null) {
                supplies.computeIfAbsent(Supply.of(row.activity), _ -> new ArrayList<>())
                        .add(new Bill(row.activity, Optional.of(row)));
            }
        }
        for (var activity : recorded) {
            var bills = supplies.get(Supply.of(activity));
            if (bills != null) {
                bills.add(new Bill(activity, Optional.empty()));
            }
        }
        for (Map.Entry<Supply, List<Bill>> supply : supplies.entrySet()) {
            supply.getValue().sort(Comparator.comparing(bill -> bill.activity().period()));
            var item = supply.getValue().getFirst().activity().item();
            if (ActivityChecks.isMetered(item)) {
                twice(supply.getValue());
                units(supply.getValue(), item);
            } else {
                same(supply.getValue());
            }
        }
    }

    /// Days of a metered supply that two bills are for. What is recorded stands; the row is told.
    private static void twice(List<Bill> bills) {
        Bill reaching = bills.getFirst();
        for (var bill : bills.subList(1, bills.size())) {
            var before = reaching;
            var days = bill.activity().period().within(before.activity().period());
            if (days.isPresent()) {
                boolean isLater = bill.row().isPresent();
                var told = isLater ? bill : before;
                var other = isLater ? before : bill;
                told.row()
                        .ifPresent(row ->
                                row.fault(
                                        "period",
                                        told.activity().period().toString(),
                                        days.get()
                                                + " is billed twice: "
                                                + where(other)
                                                + ". Take one out, or name the meters if there are"
                                                + " two; if bills end on the day that the next"
                                                + " begins, say end=READ_DATE"));
            }
            if (bill.activity().period().end().isAfter(before.activity().period().end())) {
                reaching = bill;
            }
        }
    }

    private static String where(Bill bill) {
        var what = bill.activity().quantity() + " for " + bill.activity().period();
        return bill.row()
                .map(row -> "line " + row.line + " has " + what)
                .orElse(what + " is recorded already");
    }

    /// A trip or a load may come twice a day, but hardly word for word.
    private static void same(List<Bill> bills) {
        var seen = new HashSet<Activity>();
        for (var bill : bills) {
            var plain = withoutId(bill.activity());
            if (!seen.add(plain) && bill.row().isPresent() && !bill.row().get().isConfirmed) {
                bill.row()
                        .get()
                        .fault(
                                "period",
                                bill.activity().period().toString(),
                                "the same is there already: if it did happen twice, write yes in a"
                                        + " column “confirmed”, or say confirm=true");
            }
        }
    }

    private static Activity withoutId(Activity activity) {
        return new Activity(
                new UUID(0, 0),
                activity.site(),
                activity.item(),
                activity.quantity(),
                activity.period(),
                activity.meter(),
                activity.basis(),
                activity.note(),
                activity.evidence(),
                activity.factor());
    }

    private static void units(List<Bill> bills, ActivityItem item) {
        var positive = bills.stream().filter(bill -> bill.perDay().signum() > 0).toList();
        if (positive.isEmpty()) {
            return;
        }
        var sorted = positive.stream().map(Bill::perDay).sorted().toList();
        var middle = sorted.get(sorted.size() / 2);
        for (var bill : positive) {
            var each = bill.perDay();
            var ratio = each.max(middle).divide(each.min(middle), RATIO);
            if (ratio.compareTo(FAR) >= 0) {
                suspect(bill, each.compareTo(middle) < 0);
            } else if (isLittle(bill, item)) {
                tooLittle(bill);
            }
        }
    }

    private static boolean isLittle(Bill bill, ActivityItem item) {
        var quantity = bill.activity().quantity();
        boolean isEnergy =
                item.kind() == ActivityKind.ELECTRICITY || item.code().equals("natural-gas");
        return isEnergy
                && quantity.unit().dimension() == Dimension.ENERGY
                && bill.perDay().compareTo(LITTLE.multiply(BillTable.kilowattHour().inBase())) < 0;
    }

    private static void suspect(Bill bill, boolean isLow) {
        bill.row()
                .filter(row -> !row.isConfirmed)
                .ifPresent(row ->
                        row.fault(
                                "quantity",
                                bill.activity().quantity().toString(),
                                "per day it is less than a 300th or more than 300 times of what the"
                                        + " other bills of this supply say: is it in "
                                        + (isLow ? "MWh instead of kWh" : "kWh instead of MWh")
                                        + ", or another unit? Correct it, or write yes in a column"
                                        + " “confirmed”"));
    }

    private static void tooLittle(Bill bill) {
        bill.row()
                .filter(row -> !row.isConfirmed)
                .ifPresent(row ->
                        row.fault(
                                "quantity",
                                bill.activity().quantity().toString(),
                                "is less than 0.5 kWh a day: is it in MWh? Correct the unit, or"
                                        + " write yes in a column “confirmed”, or say"
                                        + " confirm=true"));
    }
}
