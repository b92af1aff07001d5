package org.wattmark.tlog;

import java.util.List;

/// That one leaf stands at one place of a tree: the audit path of RFC 6962 section 2.1.1.
///
/// @param hashes from the leaf's sibling up to a child of the root
public record InclusionProof(long index, long size, List<Hash> hashes) {

    public InclusionProof {
        hashes = List.copyOf(hashes);
        if (index < 0 || index >= size) {
            throw new MalformedException("a tree of " + size + " leaves has no leaf " + index);
        }
    }

    /// As RFC 9162 section 2.1.3.2 does it: up from the leaf, with `last` the last place at each
    /// height.
    public boolean verify(Hash leaf, Hash root) {
        long place = index;
        long last = size - 1;
        var hash = leaf;
        for (var sibling : hashes) {
            if (last == 0) {
                return false;
            }
            if ((place & 1) == 1 || place == last) {
                hash = Merkle.nodeHash(sibling, hash);
                // At the right edge a node without sibling moves up as it is.
                int lonely = Long.numberOfTrailingZeros(place);
                place >>= lonely;
                last >>= lonely;
            } else {
                hash = Merkle.nodeHash(hash, sibling);
            }
            place >>= 1;
            last >>= 1;
        }
        return last == 0 && hash.equals(root);
    }
}
