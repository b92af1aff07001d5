package org.wattmark.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.wattmark.tlog.Checkpoints;
import org.wattmark.tlog.ConsistencyProof;
import org.wattmark.tlog.Hash;
import org.wattmark.tlog.KeyFile;
import org.wattmark.tlog.Log;
import org.wattmark.tlog.MemoryCheckpoints;
import org.wattmark.tlog.Merkle;
import org.wattmark.tlog.SignedCheckpoint;
import org.wattmark.tlog.Signer;
import org.wattmark.tlog.SigningRefusedException;
import org.wattmark.tlog.TilePath;
import org.wattmark.tlog.Tiles;
import org.wattmark.tlog.Tree;
import org.wattmark.tlog.UnreadableTileException;

/// The publisher of a world, its disk and its key, as the server runs them: what it publishes is
/// read from the store, and what became of an attempt that failed is asked of the disk.
final class LogSide implements AutoCloseable {

    /// Leaves at once, few, so that there are many sizes.
    private static final int PAGE = 96;

    private final Path keyFile;
    private final Store store;
    private final NaiveTree expected;
    private final Map<TilePath, byte[]> tiles = new TreeMap<>(LogSide::compare);
    private MemoryCheckpoints published = new MemoryCheckpoints();

    /// The root of every checkpoint that was ever signed, whether it was published or not.
    private final Map<Long, Hash> signed = new HashMap<>();

    private @Nullable Signer signer;
    private @Nullable Log log;
    private int callsToFault;
    private boolean dies;

    LogSide(Path folder, Store store) {
        this.store = store;
        this.expected = new NaiveTree(store.leaves());
        this.keyFile = folder.resolve("log.key");
        KeyFile.create(keyFile, "simulated.example/log");
    }

    private static int compare(TilePath one, TilePath other) {
        return one.toString().compareTo(other.toString());
    }

    /// Publishes what is committed.
    ///
    /// @param faultAt the n-th call to disk or database fails; none if 0
    /// @param deadly it is the process that fails, not the call
    void publish(int faultAt, boolean deadly) {
        callsToFault = faultAt;
        dies = deadly;
        try {
            attempt();
        } catch (Crash _) {
            die();
        } catch (UncheckedIOException | UnreadableTileException e) {
            Broken.unless(faultAt > 0, "I-18", () -> "nothing is published: " + e);
            log = null; // the next attempt looks what is there
        } catch (SigningRefusedException e) {
            throw new Broken("I-20", "signing ends though nothing was changed", e);
        }
    }

    private void attempt() {
        var holder = signer;
        if (holder == null) {
            holder = Signer.open(keyFile);
            signer = holder;
        }
        var open = log;
        if (open == null) {
            open = Log.open(diskTiles(), database(), holder, this::leavesFrom);
            log = open;
        }
        for (var page = leavesFrom(size(open)); !page.isEmpty(); page = leavesFrom(size(open))) {
            long before = size(open);
            var root = open.latest().checkpoint().root();
            var next = open.append(before, page).checkpoint();
            Broken.unless(
                    open.consistency(before, next.size()).verify(root, next.root()),
                    "I-18",
                    () -> "no proof that " + next + " extends " + before);
        }
    }

    private static long size(Log open) {
        return open.latest().checkpoint().size();
    }

    private List<Hash> leavesFrom(long index) {
        call();
        var leaves = store.leaves();
        int to = (int) Math.min(leaves.size(), index + PAGE);
        return index >= to ? List.of() : List.copyOf(leaves.subList((int) index, to));
    }

    private void call() {
        if (callsToFault > 0 && --callsToFault == 0) {
            if (dies) {
                throw new Crash("the publisher dies");
            }
            throw new UncheckedIOException(new IOException("simulated"));
        }
    }

    private Tiles diskTiles() {
        return new Tiles() {
            @Override
            public Optional<byte[]> read(TilePath path) {
                return Optional.ofNullable(tiles.get(path)).map(byte[]::clone);
            }

            @Override
            public void write(Map<TilePath, byte[]> all) {
                all.forEach((path, content) -> {
                    call();
                    tiles.put(path, content.clone());
                });
                call();
            }
        };
    }

