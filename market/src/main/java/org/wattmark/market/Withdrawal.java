package org.wattmark.market;

import org.wattmark.ledger.Receipt;

/// What came of the wish to take a listing back.
public sealed interface Withdrawal {

    /// @param listing as it ended; what was left of it is the seller's again
    record Withdrawn(Listing listing, Receipt receipt) implements Withdrawal {}

    record Refused(Reason reason) implements Withdrawal {}

    /// In order of precedence: the first that holds is the one reported.
    enum Reason {
        ID_STANDS_FOR_ANOTHER,
        LISTING_UNKNOWN,
        NOT_YOUR_LISTING,
        /// All of it was sold, or it was withdrawn before.
        LISTING_CLOSED
    }
}
