package org.wattmark.metering;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/// A meter that is bonded to one owner's account by its own key.
///
/// @param owner the account that the bond names
/// @param intervalLength of every reading, a divisor of a day
/// @param simulated whether physics software stands in for a meter; all that comes of it is TEST
/// @param makerId the id in the packets of a Carbon Smart Meter; empty if the device signs batches.
///   A key serves one of the two and never both
public record Device(
        DeviceId id,
        DeviceKey key,
        UUID owner,
        Site site,
        Installation installation,
        AssuranceTier tier,
        Duration intervalLength,
        boolean simulated,
        Optional<MakerId> makerId) {

    public static final Duration DEFAULT_INTERVAL = Duration.ofMinutes(15);

    /// Clear-sky bounds below one minute would need other margins (cloud edges).
    private static final Duration SHORTEST_INTERVAL = Duration.ofMinutes(1);

    private static final Duration DAY = Duration.ofDays(1);

    public Device {
        if (intervalLength.compareTo(SHORTEST_INTERVAL) < 0
                || !intervalLength.equals(intervalLength.truncatedTo(ChronoUnit.SECONDS))
                || intervalLength.compareTo(DAY) > 0
                || DAY.toSeconds() % intervalLength.toSeconds() != 0) {
            throw new IllegalArgumentException(
                    "an interval is a whole part of a day and at least a minute, not "
                            + intervalLength);
        }
    }

    /// A device that signs batches.
    public Device(
            DeviceId id,
            DeviceKey key,
            UUID owner,
            Site site,
            Installation installation,
            AssuranceTier tier,
            Duration intervalLength,
            boolean simulated) {
        this(id, key, owner, site, installation, tier, intervalLength, simulated, Optional.empty());
    }

    /// The same device, if it sends packets under this id instead of batches.
    public Device sendingPacketsAs(MakerId maker) {
        return new Device(
                id,
                key,
                owner,
                site,
                installation,
                tier,
                intervalLength,
                simulated,
                Optional.of(maker));
    }
}
