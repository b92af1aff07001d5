package org.wattmark.rewards;

import java.time.Instant;
import java.util.UUID;
import org.wattmark.ledger.AccountId;
import org.wattmark.units.Money;

/// Rewards that were paid out.
///
/// @param microUnits what was owed and is not any more: the money, exactly
public record Payout(
        UUID id, UUID programme, AccountId account, long microUnits, Money money, Instant at) {

    public Payout {
        if (MicroMoney.of(money).microUnits() != microUnits) {
            throw new IllegalArgumentException(microUnits + " micro-units are not " + money);
        }
    }
}
