package org.wattmark.benchmarks;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.wattmark.tlog.FileTiles;
import org.wattmark.tlog.Hash;
import org.wattmark.tlog.Merkle;
import org.wattmark.tlog.TiledTree;
import org.wattmark.tlog.Tree;

/// How fast the transparency log is without a database, beside the hash that bounds it.
final class LogRates {

    /// As long as the leaf of a plain transfer.
    private static final int LEAF_BYTES = 273;

    private final Duration length;

    LogRates(Duration length) {
        this.length = length;
    }

    /// The rival: nothing but the two hashes that each leaf costs, of itself and on the average one
    /// inner node.
    double bareHashes() throws Exception {
        var digest = MessageDigest.getInstance("SHA-256");
        var leaf = new byte[LEAF_BYTES];
        var node = new byte[65];
        long count = 0;
        long start = System.nanoTime();
        while (System.nanoTime() - start < length.toNanos()) {
            for (int i = 0; i < 1_000; i++) {
                ByteBuffer.wrap(leaf).putLong(count++);
                digest.update((byte) 0);
                System.arraycopy(digest.digest(leaf), 0, node, 1, Hash.BYTES);
                digest.digest(node);
            }
        }
        return perSecond(count, start);
    }

    double appends() {
        var leaf = new byte[LEAF_BYTES];
        var tree = Tree.EMPTY;
        long start = System.nanoTime();
        while (System.nanoTime() - start < length.toNanos()) {
            for (int i = 0; i < 1_000; i++) {
                ByteBuffer.wrap(leaf).putLong(tree.size());
                tree = tree.append(Merkle.leafHash(leaf));
            }
        }
        return perSecond(tree.size(), start);
    }

    /// Inclusion proofs of random entries, from tiles on disk, and their verification.
    List<Row> proofs(Path folder, long size, Hash root) {
        var tree = new TiledTree(new FileTiles(folder), size);
        var random = ThreadLocalRandom.current();
        var rows = new ArrayList<Row>();
        long made = 0;
        long start = System.nanoTime();
        while (System.nanoTime() - start < length.toNanos()) {
            tree.inclusion(random.nextLong(size), size);
            made++;
        }
        rows.add(
                Row.rate(
                        "inclusion proofs made, " + size + " leaves, tiles on disk",
                        perSecond(made, start),
                        "proofs"));
        long index = random.nextLong(size);
        var proof = tree.inclusion(index, size);
        var leaf = tree.leaf(index);
        long verified = 0;
        start = System.nanoTime();
        while (System.nanoTime() - start < length.toNanos()) {
            if (!proof.verify(leaf, root)) {
                throw new IllegalStateException("a proof that proves nothing");
            }
            verified++;
        }
        rows.add(Row.rate("inclusion proofs verified", perSecond(verified, start), "proofs"));
        return rows;
    }

    private static double perSecond(long count, long start) {
        return count * 1e9 / (System.nanoTime() - start);
    }
}
