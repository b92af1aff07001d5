package org.wattmark.rewards;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.wattmark.rewards.RewardedInterval.Limit;
import org.wattmark.units.Energy;

/// Reckons what further intervals of one device and civil day earn, one after the other. It looks
/// at nothing but what it is given, so whoever reckons again gets the same.
final class Reckoning {

    private RewardDay day;
    private BigDecimal carry;
    private long left;
    private final List<RewardedInterval> intervals = new ArrayList<>();

    /// @param carry what was earned before and is less than a micro-unit
    /// @param left what can be earned, in micro-units: the pool, and what the owner owes to it
    Reckoning(RewardDay day, BigDecimal carry, long left) {
        this.day = day;
        this.carry = carry;
        this.left = left;
    }

    Reckoning plus(Iterable<MeteredInterval> more) {
        more.forEach(this::add);
        return this;
    }

    private void add(MeteredInterval interval) {
        var rewarded = day.belowCap(interval.energy());
        var worth = day.worth(rewarded);
        var due = carry.add(worth);
        // Rounds down: what is less than a micro-unit is carried to the next interval.
        var whole = due.setScale(0, RoundingMode.FLOOR);
        if (rewarded.isZero()) {
            settle(interval, rewarded, BigDecimal.ZERO, 0, capped(interval, rewarded));
        } else if (left == 0) {
            settle(interval, rewarded, BigDecimal.ZERO, 0, Limit.POOL_EXHAUSTED);
        } else if (whole.compareTo(BigDecimal.valueOf(left)) > 0) {
            // The last of the pool pays what was carried first, and of this interval a part.
            var granted = BigDecimal.valueOf(left).subtract(carry);
            long all = left;
            carry = BigDecimal.ZERO;
            settle(interval, rewarded, granted, all, Limit.POOL_EXHAUSTED);
        } else {
            carry = due.subtract(whole);
            settle(interval, rewarded, worth, whole.longValueExact(), capped(interval, rewarded));
        }
    }

    private static Limit capped(MeteredInterval interval, Energy rewarded) {
        return rewarded.equals(interval.energy()) ? Limit.NONE : Limit.DAILY_CAP;
    }

    private void settle(
            MeteredInterval interval,
            Energy rewarded,
            BigDecimal granted,
            long microUnits,
            Limit limit) {
        day = day.plus(interval.energy(), rewarded, granted);
        left -= microUnits;
        intervals.add(
                new RewardedInterval(
                        interval.period(), interval.energy(), rewarded, microUnits, limit));
    }

    RewardDay day() {
        return day;
    }

    BigDecimal carry() {
        return carry;
    }

    List<RewardedInterval> intervals() {
        return List.copyOf(intervals);
    }

    long microUnits() {
        return total(intervals);
    }

    static long total(List<RewardedInterval> intervals) {
        return intervals.stream().mapToLong(RewardedInterval::microUnits).reduce(0, Math::addExact);
    }
}
