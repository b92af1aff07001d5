package org.wattmark.server.live;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.wattmark.server.rewards.RewardedDays;

/// What a device makes now and has made today.
///
/// @param simulated whether physics software stands in for a meter
/// @param intervalStart of the last interval with a reading
/// @param watts the mean power over that interval, rounded down
/// @param day the civil day of the device's site in which that interval begins
/// @param energyTodayWattHours accepted, of that day so far
/// @param rewards of that day so far, in each programme that the device takes part in; they come a
///   few minutes behind the readings
/// @param avoided null where no factor of the site's grid is known: there is no global default
record LiveReading(
        UUID deviceId,
        boolean simulated,
        Instant intervalStart,
        long intervalSeconds,
        long watts,
        LocalDate day,
        long energyTodayWattHours,
        List<RewardedDays.Earned> rewards,
        @Nullable Avoided avoided) {

    /// What the grid would have emitted for the same energy. It is an estimate for the moment; only
    /// a verified claim makes a credit of it.
    ///
    /// @param gramsPerHourNow CO₂e at the power of the last interval, rounded down
    /// @param gramsToday CO₂e, rounded down once
    /// @param basis whether all of the day was valued by hourly intensities, some of it or none
    /// @param gramsPerKilowattHour of the last interval, exact, as text
    /// @param factor the id of the annual factor, or who published the hourly intensity
    /// @param factorFrom since when the number of the last interval stands: its hour or its year
    /// @param factorAgeSeconds from the end of that hour or year to the interval's start; 0 within
    record Avoided(
            long gramsPerHourNow,
            long gramsToday,
            Basis basis,
            String gramsPerKilowattHour,
            String factor,
            Instant factorFrom,
            long factorAgeSeconds) {}

    enum Basis {
        HOURLY,
        PARTLY_HOURLY,
        ANNUAL
    }
}
