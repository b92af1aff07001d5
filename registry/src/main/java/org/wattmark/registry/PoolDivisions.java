package org.wattmark.registry;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.wattmark.ledger.Account;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Asset;
import org.wattmark.ledger.KnownAsset;
import org.wattmark.ledger.Ledger;
import org.wattmark.ledger.Posting;
import org.wattmark.ledger.Staging;
import org.wattmark.ledger.Transfer;
import org.wattmark.registry.Pooling.Reason;
import org.wattmark.registry.Pooling.Refused;
import org.wattmark.units.Co2e;
import org.wattmark.units.Energy;

/// Divides what was credited to a pool. Whoever asks, and whenever, the shares are the same.
public final class PoolDivisions {

    private final Staging staging;
    private final Ledger ledger;
    private final Registry registry;
    private final Claims claims;

    public PoolDivisions(Staging staging, Ledger ledger, Registry registry, Claims claims) {
        this.staging = staging;
        this.ledger = ledger;
        this.registry = registry;
        this.claims = claims;
    }

    /// Gives each member its share of a block to the gram, out of what the pool's account has.
    public Pooling divide(DividePool command) {
        var pools = claims.pools();
        var project = claims.project(command.project()).orElse(null);
        if (project == null || !pools.concerns(project.id(), command.actor().organisation().id())) {
            return new Refused(Reason.POOL_UNKNOWN);
        }
        var block = registry.block(command.block()).orElse(null);
        if (block == null || !block.project().equals(project.id()) || !isPooled(project, block)) {
            return new Refused(Reason.BLOCK_UNKNOWN);
        }
        if (pools.division(block.id()).isPresent()) {
            return new Refused(Reason.ALREADY_DIVIDED);
        }
        requireWhole(command, block);
        var account = SystemAccounts.pool(project).id();
        if (isFrozen(block.asset()) || !moves(account)) {
            return new Refused(Reason.STANDS_STILL);
        }
        return divide(command, project, block, stock(project, block, account));
    }

    /// Issued before there was a pool, a block went to the proponent.
    private boolean isPooled(Project project, CreditBlock block) {
        var claim = claims.claim(block.claim()).orElseThrow().claimCase().claim();
        return claims.pools().receiver(project, claim).equals(SystemAccounts.pool(project).id())
                && ledger.isOpen(SystemAccounts.pool(project).id());
    }

    /// What the members generated is what the statement says of the vintage, to the watt-hour.
    private void requireWhole(DividePool command, CreditBlock block) {
        var stated =
                claims.claim(block.claim()).orElseThrow().statement().orElseThrow().reduction();
        var expected =
                stated.lines().stream()
                        .filter(line -> line.vintage().equals(block.vintage()))
                        .map(line -> line.energy())
                        .reduce(Energy.ZERO, Energy::plus);
        var generated = Energy.sum(command.generated().values());
        if (!generated.equals(expected)) {
            throw new IllegalStateException(
                    "members generated " + generated + ", but the statement says " + expected);
        }
    }

    /// Units of one block in the pool's account.
    private record Stock(Asset asset, long grams) {}

    /// What earlier divisions left, the oldest first, and then the block's own. What stands still
    /// waits: it is divided with a later block.
    private List<Stock> stock(Project project, CreditBlock block, AccountId account) {
        var stock = new ArrayList<Stock>();
        var ids = new ArrayList<>(claims.pools().divided(project.id()));
        ids.add(block.id());
        for (var id : ids) {
            var asset = registry.block(id).orElseThrow().asset();
            long grams = ledger.balance(account, asset);
            if (grams > 0 && !isFrozen(asset)) {
                stock.add(new Stock(asset, grams));
            }
        }
        return stock;
    }

    /// What the pool has promised already is not divided again; what of it was cancelled since, all
    /// members bear.
    private Pooling divide(
            DividePool command, Project project, CreditBlock block, List<Stock> stock) {
        var pool = claims.pools().pool(project.id());
        long there = stock.stream().mapToLong(Stock::grams).reduce(0, Math::addExact);
        long divisible = there - pool.keptGrams();
        if (divisible <= 0) {
            return new Refused(Reason.NOTHING_TO_DIVIDE);
        }
        var division = pool.divide(new Co2e(divisible), command.generated());
        var shares = Pools.shares(division, command.generated());
        var transfers = transfers(command.id(), project, stock, shares);
        if (!transfers.isEmpty()
                && ledger.post(transfers) instanceof Posting.Rejected(var _, var reason)) {
            return switch (reason) {
                case CREDIT_ACCOUNT_FROZEN, CREDIT_ACCOUNT_CLOSED ->
                        new Refused(Reason.STANDS_STILL);
                default -> throw new IllegalStateException("a share cannot be " + reason);
            };
        }
        var fact =
                new PoolDivided(
                        command.id(), project.id(), block.id(), new Co2e(divisible), shares);
        var entry = staging.record(fact);
        return new Pooling.Divided(
                fact.divided(),
                fact.given(),
                new Co2e(claims.pools().pool(project.id()).keptGrams()),
                entry.receipt());
    }

    private List<Transfer> transfers(
            UUID command, Project project, List<Stock> stock, List<PoolShare> shares) {
        var from = SystemAccounts.pool(project).id();
        var transfers = new ArrayList<Transfer>();
        var opened = new HashSet<AccountId>();
        int at = 0;
        long left = stock.getFirst().grams();
        for (var share : shares) {
            var to = SystemAccounts.holder(share.member(), project.unitClass());
            long due = share.given().grams();
            if (due > 0 && opened.add(to)) {
                ledger.open(new Account(to, Account.Kind.HOLDER));
            }
            while (due > 0) {
                while (left == 0) {
                    left = stock.get(++at).grams();
                }
                long now = Math.min(due, left);
                transfers.add(
                        Transfer.numbered(
                                command, transfers.size(), from, to, stock.get(at).asset(), now));
                due -= now;
                left -= now;
            }
        }
        return transfers;
    }

    private boolean isFrozen(Asset asset) {
        return ledger.asset(asset).map(KnownAsset::frozen).orElse(false);
    }

    private boolean moves(AccountId account) {
        return ledger.account(account)
                .map(known -> known.standing() == Account.Standing.OPEN)
                .orElse(true);
    }
}
