package org.wattmark.server.mirror;

import org.wattmark.tlog.TilePath;

/// Which tiles the tree of some size has, and how wide they are.
///
/// @param size how many leaves it has
record TileWidths(long size) {

    /// A hash of one level stands for 2^8 of the level below it.
    private static final int BITS_PER_LEVEL = 8;

    /// How many hashes the level has, or how many entries there are.
    long count(int level) {
        int shift = Math.max(level, 0) * BITS_PER_LEVEL;
        return shift < Long.SIZE ? size >> shift : 0;
    }

    int levels() {
        int levels = 0;
        while (count(levels) > 0) {
            levels++;
        }
        return levels;
    }

    /// The widest that this tile is; 0 if there is none.
    int width(int level, long index) {
        long tiles = Math.ceilDiv(count(level), TilePath.FULL);
        // Compared before it is multiplied: an index that came in may be any number.
        return index >= tiles
                ? 0
                : (int) Math.min(TilePath.FULL, count(level) - index * TilePath.FULL);
    }
}
