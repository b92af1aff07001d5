package org.wattmark.tlog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// A tree of known size, read from its tiles. It proves anything about itself and its earlier
/// sizes.
///
/// Reads each tile once and keeps it, so one object serves one request and one thread.
public final class TiledTree {

    /// A tile stands for a subtree of this height: 256 hashes.
    static final int TILE_HEIGHT = 8;

    private final TileSource tiles;
    private final long size;
    private final Map<TilePath, byte[]> seen = new HashMap<>();

    public TiledTree(TileSource tiles, long size) {
        this.tiles = tiles;
        this.size = size;
    }

    /// Enough of the tree to append to it. Nothing is believed yet: its root must be compared.
    public Tree tree() {
        var frontier = new ArrayList<Hash>();
        long from = 0;
        for (long bits = size; bits != 0; bits -= Long.highestOneBit(bits)) {
            frontier.add(root(from, from + Long.highestOneBit(bits)));
            from += Long.highestOneBit(bits);
        }
        return new Tree(size, frontier);
    }

    public Hash leaf(long index) {
        return root(index, index + 1);
    }

    /// That leaf `index` is in the tree when it had `atSize` leaves.
    public InclusionProof inclusion(long index, long atSize) {
        requireWithin(atSize);
        var path = new ArrayList<Hash>();
        long from = 0;
        long to = atSize;
        while (to - from > 1) {
            long middle = from + Merkle.split(to - from);
            if (index < middle) {
                path.addFirst(root(middle, to));
                to = middle;
            } else {
                path.addFirst(root(from, middle));
                from = middle;
            }
        }
        return new InclusionProof(index, atSize, path);
    }

    /// That the tree of `secondSize` leaves extends the one of `firstSize`.
    public ConsistencyProof consistency(long firstSize, long secondSize) {
        requireWithin(secondSize);
        if (firstSize > secondSize) {
            throw new IllegalArgumentException(secondSize + " leaves never extend " + firstSize);
        }
        var path = new ArrayList<Hash>();
        long from = 0;
        long to = secondSize;
        // Down to the subtree that ends where the first tree ends; 0 and equal sizes need no proof.
        while (firstSize > 0 && firstSize != to) {
            long middle = from + Merkle.split(to - from);
            if (firstSize <= middle) {
                path.addFirst(root(middle, to));
                to = middle;
            } else {
                path.addFirst(root(from, middle));
                from = middle;
            }
        }
        // When it is the whole first tree, the verifier knows its root already.
        if (from > 0) {
            path.addFirst(root(from, to));
        }
        return new ConsistencyProof(firstSize, secondSize, path);
    }

    /// The hashes of the tile of `level` that the next hash of this level joins; none when it
    /// starts a tile.
    List<Hash> edge(int level) {
        long count = size >> (TILE_HEIGHT * level);
        int width = (int) (count % TilePath.FULL);
        return width == 0 ? List.of() : hashes(level, count - width, width);
    }

    /// `MTH(D[from:to])` of RFC 6962 section 2.1, where a subtree of the tree starts at `from`.
    private Hash root(long from, long to) {
        long leaves = to - from;
        if (Long.bitCount(leaves) == 1) {
            return perfect(Long.numberOfTrailingZeros(leaves), from / leaves);
        }
        long middle = from + Merkle.split(leaves);
        return Merkle.nodeHash(root(from, middle), root(middle, to));
    }

    private Hash perfect(int height, long index) {
        int span = 1 << (height % TILE_HEIGHT);
        return Tree.rootOf(hashes(height / TILE_HEIGHT, index * span, span));
    }

    /// Hashes that lie within one tile.
    private List<Hash> hashes(int level, long first, int count) {
        var tile = tile(level, first / TilePath.FULL);
        int offset = (int) (first % TilePath.FULL);
        return IntStream.range(offset, offset + count).mapToObj(i -> Hash.at(tile, i)).toList();
    }

    private byte[] tile(int level, long index) {
        long width = (size >> (TILE_HEIGHT * level)) - index * TilePath.FULL;
        var path = new TilePath(level, index, (int) Math.min(width, TilePath.FULL));
        return seen.computeIfAbsent(path, this::read);
    }

    /// A partial tile is dropped when the full one is there, which begins with the same hashes.
    private byte[] read(TilePath path) {
        return tiles.read(path)
                .filter(tile -> tile.length == path.width() * Hash.BYTES)
                .or(() -> tiles.read(path.withWidth(TilePath.FULL)))
                .filter(tile -> tile.length >= path.width() * Hash.BYTES)
                .orElseThrow(() -> new UnreadableTileException(path));
    }

    private void requireWithin(long earlier) {
        if (earlier > size) {
            throw new IllegalArgumentException("the tree has " + size + " leaves, not " + earlier);
        }
    }
}
