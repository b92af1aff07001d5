package org.wattmark.ledger;

import java.time.Instant;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.wattmark.ledger.Posting.Posted;
import org.wattmark.units.Canonical;

/// A ledger with a few accounts, as every test here begins, and nobody else around it.
final class Books {

    static final Instant NOON = Instant.parse("2026-03-01T12:00:00.000001Z");

    static final AccountId ISSUANCE = AccountId.system("issuance");
    static final AccountId RETIRED = AccountId.system("retired");
    static final AccountId ALICE = AccountId.holder(new UUID(0, 0xA));
    static final AccountId BOB = AccountId.holder(new UUID(0, 0xB));
    static final AccountId NOBODY = AccountId.holder(new UUID(0, 0));

    static final Asset BLOCK = Asset.credits(new UUID(0, 0xC));
    static final Asset EUR = Asset.money(Currency.getInstance("EUR"));

    static final List<Account> ACCOUNTS =
            List.of(
                    new Account(ISSUANCE, Account.Kind.SOURCE),
                    new Account(RETIRED, Account.Kind.SINK),
                    new Account(ALICE, Account.Kind.HOLDER),
                    new Account(BOB, Account.Kind.HOLDER));

    final Staging staging = new Staging(() -> new byte[Commitment.SALT_BYTES]);
    final Ledger ledger = new Ledger(staging);
    private long lastTransfer = 1_000;

    /// Books in which nothing has happened yet.
    static Books empty() {
        return new Books();
    }

    /// Books with [#ACCOUNTS] open and nothing in them.
    static Books open() {
        var books = new Books();
        ACCOUNTS.forEach(books.ledger::open);
        return books;
    }

    static UUID id(long n) {
        return new UUID(0, n);
    }

    /// A transfer under an id of its own.
    Transfer transfer(AccountId debit, AccountId credit, Asset asset, long amount) {
        return new Transfer(id(++lastTransfer), debit, credit, asset, amount);
    }

    Transfer transfer(AccountId debit, AccountId credit, long amount) {
        return transfer(debit, credit, BLOCK, amount);
    }

    void issue(AccountId holder, long amount) {
        if (!(ledger.post(transfer(ISSUANCE, holder, amount)) instanceof Posted)) {
            throw new IllegalStateException("cannot issue " + amount);
        }
    }

    /// A copy of all state, which later changes leave alone.
    Map<String, Map<?, ?>> snapshot() {
        var copy = new HashMap<String, Map<?, ?>>();
        staging.contents().forEach((name, rows) -> copy.put(name, Map.copyOf(rows)));
        return copy;
    }

    /// What new books add up to that take over these facts from their bytes alone.
    static Books replayed(List<Entry> entries) {
        var books = new Books();
        for (var entry : entries) {
            var fact = readBack(entry.fact());
            books.staging.replay(
                    new Entry(entry.sequence(), entry.epoch(), entry.at(), fact, entry.salt()));
        }
        return books;
    }

    private static Fact readBack(Fact fact) {
        var content = fact.content();
        try {
            return switch (Canonical.domainOf(content)) {
                case AccountOpened.DOMAIN -> AccountOpened.of(content);
                case AccountStandingSet.DOMAIN -> AccountStandingSet.of(content);
                case AssetFreezeSet.DOMAIN -> AssetFreezeSet.of(content);
                case TransferPosted.DOMAIN -> TransferPosted.of(content);
                case BatchSealed.DOMAIN -> BatchSealed.of(content);
                case NothingChanged.DOMAIN -> NothingChanged.of(content);
                default -> throw new AssertionError("nobody reads " + fact);
            };
        } catch (Canonical.Malformed e) {
            throw new AssertionError("cannot be read back: " + fact, e);
        }
    }

    /// Rows of one kind as a journal returns them; a journal need not name what it has none of.
    static Map<?, ?> rows(Journal.Loaded loaded, String name) {
        var rows = loaded.maps().get(name);
        return rows == null ? Map.of() : rows;
    }
}
