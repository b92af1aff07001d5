package org.wattmark.tlog;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Makes the tiles that new leaves add or widen, and writes each of them once, however many calls
/// brought the leaves. The same leaves make the same tiles.
final class TileWriter {

    private final Tiles tiles;

    /// The hashes of the unfinished tile of each level.
    private final List<List<Hash>> edges = new ArrayList<>();

    private final Map<TilePath, byte[]> full = new LinkedHashMap<>();
    private long size;
    private long written;

    /// @param tree whose tiles are there
    TileWriter(Tiles tiles, Tree tree) {
        this.tiles = tiles;
        this.size = tree.size();
        this.written = tree.size();
        var before = new TiledTree(tiles, tree.size());
        for (int level = 0; count(size, level) > 0; level++) {
            edges.add(new ArrayList<>(before.edge(level)));
        }
    }

    /// Returns `tree` with `leaves` appended, once every tile that it adds or widens is written.
    static Tree append(Tiles tiles, Tree tree, List<Hash> leaves) {
        var writer = new TileWriter(tiles, tree);
        writer.append(leaves);
        return writer.write();
    }

    /// How many leaves the tree has with all that was appended, written or not.
    long size() {
        return size;
    }

    void append(List<Hash> leaves) {
        for (var leaf : leaves) {
            add(0, size, leaf);
            size = Math.addExact(size, 1);
        }
    }

    /// @param place of the hash in its level
    private void add(int level, long place, Hash hash) {
        if (level == edges.size()) {
            edges.add(new ArrayList<>(TilePath.FULL));
        }
        var edge = edges.get(level);
        edge.add(hash);
        if (edge.size() == TilePath.FULL) {
            long index = place / TilePath.FULL;
            full.put(new TilePath(level, index, TilePath.FULL), bytes(edge));
            add(level + 1, index, Tree.rootOf(edge));
            edge.clear();
        }
    }

    /// How many full tiles wait to be written.
    int waiting() {
        return full.size();
    }

    /// Writes what was appended since the last time. When it throws, this writer is of no more use.
    Tree write() {
        var all = new LinkedHashMap<>(full);
        for (int level = 0; level < edges.size(); level++) {
            var edge = edges.get(level);
            if (!edge.isEmpty() && count(size, level) > count(written, level)) {
                long index = count(size, level) / TilePath.FULL;
                all.put(new TilePath(level, index, edge.size()), bytes(edge));
            }
        }
        tiles.write(all);
        full.clear();
        written = size;
        return tree();
    }

    /// What stands in unfinished tiles is what the frontier is made of, so no leaf is hashed twice.
    private Tree tree() {
        var frontier = new ArrayList<Hash>();
        for (var edge : edges.reversed()) {
            frontier.addAll(Tree.EMPTY.append(edge).frontier());
        }
        return new Tree(size, frontier);
    }

    /// How many hashes a level has.
    private static long count(long size, int level) {
        return size >> (TiledTree.TILE_HEIGHT * level);
    }

    private static byte[] bytes(List<Hash> tile) {
        var bytes = new ByteArrayOutputStream(tile.size() * Hash.BYTES);
        tile.forEach(hash -> bytes.writeBytes(hash.bytes()));
        return bytes.toByteArray();
    }
}
