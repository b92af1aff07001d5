package org.wattmark.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.wattmark.ledger.Account;
import org.wattmark.ledger.Account.Kind;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Asset;
import org.wattmark.ledger.BalanceKey;
import org.wattmark.ledger.Batch;
import org.wattmark.ledger.BatchSealed;
import org.wattmark.ledger.Decided;
import org.wattmark.ledger.Entry;
import org.wattmark.ledger.PostTransfer;
import org.wattmark.ledger.Posting.Posted;
import org.wattmark.ledger.Sequencer;
import org.wattmark.ledger.TransferPosted;
import org.wattmark.tlog.Hash;
import org.wattmark.units.Bytes;
import org.wattmark.units.Canonical;

/// Hears what every client asked and was told, and what became durable in which order, and compares
/// both with a [NaiveModel].
final class Judge {

    /// The rows that a batch writes are looked at in each; all rows in one of so many.
    private static final int ALL_BALANCES = 8;

    private static final String RESERVED = "/reserved";

    private final NaiveModel model = new NaiveModel();

    /// In the order in which they were sent first.
    private final List<Asked> asked = new ArrayList<>();

    private final IdentityHashMap<Request, Asked> byRequest = new IdentityHashMap<>();
    private final Map<UUID, Map<Bytes, Asked>> byContent = new HashMap<>();

    /// What the entries add up to, without balances and holds: the journal alone.
    private final Map<BalanceKey, Long> folded = new HashMap<>();

    private long batches;
    private long sequence;
    private long epoch;

    Asked ask(Request request) {
        return byRequest.computeIfAbsent(request, this::remember);
    }

    private Asked remember(Request request) {
        var fresh = new Asked(request);
        asked.add(fresh);
        byContent
                .computeIfAbsent(fresh.command.id(), _ -> new HashMap<>())
                .putIfAbsent(fresh.fingerprint, fresh);
        return fresh;
    }

    NaiveModel model() {
        return model;
    }

    List<Asked> asked() {
        return asked;
    }

    /// A batch has become durable; nobody may have been told before.
    void committed(Batch batch, Store store) {
        Broken.unless(
                batch.epoch() >= epoch, "F10", () -> "an earlier leader commits after a later");
        epoch = batch.epoch();
        for (var entry : batch.entries()) {
            take(entry);
        }
        for (var decided : batch.decided()) {
            predict(decided, batch.entries().getLast().at(), store);
        }
        sealed(batch);
        conserved(batch);
        if (++batches % ALL_BALANCES == 0) {
            balances(store);
        }
    }

    /// What is kept of the answers is bound by the seal; of the others, their entries say it all.
    private static void sealed(Batch batch) {
        var kept = new ArrayList<Decided>();
        for (var decided : batch.decided()) {
            if (decided.isInItsEntry()) {
                readBack(decided, batch);
            } else {
                kept.add(decided);
            }
        }
        var sealed = (BatchSealed) batch.entries().getLast().fact();
        Broken.unless(
                sealed.answers().equals(BatchSealed.digest(kept))
                        && sealed.commands() == kept.size(),
                "I-10",
                () -> "the seal does not bind the answers");
    }

    private static void readBack(Decided decided, Batch batch) {
        var entry = batch.entries().get((int) (decided.sequence() - batch.firstSequence()));
        Broken.unless(
                entry.fact() instanceof TransferPosted posted
                        && posted.transfer().id().equals(decided.id())
                        && Bytes.of(Canonical.sha256(PostTransfer.of(posted).content()))
                                .equals(decided.fingerprint())
                        && decided.outcome().equals(new Posted(List.of(entry.receipt()))),
                "I-10",
                () -> "nothing is kept of " + decided + ", and its entry is " + entry);
    }

    private void take(Entry entry) {
        Broken.unless(
                entry.sequence() == sequence,
                "I-17",
                () -> "entry " + entry.sequence() + " follows " + (sequence - 1));
        sequence++;
        Broken.unless(entry.epoch() == epoch, "I-17", () -> "an entry of another epoch " + entry);
        leaf(entry);
        if (entry.fact() instanceof TransferPosted posted) {
            var transfer = posted.transfer();
            long amount = transfer.amount();
            fold(transfer.debit(), transfer.asset(), -amount);
            fold(transfer.credit(), transfer.asset(), amount);
        }
    }

    private void fold(AccountId account, Asset asset, long delta) {
        folded.merge(new BalanceKey(account, asset), delta, Long::sum);
    }

    /// A leaf binds sequence, epoch, time and what is published of the fact.
    private static void leaf(Entry entry) {
        try {
            var published = Entry.Published.of(entry.leaf());
            Broken.unless(
                    published.sequence() == entry.sequence()
                            && published.epoch() == entry.epoch()
                            && published.at().equals(entry.at())
                            && Arrays.equals(
                                    published.content().toByteArray(),
                                    entry.fact().published(entry.salt().toByteArray())),
                    "I-17",
                    () -> "the leaf does not say what its entry does: " + entry);
        } catch (Canonical.Malformed e) {
            throw new Broken("I-17", "a leaf cannot be read: " + entry, e);
        }
    }

