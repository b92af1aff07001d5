package org.wattmark.tlog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.stream.LongStream;

/// Trees for tests, whose leaf n is the text "leaf n".
final class Trees {

    private Trees() {}

    static byte[] leaf(long index) {
        return ("leaf " + index).getBytes(UTF_8);
    }

    static List<Hash> leaves(long from, long to) {
        return LongStream.range(from, to).mapToObj(Trees::leaf).map(Merkle::leafHash).toList();
    }

    static Tree tree(long size) {
        return Tree.EMPTY.append(leaves(0, size));
    }

    /// As RFC 6962 section 2.1 defines it, word for word: the reference for everything faster.
    static Hash definedRoot(List<Hash> leaves) {
        if (leaves.isEmpty()) {
            return Merkle.EMPTY_ROOT;
        }
        if (leaves.size() == 1) {
            return leaves.getFirst();
        }
        int k = 1;
        while (2 * k < leaves.size()) {
            k *= 2;
        }
        return Merkle.nodeHash(
                definedRoot(leaves.subList(0, k)), definedRoot(leaves.subList(k, leaves.size())));
    }

    static Tiles tiles(long size) {
        var tiles = new MemoryTiles();
        TileWriter.append(tiles, Tree.EMPTY, leaves(0, size));
        return tiles;
    }
}
