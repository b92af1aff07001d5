package org.wattmark.server.accounts;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Year;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.wattmark.emissions.Activity;
import org.wattmark.emissions.ActivityUnit;
import org.wattmark.emissions.BillPeriod;
import org.wattmark.emissions.Inventory;
import org.wattmark.emissions.InventoryLine;
import org.wattmark.server.accounts.DeclaredReport.Check;
import org.wattmark.server.accounts.DeclaredReport.Outcome;
import org.wattmark.units.Co2e;

/// Looks over a declared quarter. The checks' points add up to 100, and those of the checks that
/// passed are the report's score. 3 % between declaration and bills is what lifts self-declared
/// data to tier T1; the other limits are those of the accounts.
///
/// @param earlier the newest declaration of the quarter before, of the same site
/// @param bills what the accounts have of the site, other than this
record DeclaredChecks(
        Declaration declaration,
        Inventory inventory,
        Co2e declared,
        Optional<Declaration> earlier,
        List<Activity> bills,
        boolean isOver) {

    /// Below half a kilowatt-hour a day, a firm's supply is likely told in megawatt-hours.
    private static final BigDecimal LEAST_KILOWATT_HOURS = new BigDecimal("0.5");

    private static final BigDecimal MOST_CHANGE = new BigDecimal("0.40");
    private static final BigDecimal MOST_DIFFERENCE = new BigDecimal("0.03");

    /// Comparisons are for people: ratios need no more.
    private static final MathContext RATIO = new MathContext(12, RoundingMode.HALF_EVEN);

    private static final List<DeclaredQuantity> METERED =
            List.of(DeclaredQuantity.ELECTRICITY, DeclaredQuantity.NATURAL_GAS);

    List<Check> all() {
        return List.of(complete(), recomputed(), factors(), units(), continuity(), againstBills());
    }

    private static Outcome of(boolean passed) {
        return passed ? Outcome.PASSED : Outcome.FAILED;
    }

    private Check complete() {
        boolean some = declaration.quantities().values().stream().anyMatch(it -> it.signum() > 0);
        return new Check(
                "COMPLETE",
                of(some && isOver),
                10,
                declaration.quantities().size()
                        + " quantities declared; the quarter is "
                        + (isOver ? "over" : "not over"),
                "something was used, and the quarter is over");
    }

    private Check recomputed() {
        var again = inventory.total(InventoryLine.Method.LOCATION_BASED);
        return new Check(
                "RECOMPUTED",
                of(inventory.isComplete() && again.equals(declared)),
                10,
                "reported " + declared + ", made again " + again,
                "the same to the gram");
    }

    private Check factors() {
        var wrong = new ArrayList<String>();
        declaration.factors().forEach((what, id) -> wrong.add(what.field() + " by " + id));
        for (var line : inventory.lines()) {
            var edition = line.factor().source().edition();
            if (edition.isBefore(declaration.year().minusYears(1))
                    || edition.isAfter(Year.of(declaration.year().getValue() + 1))) {
                wrong.add(line.item().code() + " by an edition of " + edition);
            }
        }
        return new Check(
                "FACTORS",
                of(wrong.isEmpty()),
                20,
                wrong.isEmpty() ? "all published for the region" : String.join("; ", wrong),
                "published for the region, edition within a year of the reported year, none named"
                        + " by the firm itself");
    }

    private Check units() {
        var perDay = perDay(declaration);
        boolean small = perDay.signum() > 0 && perDay.compareTo(LEAST_KILOWATT_HOURS) < 0;
        return new Check(
                "UNITS",
                of(!small),
                15,
                plain(perDay) + " kWh of electricity a day",
                "none, or at least " + plain(LEAST_KILOWATT_HOURS) + " kWh a day");
    }

    private Check continuity() {
        var threshold = "electricity a day within 40 % of the quarter before";
        var now = perDay(declaration);
        var before = earlier.map(DeclaredChecks::perDay).filter(it -> it.signum() > 0);
        if (before.isEmpty()) {
            return new Check(
                    "CONTINUITY",
                    Outcome.NOT_DONE,
                    15,
                    "the quarter before was not declared, or had none",
                    threshold);
        }
        var change = now.subtract(before.get()).divide(before.get(), RATIO).abs();
        return new Check(
                "CONTINUITY",
                of(change.compareTo(MOST_CHANGE) <= 0),
                15,
                plain(now) + " kWh a day after " + plain(before.get()),
                threshold);
    }

    private static BigDecimal perDay(Declaration declaration) {
        return declaration
                .quantities()
                .getOrDefault(DeclaredQuantity.ELECTRICITY, BigDecimal.ZERO)
                .divide(BigDecimal.valueOf(declaration.period().days()), RATIO);
    }

    private Check againstBills() {
        var threshold = "electricity and gas within 3 % of the bills in your carbon accounts";
        var found = new ArrayList<String>();
        boolean compared = false;
        boolean passed = true;
        boolean missing = false;
        for (var what : METERED) {
            var amount = declaration.quantities().getOrDefault(what, BigDecimal.ZERO);
            if (amount.signum() == 0) {
                continue;
            }
            var billed = billed(what);
            if (billed.isEmpty()) {
                missing = true;
                found.add("no bills for every day of " + what.field());
                continue;
            }
            compared = true;
            boolean near = isNear(amount, billed.get());
            passed &= near;
            found.add(what.field() + " " + plain(amount) + ", bills " + plain(billed.get()));
        }
        var outcome =
                !passed ? Outcome.FAILED : compared && !missing ? Outcome.PASSED : Outcome.NOT_DONE;
        return new Check(
                "BILLS",
                outcome,
                30,
                found.isEmpty() ? "nothing that is metered was declared" : String.join("; ", found),
                threshold);
    }

    private static boolean isNear(BigDecimal declared, BigDecimal billed) {
        return declared.subtract(billed).abs().compareTo(billed.multiply(MOST_DIFFERENCE)) <= 0;
    }

    /// What the bills say for the quarter, in the declaration's unit; nothing unless they cover
    /// each of its days and can be compared.
    private Optional<BigDecimal> billed(DeclaredQuantity what) {
        var unit = DeclaredEmissions.unit(what);
        var quarter = declaration.period();
        var sum = BigDecimal.ZERO;
        long days = 0;
        for (var bill : bills) {
            var within = bill.period().within(quarter);
            if (!bill.item().code().equals(what.item()) || within.isEmpty()) {
                continue;
            }
            if (bill.quantity().unit().dimension() != unit.dimension()) {
                return Optional.empty();
            }
            days += within.get().days();
            sum = sum.add(within(bill, quarter, unit));
        }
        return days >= quarter.days() && sum.signum() > 0 ? Optional.of(sum) : Optional.empty();
    }

    private static BigDecimal within(Activity bill, BillPeriod quarter, ActivityUnit unit) {
        var amount = BigDecimal.ZERO;
        for (var month : bill.period().byMonth(bill.quantity().amount()).entrySet()) {
            if (quarter.overlaps(BillPeriod.of(month.getKey()))) {
                amount = amount.add(month.getValue());
            }
        }
        return amount.multiply(bill.quantity().unit().inBase()).divide(unit.inBase(), RATIO);
    }

    private static String plain(BigDecimal number) {
        return Texts.plain(number.round(new MathContext(6, RoundingMode.HALF_EVEN)));
    }
}