    private void predict(Decided decided, Instant now, Store store) {
        var known = byContent.getOrDefault(decided.id(), Map.of()).get(decided.fingerprint());
        if (known == null) {
            throw new Broken("I-11", "decided, though nobody asked: " + decided);
        }
        var expected = model.decide(known.request, now);
        var outcome =
                decided.encoded().isEmpty()
                        ? Words.of(decided.outcome()) // its entry says it all
                        : new String(decided.encoded().toByteArray(), UTF_8);
        Broken.unless(
                outcome.equals(expected),
                "rules",
                () -> known.request + ": '" + outcome + "', by the model '" + expected + "'");
        for (var receipt : Words.receipts(decided.outcome())) {
            Broken.unless(
                    receipt.sequence() < store.leaves().size()
                            && store.leaves()
                                    .get((int) receipt.sequence())
                                    .equals(Hash.of(HexFormat.of().parseHex(receipt.leafHash()))),
                    "I-17",
                    () -> "a receipt of another leaf: " + receipt);
        }
    }

    /// What a batch takes somewhere it gives elsewhere, and the rows that it writes are the
    /// model's.
    private void conserved(Batch batch) {
        var sums = new HashMap<Asset, Long>();
        for (var change : batch.changes()) {
            if (change.map().equals("balance")) {
                var key = (BalanceKey) change.key();
                long before = change.before() == null ? 0 : (Long) change.before();
                long after = change.after() == null ? 0 : (Long) change.after();
                sums.merge(key.asset(), after - before, Long::sum);
                same(key, after);
            }
        }
        sums.forEach((asset, sum) ->
                Broken.unless(sum == 0, "I-9", () -> sum + " of " + asset + " made or lost"));
    }

    private void same(BalanceKey key, long balance) {
        long byJournal = folded.getOrDefault(key, 0L);
        Broken.unless(
                byJournal == balance,
                "I-21",
                () -> key + " is " + balance + ", by the journal " + byJournal);
        long expected = expected(key);
        Broken.unless(
                expected == balance,
                "I-13",
                () -> key + " is " + balance + ", by the model " + expected);
    }

    /// The durable balances: conserved, not negative, what the entries add up to, and as the model
    /// has them.
    private void balances(Store store) {
        var sums = new HashMap<Asset, Long>();
        int present = 0;
        for (var row : store.map("balance").entrySet()) {
            var key = (BalanceKey) row.getKey();
            long balance = (Long) row.getValue();
            sums.merge(key.asset(), balance, Long::sum);
            Broken.unless(
                    balance >= 0 || mayBeNegative(store, key.account()),
                    "I-2",
                    () -> key + " is " + balance);
            same(key, balance);
            present += balance == 0 ? 0 : 1;
        }
        sums.forEach((asset, sum) ->
                Broken.unless(
                        sum == 0, "I-9", () -> "the balances of " + asset + " sum to " + sum));
        int rows = present;
        long wanted =
                model.books.free().values().stream().filter(each -> each != 0).count()
                        + model.books.reserved().size();
        Broken.unless(rows == wanted, "I-1", () -> rows + " balances, by the model " + wanted);
    }

    private long expected(BalanceKey key) {
        var account = key.account().value();
        if (!account.endsWith(RESERVED)) {
            return model.books.free(key.account(), key.asset());
        }
        var holder = new AccountId(account.substring(0, account.length() - RESERVED.length()));
        return model.books.reserved(holder, key.asset());
    }

    private static boolean mayBeNegative(Store store, AccountId account) {
        return store.map("account").get(account) instanceof Account known
                && (known.kind() == Kind.SOURCE || known.kind() == Kind.CLEARING);
    }

    /// A client hears something.
    void heard(Asked by, @Nullable Object outcome, @Nullable Throwable trouble, Store store) {
        if (outcome == null) {
            if (!(trouble instanceof Sequencer.Unavailable
                    || trouble instanceof Sequencer.Quarantined)) {
                throw new Broken("own code", "a client of " + by.request + " heard", trouble);
            }
            return;
        }
        var decided = store.decided(by.command.id());
        if (decided == null) {
            throw new Broken("I-31", "told, and not durable: " + by.request + " -> " + outcome);
        }
        var expected =
                decided.fingerprint().equals(by.fingerprint)
                        ? decided.outcome()
                        : by.command.idStandsForAnother();
        Broken.unless(
                outcome.equals(expected),
                "I-10",
                () -> by.request + " heard " + outcome + ", but its id stands for " + expected);
        var before = by.told;
        Broken.unless(
                before == null || before.equals(outcome),
                "I-12",
                () -> by.request + " heard " + before + " and later " + outcome);
        by.told = outcome;
    }

    /// Whatever a client was told is still there.
    void nothingIsLost(Store store) {
        for (var each : asked) {
            Broken.unless(
                    each.told == null || store.decided(each.command.id()) != null,
                    "I-31",
                    () -> "acknowledged and lost: " + each.request);
        }
        Broken.unless(
                sequence == store.entries().size(),
                "I-17",
                () -> "the journal is not what was committed");
        balances(store);
    }
}
