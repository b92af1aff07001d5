package org.wattmark.server.live;

import java.time.Instant;
import java.util.List;
import org.wattmark.server.rewards.RewardedDays;

/// What all devices together make.
///
/// @param asOf when it was added up
/// @param measured of meters
/// @param simulated of what plays a meter, apart from the others
record PublicTotal(Instant asOf, Sum measured, Sum simulated) {

    /// @param devicesReporting that sent an interval which ended within the last hour
    /// @param watts the sum of their mean power over the last interval of each
    /// @param energyTodayWattHours of batches that begin today, UTC
    /// @param rewardsToday of the days that bear today's date, UTC, in each currency
    /// @param energyWattHours of all that was ever accepted
    record Sum(
            long devicesReporting,
            long watts,
            long energyTodayWattHours,
            List<RewardedDays.Total> rewardsToday,
            long energyWattHours) {}
}
