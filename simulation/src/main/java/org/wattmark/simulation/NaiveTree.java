package org.wattmark.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.wattmark.tlog.Hash;

/// The Merkle tree of RFC 6962 section 2.1 as its definition reads, over all leaves there ever
/// were. Only the hashes of full subtrees are kept, because those never change.
final class NaiveTree {

    private final List<Hash> leaves;
    private final Map<Span, Hash> full = new HashMap<>();

    private record Span(int from, int to) {}

    NaiveTree(List<Hash> leaves) {
        this.leaves = leaves;
    }

    Hash root(int size) {
        return size == 0 ? Leaf.empty() : root(0, size);
    }

    private Hash root(int from, int to) {
        int count = to - from;
        if (count == 1) {
            return leaves.get(from);
        }
        if (Integer.bitCount(count) != 1) {
            return split(from, to);
        }
        var span = new Span(from, to);
        var known = full.get(span);
        if (known == null) {
            known = split(from, to);
            full.put(span, known);
        }
        return known;
    }

    /// At the largest power of two below the count.
    private Hash split(int from, int to) {
        int middle = from + Integer.highestOneBit(to - from - 1);
        return Leaf.node(root(from, middle), root(middle, to));
    }
}
