package org.wattmark.market;

import org.wattmark.ledger.Receipt;

/// What came of the wish to buy.
public sealed interface Purchase {

    /// Credits and money have changed hands, both.
    record Bought(Trade trade, Receipt receipt) implements Purchase {}

    /// Neither has.
    record Refused(Reason reason) implements Purchase {}

    /// In order of precedence: the first that holds is the one reported.
    enum Reason {
        ID_STANDS_FOR_ANOTHER,
        LISTING_UNKNOWN,
        /// All of it was sold, or it was withdrawn.
        LISTING_CLOSED,
        OWN_LISTING,
        QUANTITY_EXCEEDS_LISTING,
        BUYER_UNKNOWN,
        /// Units of class TEST and live accounts have nothing to do with each other.
        TEST_AND_LIVE_DO_NOT_MIX,
        /// What is reserved of the buyer's money does not count.
        NOT_ENOUGH_MONEY,
        SELLER_FROZEN,
        BUYER_FROZEN,
        BLOCK_FROZEN,
        /// The currency stands still.
        MONEY_FROZEN,
        /// The account that fees go to stands still.
        MARKET_SUSPENDED
    }
}
