package org.wattmark.market;

import java.util.Currency;
import org.wattmark.ledger.AccountId;
import org.wattmark.units.Share;

/// Who pays less than the whole fee. Whoever runs the market says so, such as for what a seller has
/// staked; it is asked on the sequencer's thread, and the trade records the fee.
@FunctionalInterface
public interface FeeDiscounts {

    FeeDiscounts NONE = (_, _) -> Share.NONE;

    /// The part of a fee in this currency that is not asked of the seller.
    Share off(AccountId seller, Currency currency);
}
