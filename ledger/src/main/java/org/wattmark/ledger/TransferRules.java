package org.wattmark.ledger;

import static org.wattmark.ledger.Account.Kind.HOLDER;
import static org.wattmark.ledger.Account.Kind.SINK;
import static org.wattmark.ledger.Account.Kind.SOURCE;
import static org.wattmark.ledger.Account.Standing.CLOSED;
import static org.wattmark.ledger.Account.Standing.FROZEN;
import static org.wattmark.ledger.TransferPosted.Role.CAPTURES;
import static org.wattmark.ledger.TransferPosted.Role.RELEASES;
import static org.wattmark.ledger.TransferPosted.Role.RESERVES;

import org.jspecify.annotations.Nullable;
import org.wattmark.ledger.Posting.Reason;

/// Which transfers may take place. It looks and changes nothing.
///
/// Every transfer of every batch comes through here, so each account, asset and balance is looked
/// up once.
final class TransferRules {

    private final StagedMap<AccountId, Account> accounts;
    private final StagedMap<BalanceKey, Long> balances;
    private final StagedMap<Asset, KnownAsset> assets;

    TransferRules(
            StagedMap<AccountId, Account> accounts,
            StagedMap<BalanceKey, Long> balances,
            StagedMap<Asset, KnownAsset> assets) {
        this.accounts = accounts;
        this.balances = balances;
        this.assets = assets;
    }

    /// The first reason, in order of precedence, for which the transfer may not take place.
    @Nullable Reason whyNot(TransferPosted posted) {
        var transfer = posted.transfer();
        var role = posted.role();
        // What is reserved moves by its hold alone; to anyone else that account does not exist.
        boolean takesReserved = role == CAPTURES || role == RELEASES;
        var debit = accounts.get(transfer.debit());
        if (debit == null || debit.id().isReserved() != takesReserved) {
            return Reason.DEBIT_ACCOUNT_UNKNOWN;
        }
        // Who is to have it in the end. A hold may leave that open.
        var creditId = role == RESERVES ? posted.terms().payee() : transfer.credit();
        var credit = creditId == null ? null : accounts.get(creditId);
        if (creditId != null && (credit == null || credit.id().isReserved())) {
            return Reason.CREDIT_ACCOUNT_UNKNOWN;
        }
        boolean test = transfer.asset().isTest();
        if (debit.id().isTest() != test || (creditId != null && creditId.isTest() != test)) {
            return Reason.TEST_AND_LIVE_DO_NOT_MIX;
        }
        if (role == RESERVES && debit.kind() != HOLDER) {
            return Reason.ONLY_A_HOLDER_RESERVES;
        }
        // What is reserved may go back whatever stands still, so that what is under way unwinds.
        var standing = role == RELEASES ? null : whyNotNow(debit, credit, transfer.asset());
        if (standing != null) {
            return standing;
        }
        if (debit.kind() == SINK) {
            return Reason.DEBIT_ACCOUNT_IS_A_SINK;
        }
        return whyNotSoMuch(transfer, debit, role == RESERVES ? null : credit);
    }

    private @Nullable Reason whyNotNow(Account debit, @Nullable Account credit, Asset asset) {
        if (debit.standing() == CLOSED) {
            return Reason.DEBIT_ACCOUNT_CLOSED;
        }
        if (credit != null && credit.standing() == CLOSED) {
            return Reason.CREDIT_ACCOUNT_CLOSED;
        }
        if (debit.standing() == FROZEN) {
            return Reason.DEBIT_ACCOUNT_FROZEN;
        }
        if (credit != null && credit.standing() == FROZEN) {
            return Reason.CREDIT_ACCOUNT_FROZEN;
        }
        var known = assets.get(asset);
        return known != null && known.frozen() ? Reason.ASSET_FROZEN : null;
    }

    /// @param credit null if what is credited is the holder's own reserve, which has no bound
    private @Nullable Reason whyNotSoMuch(
            Transfer transfer, Account debit, @Nullable Account credit) {
        long amount = transfer.amount();
        long given = balance(transfer.debit(), transfer.asset());
        if (!debit.mayBeOverdrawn() && amount > given) {
            return Reason.EXCEEDS_BALANCE;
        }
        long received = balance(transfer.credit(), transfer.asset());
        if (credit != null && credit.kind() == SOURCE && amount > -received) {
            return Reason.EXCEEDS_WHAT_SOURCE_GAVE;
        }
        // Nobody may owe more than 2^63 − 1, so that every balance can be negated exactly.
        boolean overflows =
                given < amount - Transfer.MAX_AMOUNT || received > Transfer.MAX_AMOUNT - amount;
        return overflows ? Reason.BALANCE_WOULD_OVERFLOW : null;
    }

    /// How much of what is asked for the balances allow; 0 or less if nothing.
    long movable(PostTransfer wish) {
        var transfer = wish.transfer();
        long most = transfer.amount();
        if (wish.balancing().boundsDebit()) {
            most = Math.min(most, balance(transfer.debit(), transfer.asset()));
        }
        if (wish.balancing().boundsCredit()) {
            most = Math.min(most, -balance(transfer.credit(), transfer.asset()));
        }
        return most;
    }

    long balance(AccountId account, Asset asset) {
        return balances.getOrDefault(new BalanceKey(account, asset), 0L);
    }
}
