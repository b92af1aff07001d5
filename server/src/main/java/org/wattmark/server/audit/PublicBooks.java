package org.wattmark.server.audit;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.wattmark.ledger.Account;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.AccountOpened;
import org.wattmark.ledger.Asset;
import org.wattmark.ledger.BalanceKey;
import org.wattmark.ledger.TransferPosted;
import org.wattmark.registry.CreditBlock;
import org.wattmark.registry.CreditsIssued;
import org.wattmark.registry.GranularIssued;
import org.wattmark.registry.SystemAccounts;
import org.wattmark.registry.UnitsCancelled;
import org.wattmark.server.audit.PublicFacts.Retired;
import org.wattmark.server.audit.PublicFacts.RetiredHour;
import org.wattmark.server.ledger.RowAudit.Discrepancies;
import org.wattmark.units.SerialRange;
import org.wattmark.verification.UnitClass;

/// What anybody can add up from the public log: every balance of units, the totals of each block,
/// the serials that were retired. It shares no rule with the ledger: this is arithmetic.
final class PublicBooks {

    /// Places in the sums of an asset.
    static final int SOURCES = 0;

    static final int RETIRED = 4;

    private final Map<AccountId, Account.Kind> kinds = new HashMap<>();
    private final Map<BalanceKey, Long> balances = new HashMap<>();
    private final Map<UUID, Block> blocks = new LinkedHashMap<>();
    private final Discrepancies found;
    private final PublicHours hours;

    PublicBooks(Discrepancies found) {
        this.found = found;
        this.hours = new PublicHours(found);
    }

    /// The totals of one block in grams: `issued = held + reserved + buffer + retired + cancelled`.
    record Totals(
            CreditBlock block,
            long issued,
            long held,
            long reserved,
            long buffer,
            long retired,
            long cancelled) {}

    private static final class Block {

        private final CreditBlock issued;
        private long nextSerial = 1;

        Block(CreditBlock issued) {
            this.issued = issued;
        }

        Asset asset() {
            return issued.unitClass() == UnitClass.TEST
                    ? Asset.testCredits(issued.id())
                    : Asset.credits(issued.id());
        }
    }

    void take(long sequence, Object fact) {
        switch (fact) {
            case AccountOpened(var account) -> opened(sequence, account);
            case TransferPosted posted -> moved(sequence, posted);
            case CreditsIssued(var block) -> issued(sequence, block);
            case Retired(var block, var serials) -> used(sequence, block, serials);
            case UnitsCancelled units -> used(sequence, units.block(), units.serials());
            case GranularIssued(var certificate) -> hours.issued(sequence, certificate);
            case RetiredHour hour -> hours.retired(sequence, hour);
            default -> {}
        }
    }

    private void opened(long sequence, Account account) {
        if (kinds.putIfAbsent(account.id(), account.kind()) != null) {
            found.add(sequence, "the account " + account.id() + " is opened twice");
        }
        if (account.kind() == Account.Kind.HOLDER) {
            kinds.putIfAbsent(new AccountId(account.id() + "/reserved"), Account.Kind.HOLDER);
        }
    }

    private void moved(long sequence, TransferPosted posted) {
        var transfer = posted.transfer();
        var from = kind(sequence, transfer.debit());
        var to = kind(sequence, transfer.credit());
        long given = add(transfer.debit(), transfer.asset(), -transfer.amount());
        long received = add(transfer.credit(), transfer.asset(), transfer.amount());
        if (from == Account.Kind.HOLDER && given < 0) {
            found.add(sequence, transfer.debit() + " gives more than it has");
        }
        if (from == Account.Kind.SINK) {
            found.add(sequence, transfer.debit() + " is where units end, and gives some");
        }
        if (to == Account.Kind.SOURCE && received > 0) {
            found.add(sequence, transfer.credit() + " takes back more than it gave");
        }
    }

    private Account.@Nullable Kind kind(long sequence, AccountId account) {
        var kind = kinds.get(account);
        if (kind == null) {
            found.add(sequence, "the account " + account + " was never opened");
        }
        return kind;
    }

    private long add(AccountId account, Asset asset, long amount) {
        return balances.merge(new BalanceKey(account, asset), amount, Math::addExact);
    }

    private void issued(long sequence, CreditBlock block) {
        if (blocks.putIfAbsent(block.id(), new Block(block)) != null) {
            found.add(sequence, "the block " + block.id() + " is issued twice");
        }
    }

    /// Serials are contiguous from 1, so no gram is retired or cancelled twice.
    private void used(long sequence, UUID id, SerialRange serials) {
        var block = blocks.get(id);
        if (block == null) {
            found.add(sequence, "units of a block are retired or cancelled that was never issued");
            return;
        }
        if (serials.first() != block.nextSerial) {
            found.add(
                    sequence,
                    "serials %s are retired or cancelled where %d is the next of block %s"
                            .formatted(serials, block.nextSerial, id));
        }
        block.nextSerial = Math.max(block.nextSerial, serials.last() + 1);
    }

    /// The totals of all blocks; what of them does not add up is told.
    Map<UUID, Totals> finish() {
        var totals = new LinkedHashMap<UUID, Totals>();
        var byAsset = new HashMap<Asset, long[]>();
        balances.forEach((key, amount) -> addTo(byAsset, key, amount));
        blocks.forEach((id, block) -> totals.put(id, totals(block, byAsset.remove(block.asset()))));
        hours.finish(byAsset);
        byAsset.keySet().stream()
                .filter(asset -> asset.code().contains("credit:"))
                .forEach(asset -> found.add(-1, asset + " moves, and was never issued"));
        return totals;
    }

    /// Given by sources, held, reserved, buffer, retired, cancelled.
    private void addTo(Map<Asset, long[]> byAsset, BalanceKey key, long amount) {
        var sums = byAsset.computeIfAbsent(key.asset(), _ -> new long[6]);
        var test = key.asset().isTest() ? UnitClass.TEST : UnitClass.LIVE;
        var id = key.account();
        int place;
        if (id.equals(SystemAccounts.buffer(test).id())) {
            place = 3;
        } else if (id.equals(SystemAccounts.retired(test).id())) {
            place = RETIRED;
        } else {
            place =
                    switch (kinds.getOrDefault(id, Account.Kind.HOLDER)) {
                        case SOURCE -> SOURCES;
                        case SINK -> 5;
                        case HOLDER, CLEARING -> id.value().endsWith("/reserved") ? 2 : 1;
                    };
        }
        sums[place] = Math.addExact(sums[place], amount);
    }

    private Totals totals(Block block, long @Nullable [] found6) {
        var sums = found6 == null ? new long[6] : found6;
        var id = block.issued.id();
        var totals =
                new Totals(block.issued, -sums[0], sums[1], sums[2], sums[3], sums[4], sums[5]);
        if (totals.issued() != block.issued.issued().grams()) {
            found.add(
                    -1,
                    "block %s was issued over %d g, but %d g were given out"
                            .formatted(id, block.issued.issued().grams(), totals.issued()));
        }
        long used = totals.retired() + totals.cancelled();
        if (used != block.nextSerial - 1) {
            found.add(
                    -1,
                    "of block %s %d g are retired or cancelled, but %d serials"
                            .formatted(id, used, block.nextSerial - 1));
        }
        return totals;
    }

    int balances() {
        return balances.size();
    }
}
