package org.wattmark.attributes;

import org.jspecify.annotations.Nullable;

/// What came of a request to reserve energy for a claim.
public sealed interface Reservation {

    /// The same request always gets this same answer, whatever has become of the claim since.
    record Reserved(Allocation allocation) implements Reservation {}

    /// Nothing was reserved, and the claim's id still stands for nothing.
    ///
    /// @param inTheWay a live claim that has the energy, if one is the reason
    record Refused(Reason reason, @Nullable ClaimId inTheWay) implements Reservation {}

    /// In order of precedence: the first that holds is the one reported.
    enum Reason {
        /// The claim's id was used for another content.
        ID_STANDS_FOR_ANOTHER,
        /// Another live claim has this period, all that was left of it.
        ALREADY_CLAIMED,
        /// There is no reading of the device that a claim could use.
        NOTHING_METERED,
        /// Less is left than the request needs; claims on parts have the rest.
        NOT_ENOUGH_LEFT
    }
}
