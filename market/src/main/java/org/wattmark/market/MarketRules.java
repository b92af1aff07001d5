package org.wattmark.market;

import org.wattmark.units.Money;
import org.wattmark.units.Share;

/// What an operator sets for its market.
///
/// @param fee the operator's share of each purchase's price
public record MarketRules(Share fee) {

    /// A fee of 1 %: our own choice, which no regulation asks for.
    public static final MarketRules STANDARD = new MarketRules(Share.ofPercent(1));

    /// Rounds down, against ourselves: rounded up, a buyer who takes a listing gram by gram at a
    /// cent each would leave its seller nothing.
    public Money feeOn(Money price) {
        return new Money(fee.floorOf(price.minorUnits()), price.currency());
    }

    /// The fee less a part of it. What is taken off rounds up, so the fee rounds down as ever.
    public Money feeOn(Money price, Share off) {
        var whole = feeOn(price);
        return whole.minus(new Money(off.ceilingOf(whole.minorUnits()), price.currency()));
    }
}
