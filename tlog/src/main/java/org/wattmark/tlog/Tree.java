package org.wattmark.tlog;

import java.util.ArrayList;
import java.util.List;

/// A Merkle tree that can grow, without its leaves: how many there are, and the frontier.
///
/// @param frontier the roots of the perfect subtrees, from the largest at the left to the smallest:
///   one for each bit that is set in `size`
public record Tree(long size, List<Hash> frontier) {

    public static final Tree EMPTY = new Tree(0, List.of());

    public Tree {
        frontier = List.copyOf(frontier);
        if (size < 0 || frontier.size() != Long.bitCount(size)) {
            throw new IllegalArgumentException(
                    "a tree of " + size + " leaves has no frontier of " + frontier.size());
        }
    }

    /// The root of a tree that has just these leaves.
    static Hash rootOf(List<Hash> leaves) {
        return EMPTY.append(leaves).root();
    }

    public Tree append(Hash leaf) {
        return append(List.of(leaf));
    }

    /// Two hashes for each leaf on average, however large the tree is.
    public Tree append(List<Hash> leaves) {
        var grown = new ArrayList<>(frontier);
        long count = size;
        for (var leaf : leaves) {
            grown.add(leaf);
            // Each one bit at the end of the count is a subtree that this leaf makes twice as
            // large.
            for (long bits = count; (bits & 1) == 1; bits >>= 1) {
                var right = grown.removeLast();
                grown.add(Merkle.nodeHash(grown.removeLast(), right));
            }
            count = Math.addExact(count, 1);
        }
        return new Tree(count, grown);
    }

    public Hash root() {
        return frontier.reversed().stream()
                .reduce((right, left) -> Merkle.nodeHash(left, right))
                .orElse(Merkle.EMPTY_ROOT);
    }
}
