package org.wattmark.market;

import java.time.Instant;
import java.util.UUID;
import org.wattmark.ledger.AccountId;
import org.wattmark.units.Co2e;
import org.wattmark.units.Money;
import org.wattmark.verification.UnitClass;

/// A purchase that was settled, item by item.
///
/// @param price what the buyer paid
/// @param fee the operator's part of it
/// @param proceeds the seller's part of it: the rest
public record Trade(
        UUID id,
        UUID listing,
        AccountId seller,
        AccountId buyer,
        UUID block,
        UnitClass unitClass,
        Co2e quantity,
        Money price,
        Money fee,
        Money proceeds,
        Instant at) {

    public Trade {
        if (!fee.plus(proceeds).equals(price)) {
            throw new IllegalArgumentException(
                    "fee " + fee + " and proceeds " + proceeds + " are not the price " + price);
        }
    }
}
