package org.wattmark.rewards;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.UUID;
import org.wattmark.metering.DeviceId;
import org.wattmark.units.Energy;
import org.wattmark.units.Share;

/// What one device earned on one civil day of its site. Price, rate and cap are settled with the
/// first interval of the day, and hold for what comes late.
///
/// @param tariff whose price it is
/// @param perKilowattHour in the currency's main unit
/// @param rate the part of the price that is earned
/// @param metered the energy of the day's intervals
/// @param rewarded the part of it below the cap
/// @param granted what was earned in micro-units, exact: `rewarded` times price and rate, or less
///   if the pool was exhausted
public record RewardDay(
        UUID programme,
        DeviceId device,
        LocalDate day,
        UUID tariff,
        BigDecimal perKilowattHour,
        Share rate,
        Energy cap,
        Energy metered,
        Energy rewarded,
        BigDecimal granted) {

    /// A kWh is 1,000 Wh, and a unit of money 1,000,000 micro-units.
    private static final BigDecimal MICROS_A_WATT_HOUR = BigDecimal.valueOf(1_000);

    public record Key(UUID programme, DeviceId device, LocalDate day) {}

    public RewardDay {
        if (rewarded.compareTo(cap) > 0 || rewarded.compareTo(metered) > 0) {
            throw new IllegalArgumentException(
                    rewarded + " rewarded of " + metered + " under a cap of " + cap);
        }
        perKilowattHour = perKilowattHour.stripTrailingZeros();
        granted = granted.signum() == 0 ? BigDecimal.ZERO : granted.stripTrailingZeros();
    }

    static RewardDay beginning(
            Enrolment enrolment, LocalDate day, Tariff tariff, Share rate, Energy cap) {
        return new RewardDay(
                enrolment.programme(),
                enrolment.device(),
                day,
                tariff.id(),
                tariff.perKilowattHour(),
                rate,
                cap,
                Energy.ZERO,
                Energy.ZERO,
                BigDecimal.ZERO);
    }

    public Key key() {
        return new Key(programme, device, day);
    }

    /// What so much energy earns in micro-units, exact: 412 Wh at 0.3943 and 20 % earn 32,490.32.
    BigDecimal worth(Energy energy) {
        return perKilowattHour
                .multiply(rate.fraction())
                .multiply(MICROS_A_WATT_HOUR)
                .multiply(BigDecimal.valueOf(energy.wattHours()));
    }

    /// How much of this further energy lies below the cap.
    Energy belowCap(Energy more) {
        var room = cap.minus(rewarded);
        return more.compareTo(room) < 0 ? more : room;
    }

    RewardDay plus(Energy more, Energy moreRewarded, BigDecimal moreGranted) {
        return with(metered.plus(more), rewarded.plus(moreRewarded), granted.add(moreGranted));
    }

    /// The day with so much energy less. What the cap had cut off before fills the room.
    RewardDay less(Energy by) {
        var left = metered.minus(by);
        var counted = left.compareTo(cap) < 0 ? left : cap;
        return with(left, counted, granted.min(worth(counted)));
    }

    private RewardDay with(Energy newMetered, Energy newRewarded, BigDecimal newGranted) {
        return new RewardDay(
                programme,
                device,
                day,
                tariff,
                perKilowattHour,
                rate,
                cap,
                newMetered,
                newRewarded,
                newGranted);
    }
}
