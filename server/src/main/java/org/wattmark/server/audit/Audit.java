package org.wattmark.server.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.Entry;
import org.wattmark.ledger.Journal;
import org.wattmark.server.ledger.JdbcJournal;
import org.wattmark.server.ledger.JournalRows;
import org.wattmark.tlog.Checkpoint;
import org.wattmark.tlog.Hash;
import org.wattmark.tlog.Merkle;
import org.wattmark.tlog.Tree;
import org.wattmark.tlog.VerifierKey;
import org.wattmark.units.Bytes;
import org.wattmark.units.Canonical;

/// One audit of a database that nobody writes to meanwhile, or of the state at its start.
///
/// It trusts nothing in the database. Each leaf must say what its entry says; the entries, replayed
/// from nothing, must add up to what the tables hold; and the tree over the leaves must be the one
/// that was signed, whose last size and root stand beside the key, outside the database.
public final class Audit {

    private static final int PAGE = 10_000;

    /// So many discrepancies tell the story; a database that has more is not read to its end.
    private static final int ENOUGH = 100;

    private final JdbcClient jdbc;
    private final JournalRows rows;
    private final Books books;
    private final Journal journal;
    private final Signed signed;
    private final LongConsumer progress;
    private final List<Discrepancy> found = new ArrayList<>();

    /// @param progress is told how many entries are done, now and then
    public Audit(
            JdbcClient jdbc,
            Books books,
            JdbcJournal journal,
            Signed signed,
            LongConsumer progress) {
        this.jdbc = jdbc;
        this.rows = new JournalRows(journal.numbers());
        this.books = books;
        this.journal = journal;
        this.signed = signed;
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
        var checkpoints = new CheckpointAudit(CheckpointAudit.rows(jdbc, this::add), signed);
        var tree = Tree.EMPTY;
        checkpoints.check(tree, this::add);
        boolean replaying = true;
        for (var page = leaves(0); !page.isEmpty(); ) {
            if (found.size() >= ENOUGH) {
                return new Report(tree.size(), tree.root(), found);
            }
            var entries = new ArrayList<Entry>();
            for (var leaf : page) {
                tree = tree.append(leaf.hash());
                checkpoints.check(tree, this::add);
                replaying =
                        replaying && replay(leaf, tree.size() - 1).map(entries::add).isPresent();
            }
            if (!entries.isEmpty()) {
                for (var audit : books.rowAudits()) {
                    guarded(() -> audit.check(entries, jdbc, this::add));
                }
            }
            progress.accept(tree.size());
            page = leaves(page.getLast().sequence() + 1);
        }
        checkpoints.finish(tree, this::add);
        if (replaying) {
            books.rowAudits().forEach(audit -> guarded(() -> audit.finish(jdbc, this::add)));
            guarded(() -> compareMaps(journal.load()));
        }
        long leaves = tree.size();
        guarded(() -> compareLeader(leaves));
        return new Report(tree.size(), tree.root(), found);
    }

    /// A row that cannot even be read, such as an account with a letter that no id has, is a
    /// discrepancy and not the end of the audit.
    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            add(-1, "a row cannot be read: " + e.getMessage());
        }
    }

    private void add(long sequence, String what) {
        found.add(new Discrepancy(sequence, what));
    }

    private Optional<Entry> replay(Leaf leaf, long expected) {
        if (leaf.sequence() != expected) {
            add(
                    Math.min(leaf.sequence(), expected),
                    leaf.sequence() < expected ? "it stands there twice" : "it is missing");
            return Optional.empty();
        }
        try {
            var entry = entry(leaf);
            books.staging().replay(entry);
            return Optional.of(entry);
        } catch (Canonical.Malformed e) {
            add(leaf.sequence(), String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            add(leaf.sequence(), "it contradicts what went before: " + e.getMessage());
        }
        return Optional.empty();
    }

    private static Entry entry(Leaf leaf) throws Canonical.Malformed {
        if (leaf.transfer() != null) {
            return leaf.transfer();
        }
        var published = Entry.Published.of(leaf.bytes().toByteArray());
        if (!leaf.agreesWith(published)) {
            throw new Canonical.Malformed("its row differs from its leaf");
        }
        var hidden = leaf.privateContent();
        var kept = leaf.salt();
        boolean committed = hidden != null && kept != null;
        var content = hidden != null && kept != null ? hidden : published.content();
        var salt = hidden != null && kept != null ? kept : Bytes.EMPTY;
        var entry =
                new Entry(
                        leaf.sequence(),
                        published.epoch(),
                        published.at(),
                        Facts.read(content.toByteArray()),
                        salt);
        if (entry.fact().isSalted() != committed
                || !leaf.isAllOf(entry)
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

    private List<Leaf> leaves(long from) {
        return JournalRows.read(jdbc, from, PAGE, (row, _) -> leaf(row));
    }

    private Leaf leaf(ResultSet row) throws SQLException {
        Entry transfer = null;
        if (JournalRows.isTransfer(row)) {
            try {
                transfer = rows.transfer(row, jdbc);
            } catch (RuntimeException e) {
                add(row.getLong("sequence"), "its row is no transfer: " + e.getMessage());
            }
        }
        return Leaf.of(row, transfer);
    }

    /// A row of the journal.
    ///
    /// @param transfer that the row is, if it is one
    private record Leaf(
            long sequence,
            long epoch,
            @Nullable Instant at,
            @Nullable Entry transfer,
            Bytes bytes,
            @Nullable Bytes privateContent,
            @Nullable Bytes salt) {

        static Leaf of(ResultSet row, @Nullable Entry transfer) throws SQLException {
            var at = row.getTimestamp("at");
            var leaf = bytes(row.getBytes("leaf"));
            return new Leaf(
                    row.getLong("sequence"),
                    row.getLong("epoch"),
                    at == null ? null : at.toInstant(),
                    transfer,
                    leaf == null ? Bytes.EMPTY : leaf,
                    bytes(row.getBytes("private_content")),
                    bytes(row.getBytes("salt")));
        }

        Hash hash() {
            return transfer == null
                    ? Merkle.leafHash(bytes.toByteArray())
                    : Hash.of(transfer.leafHash());
        }

        private static @Nullable Bytes bytes(byte @Nullable [] column) {
            return column == null ? null : Bytes.of(column);
        }

        boolean agreesWith(Entry.Published published) {
            return sequence == published.sequence()
                    && epoch == published.epoch()
                    && published.at().equals(at);
        }

        /// Whether the entry makes this leaf, and nothing stands beside it that it does not need.
        boolean isAllOf(Entry entry) {
            return Bytes.of(entry.leaf()).equals(bytes)
                    && (entry.fact().isSalted() || (privateContent == null && salt == null));
        }
    }
}
