package org.wattmark.server.market;

import org.wattmark.market.MarketRules;

/// What the operator takes of each purchase.
///
/// @param basisPoints 100 are 1 % of the price
/// @param rule in words
record FeeRule(int basisPoints, String rule) {

    static FeeRule of(MarketRules rules) {
        return new FeeRule(
                rules.fee().basisPoints(),
                "The fee is this share of the price, rounded down to a minor unit. The seller bears"
                        + " it: the buyer pays the price and no more.");
    }
}
