package org.wattmark.server.audit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongConsumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.Entry;
import org.wattmark.ledger.Journal;
import org.wattmark.server.ledger.JournalReader;
import org.wattmark.server.ledger.JournalRow;
import org.wattmark.tlog.Checkpoint;
import org.wattmark.tlog.Hash;
import org.wattmark.tlog.Merkle;
import org.wattmark.tlog.Tiles;
import org.wattmark.tlog.VerifierKey;
import org.wattmark.units.Bytes;
import org.wattmark.units.Canonical;

/// One audit of a database that nobody writes to meanwhile, or of the state at its start.
///
/// It trusts nothing in the database. Each leaf must say what its entry says; the entries, replayed
/// from nothing, must add up to what the tables hold; and the tree over the leaves must be the one
/// that was signed, whose last size and root stand beside the key, outside the database.
///
/// Three threads share the work page by page: one reads the page after, this one replays, one grows
/// the tree over the page before.
public final class Audit {

    /// So many discrepancies tell the story; a database that has more is not read to its end.
    private static final int ENOUGH = 100;

    private final JdbcClient jdbc;
    private final JournalReader reader;
    private final Books books;
    private final Journal journal;
    private final Signed signed;
    private final Optional<Tiles> tiles;
    private final LongConsumer progress;
    private final List<Discrepancy> found = Collections.synchronizedList(new ArrayList<>());
    private boolean replaying = true;
    private long entries;

    /// @param tiles as they were published, if they are at hand: with them the first entry that was
    ///   changed is named exactly
    /// @param progress is told how many entries are done, now and then
    public Audit(
            DataSource dataSource,
            Books books,
            Journal journal,
            Signed signed,
            Optional<Tiles> tiles,
            LongConsumer progress) {
        this.jdbc = JdbcClient.create(dataSource);
        this.reader = new JournalReader(dataSource);
        this.books = books;
        this.journal = journal;
        this.signed = signed;
        this.tiles = tiles;
        this.progress = progress;
    }

    /// What was signed, from outside the database.
    ///
    /// @param last what the signer's own record says; empty if it is not at hand
    /// @param keys that sign or ever signed, of this log and of those that it succeeded; empty if
    ///   they are not at hand
    /// @param witnesses who may have cosigned
    public record Signed(
            Optional<Checkpoint> last, List<VerifierKey> keys, List<VerifierKey> witnesses) {

        public Signed {
            keys = List.copyOf(keys);
            witnesses = List.copyOf(witnesses);
        }
    }

    /// @param sequence of the entry that is wrong or contradicted; -1 where none is
    public record Discrepancy(long sequence, String what) {}

    /// @param root of the tree over all leaves
    public record Report(long entries, Hash root, List<Discrepancy> discrepancies) {

        public Report {
            discrepancies = List.copyOf(discrepancies);
        }

        public boolean isClean() {
            return discrepancies.isEmpty();
        }

        /// The first entry that is wrong, or -1.
        public long firstBadSequence() {
            return discrepancies.stream()
                    .mapToLong(Discrepancy::sequence)
                    .filter(sequence -> sequence >= 0)
                    .min()
                    .orElse(-1);
        }
    }

    public Report run() {
        var rows = CheckpointAudit.rows(jdbc, this::add);
        long size =
                Math.max(
                        signed.last().map(Checkpoint::size).orElse(0L),
                        rows.isEmpty() ? 0 : rows.getLast().checkpoint().size());
        var published = tiles.map(it -> new PublishedLeaves(it, size));
        var checkpoints = new CheckpointAudit(rows, signed, published);
        var tree = new TreeAudit(checkpoints, published, this::add);
        try (var threads = Executors.newFixedThreadPool(2)) {
            if (!readAll(tree, threads)) {
                return report(tree);
            }
        }
        tree.finish();
        if (replaying) {
            books.rowAudits().forEach(audit -> guarded(() -> audit.finish(jdbc, this::add)));
            guarded(() -> compareMaps(journal.load()));
        }
        guarded(() -> compareLeader(entries));
        return report(tree);
    }

