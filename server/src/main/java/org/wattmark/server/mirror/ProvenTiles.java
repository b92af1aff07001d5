package org.wattmark.server.mirror;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.wattmark.server.log.RemoteLog;
import org.wattmark.tlog.Checkpoint;
import org.wattmark.tlog.Hash;
import org.wattmark.tlog.TilePath;
import org.wattmark.tlog.TileSource;
import org.wattmark.tlog.TiledTree;
import org.wattmark.tlog.Tree;

/// The tiles of the tree that a checkpoint is of, each proven to be by the checkpoint's root.
///
/// The unfinished tiles of all levels together lead to the root. The root of a full tile stands in
/// the tile above it, which was proven before. So no hash is believed because of who sent it.
final class ProvenTiles implements TileSource {

    private final RemoteLog remote;
    private final TileWidths widths;

    /// Those of the higher levels, of which each proves 256 tiles below it.
    private final Map<TilePath, byte[]> proven = new HashMap<>();

    private ProvenTiles(RemoteLog remote, TileWidths widths) {
        this.remote = remote;
        this.widths = widths;
    }

    /// What was sent is not what the checkpoint commits to. Whoever sent it may have been broken,
    /// or may have lied: it proves nothing about who signed.
    static final class Unproven extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Unproven(String what) {
            super(what);
        }
    }

    /// @throws Unproven if the unfinished tiles do not lead to the root
    static ProvenTiles of(RemoteLog remote, Checkpoint checkpoint) {
        var tiles = new ProvenTiles(remote, new TileWidths(checkpoint.size()));
        tiles.fetchEdges();
        var root = new TiledTree(tiles, checkpoint.size()).tree().root();
        if (!root.equals(checkpoint.root())) {
            throw new Unproven(
                    "its tiles do not lead to its checkpoint of %d leaves"
                            .formatted(checkpoint.size()));
        }
        return tiles;
    }

    TileWidths widths() {
        return widths;
    }

    private void fetchEdges() {
        for (int level = 0; level < widths.levels(); level++) {
            long index = widths.count(level) / TilePath.FULL;
            int width = widths.width(level, index);
            if (width > 0) {
                var path = new TilePath(level, index, width);
                proven.put(path, fetch(path));
            }
        }
    }

    /// A narrower tile is the beginning of the widest.
    @Override
    public Optional<byte[]> read(TilePath path) {
        int width = widths.width(path.level(), path.index());
        if (path.width() > width || path.level() < 0) {
            return Optional.empty();
        }
        var widest = widest(new TilePath(path.level(), path.index(), width));
        return Optional.of(Arrays.copyOf(widest, path.width() * Hash.BYTES));
    }

    private byte[] widest(TilePath path) {
        var known = proven.get(path);
        if (known != null) {
            return known;
        }
        var tile = fetch(path);
        require(path, tile);
        if (path.level() > 0) {
            proven.put(path, tile);
        }
        return tile;
    }

    /// Throws [Unproven] unless the tree has this full tile at this place.
    void require(TilePath full, byte[] tile) {
        long index = full.index() / TilePath.FULL;
        int width = widths.width(full.level() + 1, index);
        var above = widest(new TilePath(full.level() + 1, index, width));
        var stated = hashes(above).get((int) (full.index() % TilePath.FULL));
        if (!Tree.EMPTY.append(hashes(tile)).root().equals(stated)) {
            throw new Unproven("its " + full.path() + " is not what it signed");
        }
    }

    private byte[] fetch(TilePath path) {
        var tile =
                remote.read(path)
                        .or(() ->
                                remote.read(
                                        new TilePath(path.level(), path.index(), TilePath.FULL)))
                        .orElseThrow(() -> new Unproven("it has no " + path.path()));
        if (tile.length < path.width() * Hash.BYTES || tile.length % Hash.BYTES != 0) {
            throw new Unproven("its " + path.path() + " is torn");
        }
        return Arrays.copyOf(tile, path.width() * Hash.BYTES);
    }

    static List<Hash> hashes(byte[] tile) {
        var hashes = new ArrayList<Hash>();
        for (int from = 0; from < tile.length; from += Hash.BYTES) {
            hashes.add(Hash.of(Arrays.copyOfRange(tile, from, from + Hash.BYTES)));
        }
        return hashes;
    }
}
