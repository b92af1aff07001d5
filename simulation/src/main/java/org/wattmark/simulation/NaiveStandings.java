package org.wattmark.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.wattmark.ledger.Account;
import org.wattmark.ledger.Account.Kind;
import org.wattmark.ledger.Account.Standing;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Asset;
import org.wattmark.ledger.Posting.Reason;

/// Which accounts there are, and what stands still at present.
final class NaiveStandings {

    private final Map<AccountId, Kind> kinds = new HashMap<>();
    private final Map<AccountId, Standing> standings = new HashMap<>();
    private final Set<Asset> frozen = new HashSet<>();

    void open(Account account) {
        if (kinds.putIfAbsent(account.id(), account.kind()) == null) {
            standings.put(account.id(), Standing.OPEN);
        }
    }

    @Nullable Kind kind(AccountId account) {
        return kinds.get(account);
    }

    @Nullable Standing standing(AccountId account) {
        return standings.get(account);
    }

    /// @param to nobody yet if null
    @Nullable Reason whyNotNow(AccountId from, @Nullable AccountId to, Asset asset) {
        if (standings.get(from) == Standing.CLOSED) {
            return Reason.DEBIT_ACCOUNT_CLOSED;
        }
        if (to != null && standings.get(to) == Standing.CLOSED) {
            return Reason.CREDIT_ACCOUNT_CLOSED;
        }
        if (standings.get(from) == Standing.FROZEN) {
            return Reason.DEBIT_ACCOUNT_FROZEN;
        }
        if (to != null && standings.get(to) == Standing.FROZEN) {
            return Reason.CREDIT_ACCOUNT_FROZEN;
        }
        return frozen.contains(asset) ? Reason.ASSET_FROZEN : null;
    }

    /// @param isKnown whether something of the asset was ever moved
    String freeze(Request.Freeze freeze, boolean isKnown) {
        if (!isKnown) {
            return Words.refused("ASSET_UNKNOWN");
        }
        if (frozen.contains(freeze.asset()) == freeze.frozen()) {
            return Words.refused("ALREADY_SO");
        }
        if (freeze.frozen()) {
            frozen.add(freeze.asset());
        } else {
            frozen.remove(freeze.asset());
        }
        return "changed";
    }

    String stand(Request.Stand stand, boolean isEmpty) {
        var before = standings.get(stand.account());
        if (before == null) {
            return Words.refused("ACCOUNT_UNKNOWN");
        }
        if (before == Standing.CLOSED) {
            return Words.refused("ACCOUNT_CLOSED");
        }
        if (before == stand.standing()) {
            return Words.refused("ALREADY_SO");
        }
        if (stand.standing() == Standing.CLOSED && !isEmpty) {
            return Words.refused("ACCOUNT_NOT_EMPTY");
        }
        standings.put(stand.account(), stand.standing());
        return "changed";
    }
}
