package org.wattmark.server.audit;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongConsumer;
import org.wattmark.ledger.Entry;
import org.wattmark.server.audit.Audit.Discrepancy;
import org.wattmark.tlog.Checkpoint;
import org.wattmark.tlog.EntryBundle;
import org.wattmark.tlog.Hash;
import org.wattmark.tlog.MalformedException;
import org.wattmark.tlog.Merkle;
import org.wattmark.tlog.TilePath;
import org.wattmark.tlog.TileSource;
import org.wattmark.tlog.Tree;
import org.wattmark.units.Canonical;

/// An audit by anybody, of what is public: the leaves under a checkpoint lead to its root, every
/// one of them can be read, every tile is made of them, and what they say of units adds up.
///
/// Amounts of money are only committed to, so nothing of them is added up here.
final class UrlAudit {

    /// So many requests are under way at once; so many bundles wait to be looked at, 1 MiB at most
    /// each.
    private static final int AT_ONCE = 4;

    private static final int AHEAD = 16;
    private static final int ENOUGH = 100;

    private final TileSource log;
    private final Checkpoint latest;
    private final Optional<Checkpoint> since;
    private final LongConsumer progress;
    private final List<Discrepancy> found = new ArrayList<>();
    private final PublicBooks books = new PublicBooks(this::add);

    /// The unfinished tile of each level, from the leaves up.
    private final List<List<Hash>> edges = new ArrayList<>(List.of(List.of()));

    private final PublishedLeaves published;
    private Tree tree = Tree.EMPTY;
    private long epoch;

    /// @param log its tiles and, as tiles, its entries
    /// @param latest up to where is audited, authentic or not
    /// @param since an earlier checkpoint that must be of the same tree
    UrlAudit(TileSource log, Checkpoint latest, Optional<Checkpoint> since, LongConsumer progress) {
        this.log = log;
        this.latest = latest;
        this.since = since;
        this.progress = progress;
        this.published = new PublishedLeaves(log, latest.size());
    }

    /// @param balances of units that were derived
    record Findings(Audit.Report report, int balances, Map<UUID, PublicBooks.Totals> totals) {}

