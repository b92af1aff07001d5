package org.wattmark.tlog;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/// Writes the tiles that new leaves make. Writing the same leaves again writes the same tiles.
final class TileWriter {

    private TileWriter() {}

    /// Returns `tree` with `leaves` appended, once every tile that it adds or widens is written.
    static Tree append(Tiles tiles, Tree tree, List<Hash> leaves) {
        var before = new TiledTree(tiles, tree.size());
        long start = tree.size();
        var hashes = leaves;
        for (int level = 0; !hashes.isEmpty(); level++) {
            var row = new ArrayList<>(before.edge(level));
            row.addAll(hashes);
            hashes = write(tiles, level, start / TilePath.FULL, row);
            start /= TilePath.FULL;
        }
        return tree.append(leaves);
    }

    /// Cuts the row into tiles from place `first` on, and returns the roots of the full ones.
    private static List<Hash> write(Tiles tiles, int level, long first, List<Hash> row) {
        var roots = new ArrayList<Hash>();
        for (int i = 0; i < row.size(); i += TilePath.FULL) {
            var tile = row.subList(i, Math.min(i + TilePath.FULL, row.size()));
            var path = new TilePath(level, first + i / TilePath.FULL, tile.size());
            tiles.write(path, bytes(tile));
            if (path.isFull()) {
                roots.add(Tree.rootOf(tile));
            }
        }
        return roots;
    }

    private static byte[] bytes(List<Hash> tile) {
        var bytes = new ByteArrayOutputStream(tile.size() * Hash.BYTES);
        tile.forEach(hash -> bytes.writeBytes(hash.bytes()));
        return bytes.toByteArray();
    }
}
