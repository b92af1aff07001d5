package org.wattmark.rewards;

import java.time.LocalDate;
import java.util.UUID;
import org.wattmark.ledger.Receipt;
import org.wattmark.metering.DeviceId;

/// What came of the wish that a device earns rewards.
public sealed interface Joining {

    /// @param rank it is the n-th device that joined
    /// @param from the first civil day whose energy is rewarded
    record Joined(UUID programme, DeviceId device, long rank, LocalDate from, Receipt receipt)
            implements Joining {}

    record Refused(Reason reason) implements Joining {}

    /// In order of precedence: the first that holds is the one reported.
    enum Reason {
        ID_STANDS_FOR_ANOTHER,
        PROGRAMME_UNKNOWN,
        /// The account is not the device's owner's, or is not of the programme's class: test
        /// programmes pay test accounts, live ones live accounts.
        NOT_THE_OWNERS_ACCOUNT,
        /// Physics software stands in for a meter: it only plays.
        SIMULATED_DEVICE,
        DEVICE_IN_ANOTHER_COUNTRY,
        /// Its readings are less attested than the programme asks.
        TIER_TOO_LOW,
        ALREADY_JOINED
    }
}