    Findings run() {
        compare(since);
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            readAll(threads);
        }
        if (tree.size() == latest.size()) {
            compare(Optional.of(latest));
            compareEdges();
        }
        since.filter(it -> it.size() > latest.size())
                .ifPresent(it ->
                        add(
                                latest.size(),
                                "the log has %d leaves; it had %d"
                                        .formatted(latest.size(), it.size())));
        var totals = books.finish();
        return new Findings(
                new Audit.Report(tree.size(), tree.root(), found), books.balances(), totals);
    }

    private void add(long sequence, String what) {
        found.add(new Discrepancy(sequence, what));
    }

    private record Fetched(Optional<byte[]> entries, Optional<byte[]> hashes) {}

    private void readAll(ExecutorService threads) {
        var ahead = new ArrayDeque<CompletableFuture<Fetched>>();
        long bundles = (latest.size() + TilePath.FULL - 1) / TilePath.FULL;
        long asked = 0;
        for (long index = 0; index < bundles && found.size() < ENOUGH; index++) {
            for (; asked < bundles && ahead.size() < AHEAD; asked++) {
                long next = asked;
                ahead.add(CompletableFuture.supplyAsync(() -> fetch(next), threads));
            }
            if (!take(index, join(ahead.remove()))) {
                break;
            }
            progress.accept(tree.size());
        }
        ahead.forEach(each -> each.cancel(false));
    }

    private static Fetched join(CompletableFuture<Fetched> fetched) {
        try {
            return fetched.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private Fetched fetch(long index) {
        int width = width(index);
        var entries =
                tile(TilePath.ENTRIES, index, width)
                        .or(() -> tile(TilePath.ENTRIES, index, TilePath.FULL));
        return new Fetched(entries, read(0, index, width));
    }

    /// How many hashes this tile has under the checkpoint.
    private int width(long index) {
        return (int) Math.min(TilePath.FULL, latest.size() - index * TilePath.FULL);
    }

    private Optional<byte[]> tile(int level, long index, int width) {
        return log.read(new TilePath(level, index, width));
    }

    private Optional<byte[]> read(int level, long index, int width) {
        return tile(level, index, width)
                .or(() ->
                        width == TilePath.FULL
                                ? Optional.empty()
                                : tile(level, index, TilePath.FULL))
                .filter(tile -> tile.length >= width * Hash.BYTES)
                .map(tile -> Arrays.copyOf(tile, width * Hash.BYTES));
    }

    /// @return whether the bundle was there, so that it makes sense to go on
    private boolean take(long index, Fetched fetched) {
        List<byte[]> entries;
        try {
            entries = EntryBundle.decode(fetched.entries().orElse(new byte[0]));
        } catch (MalformedException e) {
            entries = List.of();
        }
        int width = width(index);
        if (entries.size() < width) {
            add(
                    index * TilePath.FULL + entries.size(),
                    "the log does not show this entry, though it signed a tree that has it");
            return false;
        }
        var hashes = new ArrayList<Hash>();
        for (var entry : entries.subList(0, width)) {
            long sequence = index * TilePath.FULL + hashes.size();
            var hash = Merkle.leafHash(entry);
            published.compare(sequence, hash);
            hashes.add(hash);
            read(sequence, entry);
        }
        append(hashes);
        if (width == TilePath.FULL) {
            compareTile(0, index, hashes, fetched.hashes());
        } else {
            edges.set(0, hashes);
        }
        return true;
    }

    private void append(List<Hash> hashes) {
        long at = since.map(Checkpoint::size).orElse(0L) - tree.size();
        if (at > 0 && at <= hashes.size()) {
            tree = tree.append(hashes.subList(0, (int) at));
            compare(since);
            tree = tree.append(hashes.subList((int) at, hashes.size()));
        } else {
            tree = tree.append(hashes);
        }
    }

    private void compare(Optional<Checkpoint> signed) {
        signed.filter(it -> it.size() == tree.size() && !it.root().equals(tree.root()))
                .ifPresent(it -> {
                    var first = published.firstChangedUnder(it);
                    add(
                            first.orElse(Math.max(0, it.size() - 1)),
                            first.isPresent()
                                    ? "this entry is not the one under the checkpoint at "
                                            + it.size()
                                    : "the entries do not lead to the root signed at " + it.size());
                });
    }

    private void read(long sequence, byte[] leaf) {
        try {
            var published = Entry.Published.of(leaf);
            if (published.sequence() != sequence) {
                add(sequence, "it says that it is entry " + published.sequence());
            }
            if (published.epoch() < epoch) {
                add(sequence, "it is of an earlier term than the entry before it");
            }
            epoch = published.epoch();
            books.take(sequence, PublicFacts.read(published.content().toByteArray()));
        } catch (Canonical.Malformed e) {
            add(sequence, "it cannot be read: " + e.getMessage());
        } catch (ArithmeticException e) {
            add(sequence, "a balance overflows");
        }
    }

    /// Compares a full tile with what it should be, and, where it fills up the one above, that too.
    private void compareTile(int level, long index, List<Hash> hashes, Optional<byte[]> tile) {
        compare(level, index, hashes, tile);
        if (edges.size() == level + 1) {
            edges.add(new ArrayList<>());
        }
        var above = edges.get(level + 1);
        above.add(Tree.EMPTY.append(hashes).root());
        if (above.size() == TilePath.FULL) {
            long next = index / TilePath.FULL;
            var full = List.copyOf(above);
            above.clear();
            compareTile(level + 1, next, full, read(level + 1, next, TilePath.FULL));
        }
    }

    private void compareEdges() {
        for (int level = 0; level < edges.size(); level++) {
            compareEdge(level, edges.get(level));
        }
    }

    private void compareEdge(int level, List<Hash> hashes) {
        if (!hashes.isEmpty()) {
            long index = (latest.size() >> (8 * level)) / TilePath.FULL;
            compare(level, index, hashes, read(level, index, hashes.size()));
        }
    }

    private void compare(int level, long index, List<Hash> hashes, Optional<byte[]> tile) {
        int differs = Arrays.mismatch(tile.orElse(new byte[0]), bytes(hashes));
        if (differs >= 0) {
            add(
                    level == 0 ? index * TilePath.FULL + differs / Hash.BYTES : -1,
                    "tile %d/%d is not made of the entries".formatted(level, index));
        }
    }

    private static byte[] bytes(List<Hash> hashes) {
        var bytes = new ByteArrayOutputStream(hashes.size() * Hash.BYTES);
        hashes.forEach(hash -> bytes.writeBytes(hash.bytes()));
        return bytes.toByteArray();
    }
}