    /// @return whether it came to the journal's end
    private boolean readAll(TreeAudit tree, ExecutorService threads) {
        var ahead = CompletableFuture.supplyAsync(() -> reader.page(0), threads);
        CompletableFuture<?> hashed = CompletableFuture.completedFuture(null);
        try {
            for (var page = ahead.join(); !page.isEmpty(); page = ahead.join()) {
                if (found.size() >= ENOUGH) {
                    return false;
                }
                long next = page.getLast().sequence() + 1;
                ahead = CompletableFuture.supplyAsync(() -> reader.page(next), threads);
                var leaves = replay(page);
                hashed.join();
                hashed = CompletableFuture.runAsync(() -> tree.append(hashes(leaves)), threads);
                progress.accept(entries);
            }
            hashed.join();
            return true;
        } catch (CompletionException e) {
            if (isDamage(e.getCause())) {
                add(entries, "PostgreSQL cannot read the journal from here on: " + e.getCause());
                return false;
            }
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        } finally {
            ahead.handle((_, _) -> "").join(); // nobody reads when this is over
        }
    }

    /// Class XX of its states is what PostgreSQL says of data that are damaged, such as a page
    /// whose checksum is wrong.
    private static boolean isDamage(@Nullable Throwable cause) {
        return cause instanceof UncategorizedSQLException e
                && e.getSQLException() != null
                && String.valueOf(e.getSQLException().getSQLState()).startsWith("XX");
    }

    private Report report(TreeAudit tree) {
        var inOrder = new ArrayList<>(found);
        // What concerns no entry comes last.
        inOrder.sort(
                Comparator.comparingLong(each -> each.sequence() < 0 ? 1L << 62 : each.sequence()));
        return new Report(tree.tree().size(), tree.tree().root(), inOrder);
    }

    private static List<Hash> hashes(List<Leaf> leaves) {
        var hashes = new ArrayList<Hash>(leaves.size());
        leaves.forEach(leaf -> hashes.add(Merkle.leafHash(leaf.toByteArray())));
        return hashes;
    }