    private Checkpoints database() {
        var rows = published;
        return new Checkpoints() {
            @Override
            public Optional<SignedCheckpoint> latest() {
                return rows.latest();
            }

            @Override
            public Optional<SignedCheckpoint> covering(long index, int cosignatures) {
                return rows.covering(index, cosignatures);
            }

            @Override
            public boolean replace(Optional<SignedCheckpoint> latest, SignedCheckpoint next) {
                judge(next);
                call();
                boolean replaced = rows.replace(latest, next);
                call();
                return replaced;
            }
        };
    }

    /// Somebody may hold this signature from now on.
    private void judge(SignedCheckpoint next) {
        long size = next.checkpoint().size();
        var root = next.checkpoint().root();
        var before = signed.putIfAbsent(size, root);
        Broken.unless(
                before == null || before.equals(root),
                "I-20",
                () -> "two roots are signed for " + size);
        Broken.unless(
                size <= store.leaves().size(),
                "I-17",
                () -> size + " leaves are signed, and " + store.leaves().size() + " are committed");
        Broken.unless(
                root.equals(expected.root((int) size)),
                "I-18",
                () -> "the root signed for " + size + " is not that of the journal");
    }

    /// Every entry that a client was told of is in the log, and anybody can prove it.
    void covers(long sequence, String leafHash) {
        var open = log;
        if (open == null) {
            throw new Broken("I-18", "the log is not open");
        }
        var proof = open.proof(sequence);
        var checkpoint = published.covering(sequence);
        Broken.unless(
                proof.isPresent() && checkpoint.isPresent(),
                "I-18",
                () -> "no proof of " + sequence);
        var of = checkpoint.orElseThrow().checkpoint();
        Broken.unless(
                open.inclusion(sequence, of.size()).verify(Hash.ofHex(leafHash), of.root()),
                "I-18",
                () -> "entry " + sequence + " is not in the tree of " + of.size());
    }

    /// Several may hold the key; none signs another tree of the size that was signed.
    void refusesSecondSigner() {
        if (signer == null) {
            return;
        }
        try (var second = Signer.open(keyFile)) {
            long size = second.last().size();
            if (size == 0) {
                return;
            }
            var forged = Tree.EMPTY;
            for (long i = 0; i < size; i++) {
                forged = forged.append(Merkle.leafHash(new byte[] {1}));
            }
            second.sign(forged, first -> new ConsistencyProof(first, size, List.of()));
            throw new Broken("I-20", "two roots are signed for " + size);
        } catch (SigningRefusedException _) {
            // as it must be
        }
    }

    /// A tile at the edge of the tree is lost, and so is whoever remembers it.
    void lose(int pick) {
        var edge = tiles.keySet().stream().filter(tile -> !tile.isFull()).toList();
        if (!edge.isEmpty()) {
            tiles.remove(edge.get(Math.floorMod(pick, edge.size())));
            die();
        }
    }

    /// The database and the disk are restored to an earlier state, in which other entries follow.
    /// The key's own memory is not: it must sign nothing that contradicts it.
    ///
    /// @param restored the leaves as they stand then, where the last of those signed are others
    void refusesAnotherPast(List<Hash> restored) {
        die();
        tiles.clear();
        published = new MemoryCheckpoints();
        try (var holder = Signer.open(keyFile)) {
            long last = holder.last().size();
            try {
                Log.open(diskTiles(), published, holder, from -> pageOf(restored, from));
                throw new Broken("I-20", "another past is signed after " + last + " leaves");
            } catch (SigningRefusedException _) {
                // as it must be
            }
        }
    }

    private static List<Hash> pageOf(List<Hash> leaves, long from) {
        return from >= leaves.size() ? List.of() : leaves.subList((int) from, leaves.size());
    }

    /// Of all that is committed, by the judge.
    Hash root() {
        return expected.root(store.leaves().size());
    }

    long signedSize() {
        return signed.keySet().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    void die() {
        close();
    }

    /// The operating system frees the key's lock.
    @Override
    public void close() {
        var holder = signer;
        if (holder != null) {
            holder.close();
        }
        signer = null;
        log = null;
    }
}
