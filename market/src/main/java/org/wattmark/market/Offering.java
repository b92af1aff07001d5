package org.wattmark.market;

import org.wattmark.ledger.Receipt;

/// What came of the wish to offer credits.
public sealed interface Offering {

    /// The quantity is reserved: the seller cannot use it elsewhere while the listing is open.
    record Listed(Listing listing, Receipt receipt) implements Offering {}

    record Refused(Reason reason) implements Offering {}

    /// In order of precedence: the first that holds is the one reported.
    enum Reason {
        ID_STANDS_FOR_ANOTHER,
        SELLER_UNKNOWN,
        BLOCK_UNKNOWN,
        /// Units of class TEST and live accounts have nothing to do with each other.
        TEST_AND_LIVE_DO_NOT_MIX,
        SELLER_FROZEN,
        BLOCK_FROZEN,
        QUANTITY_EXCEEDS_HOLDING
    }
}