    /// A row that cannot even be read, such as an account with a letter that no id has, is a
    /// discrepancy and not the end of the audit.
    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            if (isNoAnswer(e) || isNoAnswer(e.getCause())) {
                throw e; // which is no discrepancy
            }
            add(-1, "a row cannot be read: " + e.getMessage());
        }
    }

    private static boolean isNoAnswer(@Nullable Throwable cause) {
        return cause instanceof DataAccessResourceFailureException;
    }

    private void add(long sequence, String what) {
        found.add(new Discrepancy(sequence, what));
    }

    /// Replays the page, as long as nothing was wrong, and lets the checks of rows see it.
    ///
    /// @return the leaves, as far as there are any
    private List<Leaf> replay(List<JournalRow> page) {
        var leaves = new ArrayList<Leaf>(page.size());
        var replayed = new ArrayList<Entry>(page.size());
        for (var row : page) {
            requireInPlace(row);
            var entry = entry(row);
            leaves.add(new Leaf(row, entry));
            replaying = replaying && entry != null && replay(row, entry);
            if (replaying && entry != null) {
                replayed.add(entry);
            }
            entries++;
        }
        if (!replayed.isEmpty()) {
            for (var audit : books.rowAudits()) {
                guarded(() -> audit.check(replayed, jdbc, this::add));
            }
        }
        return leaves;
    }

    private void requireInPlace(JournalRow row) {
        if (replaying && row.sequence() != entries) {
            add(
                    Math.min(row.sequence(), entries),
                    row.sequence() < entries ? "it stands there twice" : "it is missing");
            replaying = false;
        }
    }

    private boolean replay(JournalRow row, Entry entry) {
        try {
            books.staging().replay(entry);
        } catch (RuntimeException e) {
            add(row.sequence(), "it contradicts what went before: " + e.getMessage());
            return false;
        }
        reader.learn(entry);
        var taken = row.taken();
        if (taken != null) {
            books.rowAudits().forEach(audit -> audit.takes(entry.sequence(), taken));
        }
        return true;
    }

    /// Null, and a discrepancy, if the row is no entry. When something was wrong before, what
    /// follows may be right and unreadable, so only its leaf counts.
    private @Nullable Entry entry(JournalRow row) {
        try {
            return row.isTransfer() ? reader.transfer(row) : entryOfLeaf(row);
        } catch (Canonical.Malformed e) {
            unreadable(row, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            unreadable(row, "its row cannot be read: " + e.getMessage());
        }
        return null;
    }

    private void unreadable(JournalRow row, String what) {
        if (replaying) {
            add(row.sequence(), what);
        }
    }

    private static Entry entryOfLeaf(JournalRow row) throws Canonical.Malformed {
        var leaf = Objects.requireNonNull(row.leaf());
        row.requireLeafAlone();
        var published = Entry.Published.of(leaf.toByteArray());
        if (row.sequence() != published.sequence()
                || !Objects.equals(row.epoch(), published.epoch())
                || !published.at().equals(row.at())) {
            throw new Canonical.Malformed("its row differs from its leaf");
        }
        var hidden = row.privateContent();
        var kept = row.salt();
        boolean committed = hidden != null && kept != null;
        var content = hidden != null && kept != null ? hidden : published.content();
        var entry =
                new Entry(
                        row.sequence(),
                        published.epoch(),
                        published.at(),
                        Facts.read(content.toByteArray()),
                        hidden != null && kept != null ? kept : Bytes.EMPTY);
        boolean spare = !committed && (hidden != null || kept != null);
        if (entry.fact().isSalted() != committed
                || spare
                || !Bytes.of(entry.leaf()).equals(leaf)
                || !Bytes.of(entry.fact().content()).equals(content)) {
            throw new Canonical.Malformed("its leaf is not what its private content publishes");
        }
        return entry;
    }

    private void compareMaps(Journal.Loaded loaded) {
        var replayed = books.staging().contents();
        for (var map : replayed.keySet()) {
            compare(map, replayed.get(map), loaded.maps().get(map));
        }
    }

    /// The leader's row is where the journal ends, and no entry is of a later term than the
    /// leader's.
    private void compareLeader(long leaves) {
        boolean agrees =
                jdbc.sql(
                                """
                                select count(*) = 1 and bool_and(only_one)
                                    and bool_and(next_sequence = :leaves)
                                    and bool_and(epoch >= coalesce(
                                        (select max(epoch) from journal), 0))
                                    and (select count(*) from journal) = :leaves
                                from leader
                                """)
                        .param("leaves", leaves)
                        .query((row, _) -> row.getBoolean(1))
                        .single();
        if (!agrees) {
            add(-1, "the leader's row does not end the journal at " + leaves);
        }
    }

    private void compare(String map, @Nullable Map<?, ?> replayed, @Nullable Map<?, ?> stored) {
        if (replayed == null || stored == null) {
            add(-1, "the table " + map + " is not mirrored");
            return;
        }
        for (var each : replayed.entrySet()) {
            if (!Objects.equals(each.getValue(), stored.get(each.getKey()))) {
                add(
                        -1,
                        "%s %s is %s, but the journal adds up to %s"
                                .formatted(
                                        map,
                                        each.getKey(),
                                        stored.get(each.getKey()),
                                        each.getValue()));
            }
        }
        for (var key : stored.keySet()) {
            if (!replayed.containsKey(key)) {
                add(-1, map + " " + key + " stands in the table, but the journal has none");
            }
        }
    }

    /// What the tree has of a row: the leaf that it keeps, or the one that its transfer makes. Of a
    /// row that is no entry nothing is in the tree, which then is another.
    private record Leaf(JournalRow row, @Nullable Entry entry) {

        byte[] toByteArray() {
            if (row.leaf() != null) {
                return row.leaf().toByteArray();
            }
            return entry == null ? new byte[0] : entry.leaf();
        }
    }
}
