package org.wattmark.server.log;

import java.util.Arrays;
import java.util.Optional;
import org.wattmark.tlog.Checkpoints;
import org.wattmark.tlog.EntryBundle;
import org.wattmark.tlog.Hash;
import org.wattmark.tlog.SignedCheckpoint;
import org.wattmark.tlog.TilePath;
import org.wattmark.tlog.TiledTree;
import org.wattmark.tlog.Tiles;
import org.wattmark.tlog.TlogProof;

/// What has been published, for whoever reads it. It needs no key, so it goes on when nothing more
/// is signed.
public final class PublishedLog {

    /// A hash of one level stands for 2^8 of the level below it.
    private static final int BITS_PER_LEVEL = 8;

    private final Checkpoints checkpoints;
    private final Tiles tiles;
    private final JournalLeaves leaves;
    private final int quorum;

    /// @param quorum how many cosignatures the checkpoint of a proof should bear
    PublishedLog(Checkpoints checkpoints, Tiles tiles, JournalLeaves leaves, int quorum) {
        this.checkpoints = checkpoints;
        this.tiles = tiles;
        this.leaves = leaves;
        this.quorum = quorum;
    }

    public Optional<SignedCheckpoint> latest() {
        return checkpoints.latest();
    }

    /// The offline proof of the entry under the first checkpoint that covers it and that enough
    /// witnesses cosigned, the same at each call. While there is none, under the first that covers
    /// it; empty until there is one.
    public Optional<TlogProof> proof(long sequence) {
        return checkpoints.covering(sequence, quorum).map(covering -> proof(sequence, covering));
    }

    private TlogProof proof(long sequence, SignedCheckpoint covering) {
        // Read from the tiles of the latest tree: those of an earlier one may be gone.
        var tree = new TiledTree(tiles, latest().orElse(covering).checkpoint().size());
        return TlogProof.of(tree.inclusion(sequence, covering.checkpoint().size()), covering);
    }

    /// Hashes or entries, in the form of C2SP `tlog-tiles`; empty beyond what is published.
    Optional<byte[]> tile(TilePath wanted) {
        long available = available(wanted);
        if (wanted.width() > available) {
            return Optional.empty();
        }
        if (wanted.level() == TilePath.ENTRIES) {
            long first = wanted.index() * TilePath.FULL;
            return Optional.of(EntryBundle.encode(leaves.contents(first, wanted.width())));
        }
        // A narrower tile is the beginning of the widest, so only that one has to be on disk.
        var widest = withWidth(wanted, (int) Math.min(available, TilePath.FULL));
        return tiles.read(widest)
                .or(() -> tiles.read(withWidth(wanted, TilePath.FULL))) // it has just filled up
                .map(hashes -> Arrays.copyOf(hashes, wanted.width() * Hash.BYTES));
    }

    /// How many published hashes or entries there are from the tile's first on, 0 or less if none.
    private long available(TilePath tile) {
        int shift = Math.max(tile.level(), 0) * BITS_PER_LEVEL;
        long size = latest().map(it -> it.checkpoint().size()).orElse(0L);
        long count = shift < Long.SIZE ? size >> shift : 0;
        // Compared before it is multiplied: an index that came in may be any number.
        return tile.index() > count / TilePath.FULL ? 0 : count - tile.index() * TilePath.FULL;
    }

    private static TilePath withWidth(TilePath tile, int width) {
        return new TilePath(tile.level(), tile.index(), width);
    }

    boolean isInJournal(long sequence) {
        return leaves.has(sequence);
    }
}
