package org.wattmark.server.audit;

import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.wattmark.tlog.Checkpoint;
import org.wattmark.tlog.Hash;
import org.wattmark.tlog.MalformedException;
import org.wattmark.tlog.TilePath;
import org.wattmark.tlog.TileSource;
import org.wattmark.tlog.TiledTree;
import org.wattmark.tlog.UnreadableTileException;

/// The leaves as they were published, in tiles: beside them the first leaf of a journal that is
/// another can be named, where roots only say that there is one.
///
/// Tiles are files that anybody may have changed too. So what they say counts only if they prove it
/// under a root that was signed.
final class PublishedLeaves {

    private final TileSource tiles;

    /// How many leaves the tiles are of.
    private final long size;

    private byte[] tile = new byte[0];
    private long tileIndex = -1;
    private OptionalLong suspect = OptionalLong.empty();

    PublishedLeaves(TileSource tiles, long size) {
        this.tiles = tiles;
        this.size = size;
    }

    /// Compares the journal's leaf with the published one; called for each in turn, from 0.
    void compare(long index, Hash leaf) {
        if (suspect.isPresent() || index >= size) {
            return;
        }
        if (index / TilePath.FULL != tileIndex) {
            tileIndex = index / TilePath.FULL;
            tile = read(tileIndex).orElse(new byte[0]);
        }
        int at = (int) (index % TilePath.FULL) * Hash.BYTES;
        if (tile.length >= at + Hash.BYTES
                && !Arrays.equals(tile, at, at + Hash.BYTES, leaf.bytes(), 0, Hash.BYTES)) {
            suspect = OptionalLong.of(index);
        }
    }

    private Optional<byte[]> read(long index) {
        int width = (int) Math.min(TilePath.FULL, size - index * TilePath.FULL);
        try {
            return tiles.read(new TilePath(0, index, TilePath.FULL))
                    .or(() -> tiles.read(new TilePath(0, index, width)));
        } catch (UncheckedIOException e) {
            return Optional.empty();
        }
    }

    /// The first leaf that is not the one under this checkpoint, if the tiles can prove it.
    OptionalLong firstChangedUnder(Checkpoint signed) {
        if (suspect.isEmpty() || suspect.getAsLong() >= signed.size() || signed.size() > size) {
            return OptionalLong.empty();
        }
        long index = suspect.getAsLong();
        try {
            var tree = new TiledTree(tiles, size);
            boolean proven =
                    tree.inclusion(index, signed.size()).verify(tree.leaf(index), signed.root());
            return proven ? suspect : OptionalLong.empty();
        } catch (UnreadableTileException | MalformedException | UncheckedIOException e) {
            return OptionalLong.empty();
        }
    }

    /// The first leaf that differs from the tiles, be it their fault or the journal's.
    OptionalLong firstDifference() {
        return suspect;
    }
}
