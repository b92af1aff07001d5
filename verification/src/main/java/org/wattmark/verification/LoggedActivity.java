package org.wattmark.verification;

import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import org.wattmark.units.Canonical;
import org.wattmark.units.Canonical.Malformed;

/// Fuel or electricity that something used for what it did, month by month, before a measure and
/// after it: a van's litres for its kilometres, a mill's kilowatt-hours for its tonnes.
///
/// @param what does it, such as `delivery vans`
/// @param carrier electricity or fuel
/// @param activityUnit what is counted, such as `km`
/// @param energyUnit `kWh` for electricity; for a fuel the unit of its factor, such as `litres`
/// @param before at least twelve months, in order
/// @param after months of the monitoring period, in order; a missing one counts as nothing
/// @param legalMostPerActivity the most that the law lets one unit of activity use
/// @param factor the id of the fuel's factor; or of the grid factor to use in place of the default
public record LoggedActivity(
        Reported reported,
        String what,
        Carrier carrier,
        String activityUnit,
        String energyUnit,
        List<Month> before,
        List<Month> after,
        Optional<BigDecimal> legalMostPerActivity,
        Optional<String> factor)
        implements MonitoredData {

    private static final int MOST_MONTHS = 60;

    /// @param activity in the activity's unit, above 0
    /// @param used in the energy's unit
    public record Month(YearMonth month, BigDecimal activity, BigDecimal used) {

        public Month {
            activity = DataBytes.positive("a month's activity", activity);
            used = DataBytes.amount("a month's use", used);
            if (month.getYear() < 2000 || month.getYear() > 2199) {
                throw new IllegalArgumentException("not a month of our time: " + month);
            }
        }
    }

    public LoggedActivity {
        DataBytes.words("what is logged", what, 100);
        DataBytes.words("the activity's unit", activityUnit, 40);
        DataBytes.words("the energy's unit", energyUnit, 40);
        if (carrier == Carrier.WASTE) {
            throw new IllegalArgumentException("electricity or fuel is logged, not waste");
        }
        if (carrier == Carrier.ELECTRICITY && !energyUnit.equals("kWh")) {
            throw new IllegalArgumentException("electricity is in kWh, not " + energyUnit);
        }
        if (carrier == Carrier.FUEL && factor.isEmpty()) {
            throw new IllegalArgumentException("a fuel needs its factor");
        }
        before = inOrder(before);
        after = inOrder(after);
        if (after.isEmpty()) {
            throw new IllegalArgumentException("no month is reported");
        }
        if (!before.isEmpty() && !before.getLast().month().isBefore(after.getFirst().month())) {
            throw new IllegalArgumentException("months before are not before months after");
        }
        legalMostPerActivity =
                legalMostPerActivity.map(most -> DataBytes.positive("a legal use", most));
    }

    private static List<Month> inOrder(List<Month> months) {
        if (months.size() > MOST_MONTHS) {
            throw new IllegalArgumentException("more than " + MOST_MONTHS + " months");
        }
        for (int i = 1; i < months.size(); i++) {
            if (!months.get(i - 1).month().isBefore(months.get(i).month())) {
                throw new IllegalArgumentException("a month stands once, in order");
            }
        }
        return List.copyOf(months);
    }

    @Override
    public MethodologyId methodology() {
        return LoggedSavings.ID;
    }

    @Override
    public List<Carrier> carriers() {
        return List.of(carrier);
    }

    @Override
    public byte[] content() {
        var bytes =
                DataBytes.begin(this)
                        .text(what)
                        .text(carrier.name())
                        .text(activityUnit)
                        .text(energyUnit);
        write(bytes, before);
        write(bytes, after);
        DataBytes.writeOptional(bytes, legalMostPerActivity);
        DataBytes.writeOptionalText(bytes, factor);
        return bytes.toByteArray();
    }

    private static void write(Canonical bytes, List<Month> months) {
        bytes.number(months.size());
        for (var month : months) {
            bytes.number(month.month.getYear())
                    .number(month.month.getMonthValue())
                    .decimal(month.activity)
                    .decimal(month.used);
        }
    }

    static LoggedActivity read(Reported reported, DataReader reader) throws Malformed {
        return new LoggedActivity(
                reported,
                reader.text(),
                reader.named(Carrier.values()),
                reader.text(),
                reader.text(),
                reader.list(MOST_MONTHS, () -> month(reader)),
                reader.list(MOST_MONTHS, () -> month(reader)),
                reader.optional(reader::decimal),
                reader.optional(reader::text));
    }

    private static Month month(DataReader reader) throws Malformed {
        return new Month(
                YearMonth.of(reader.smallNumber(), reader.smallNumber()),
                reader.decimal(),
                reader.decimal());
    }
}
