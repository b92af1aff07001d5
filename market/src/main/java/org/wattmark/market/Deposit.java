package org.wattmark.market;

import java.util.Optional;
import java.util.UUID;
import org.wattmark.ledger.AccountId;
import org.wattmark.units.Money;
import org.wattmark.verification.UnitClass;

/// Money that reached the bank, on its way into a holder's account.
///
/// @param requestedBy the person who saw it at the bank
/// @param reference the bank's own, by which the two books are compared
/// @param decidedBy the person who approved or rejected it
public record Deposit(
        UUID id,
        UUID requestedBy,
        AccountId account,
        Money money,
        String reference,
        State state,
        Optional<UUID> decidedBy) {

    /// POSTED and REJECTED are final.
    public enum State {
        REQUESTED,
        POSTED,
        REJECTED
    }

    public Deposit {
        if (decidedBy.isPresent() != (state != State.REQUESTED)) {
            throw new IllegalArgumentException("somebody decides a deposit that is " + state);
        }
        if (state == State.POSTED && decidedBy.equals(Optional.of(requestedBy))) {
            throw new IllegalArgumentException("a deposit takes two persons");
        }
    }

    static Deposit requested(
            UUID id, UUID requestedBy, AccountId account, Money money, String reference) {
        return new Deposit(
                id, requestedBy, account, money, reference, State.REQUESTED, Optional.empty());
    }

    /// Test accounts take test money.
    public UnitClass unitClass() {
        return account.isTest() ? UnitClass.TEST : UnitClass.LIVE;
    }

    /// Under which it must be unique until it is rejected.
    DepositReference key() {
        return new DepositReference(unitClass(), money.currency(), reference);
    }

    Deposit decided(State next, UUID person) {
        return new Deposit(id, requestedBy, account, money, reference, next, Optional.of(person));
    }
}
