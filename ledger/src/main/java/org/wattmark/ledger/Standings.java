package org.wattmark.ledger;

import org.wattmark.ledger.Account.Kind;
import org.wattmark.ledger.Account.Standing;
import org.wattmark.ledger.StandingChange.Changed;
import org.wattmark.ledger.StandingChange.Reason;
import org.wattmark.ledger.StandingChange.Refused;

/// Opens, freezes and closes accounts, and freezes assets.
final class Standings {

    private final Staging staging;
    private final StagedMap<AccountId, Account> accounts;
    private final StagedMap<Asset, KnownAsset> assets;
    private final TransferRules rules;

    Standings(
            Staging staging,
            StagedMap<AccountId, Account> accounts,
            StagedMap<Asset, KnownAsset> assets,
            TransferRules rules) {
        this.staging = staging;
        this.accounts = accounts;
        this.assets = assets;
        this.rules = rules;
    }

    void open(Account account) {
        if (account.id().isReserved()) {
            throw new IllegalArgumentException("opens with its holder only: " + account.id());
        }
        if (!accounts.containsKey(account.id())) {
            staging.record(new AccountOpened(account));
        }
    }

    StandingChange set(SetStanding command) {
        var account = accounts.get(command.account());
        if (account == null || account.id().isReserved()) {
            return new Refused(Reason.ACCOUNT_UNKNOWN);
        }
        if (account.standing() == Standing.CLOSED) {
            return new Refused(Reason.ACCOUNT_CLOSED);
        }
        if (account.standing() == command.standing()) {
            return new Refused(Reason.ALREADY_SO);
        }
        if (command.standing() == Standing.CLOSED && !isEmpty(account.id())) {
            return new Refused(Reason.ACCOUNT_NOT_EMPTY);
        }
        return record(new AccountStandingSet(account.id(), command.standing()));
    }

    StandingChange set(SetFreeze command) {
        var asset = assets.get(command.asset());
        if (asset == null) {
            return new Refused(Reason.ASSET_UNKNOWN);
        }
        if (asset.frozen() == command.frozen()) {
            return new Refused(Reason.ALREADY_SO);
        }
        return record(new AssetFreezeSet(command.asset(), command.frozen()));
    }

    private Changed record(Fact fact) {
        return new Changed(staging.record(fact).receipt());
    }

    /// Looks into every asset, thousands at the most: an account is closed once.
    private boolean isEmpty(AccountId account) {
        var reserved = account.reserved();
        for (var known : assets.values()) {
            if (rules.balance(account, known.asset()) != 0
                    || rules.balance(reserved, known.asset()) != 0) {
                return false;
            }
        }
        return true;
    }

    void opened(Entry entry, Account asked) {
        var account = asked.openedBy(entry);
        accounts.put(account.id(), account);
        if (account.kind() == Kind.HOLDER) {
            var beside = account.beside();
            accounts.put(beside.id(), beside);
        }
    }

    /// What is reserved stands as its holder does.
    void set(AccountStandingSet set) {
        var account = accounts.get(set.account());
        if (account == null) {
            throw new IllegalStateException("no such account: " + set.account());
        }
        var after = account.standing(set.standing());
        accounts.put(after.id(), after);
        if (after.kind() == Kind.HOLDER) {
            var beside = after.beside();
            accounts.put(beside.id(), beside);
        }
    }

    void set(AssetFreezeSet set) {
        var asset = assets.get(set.asset());
        if (asset == null) {
            throw new IllegalStateException("no such asset: " + set.asset());
        }
        assets.put(set.asset(), asset.frozen(set.frozen()));
    }

    /// Numbers an asset that moves for the first time.
    void moves(Asset asset) {
        if (assets.get(asset) == null) {
            assets.put(asset, new KnownAsset(asset, assets.values().size() + 1, false));
        }
    }
}
