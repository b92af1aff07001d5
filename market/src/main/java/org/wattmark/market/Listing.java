package org.wattmark.market;

import java.util.UUID;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Asset;
import org.wattmark.registry.SystemAccounts;
import org.wattmark.units.Co2e;
import org.wattmark.units.Price;
import org.wattmark.verification.UnitClass;

/// Credits of one block, offered at a fixed price. What is left of them lies in a hold of the same
/// id, so that nothing else can be done with them.
///
/// @param unitClass of the block; it decides which money pays
/// @param quantity what was offered
/// @param left what was not sold
public record Listing(
        UUID id,
        AccountId seller,
        UUID block,
        UnitClass unitClass,
        Co2e quantity,
        Price price,
        Co2e left,
        State state) {

    /// SOLD and WITHDRAWN are final.
    public enum State {
        OPEN,
        SOLD,
        WITHDRAWN
    }

    public Listing {
        if (quantity.isZero() || left.compareTo(quantity) > 0) {
            throw new IllegalArgumentException("a listing of " + quantity + ", left " + left);
        }
        if (left.isZero() != (state == State.SOLD)) {
            throw new IllegalArgumentException(left + " left of a listing that is " + state);
        }
    }

    static Listing open(
            UUID id,
            AccountId seller,
            UUID block,
            UnitClass unitClass,
            Co2e quantity,
            Price price) {
        return new Listing(id, seller, block, unitClass, quantity, price, quantity, State.OPEN);
    }

    /// What was bought of it.
    public Co2e sold() {
        return quantity.minus(left);
    }

    /// What a buyer pays with.
    public Asset money() {
        return SystemAccounts.money(price.perTonne().currency(), unitClass);
    }

    /// Whether the account belongs to the class that this listing is of.
    boolean suits(AccountId account) {
        return account.isTest() == (unitClass == UnitClass.TEST);
    }

    Listing without(Co2e bought) {
        var rest = left.minus(bought);
        return in(rest, rest.isZero() ? State.SOLD : State.OPEN);
    }

    Listing withdrawn() {
        return in(left, State.WITHDRAWN);
    }

    private Listing in(Co2e rest, State next) {
        return new Listing(id, seller, block, unitClass, quantity, price, rest, next);
    }
}
