package org.wattmark.tlog;

import java.util.ArrayList;
import java.util.List;

/// That a tree extends an earlier one without changing a leaf of it: RFC 6962 section 2.1.2.
public record ConsistencyProof(long firstSize, long secondSize, List<Hash> hashes) {

    public ConsistencyProof {
        hashes = List.copyOf(hashes);
        if (firstSize < 0 || firstSize > secondSize) {
            throw new MalformedException(
                    "a tree of " + secondSize + " leaves extends none of " + firstSize);
        }
    }

    /// Every tree extends the empty one, and a tree of the same size only itself: neither needs
    /// hashes.
    public boolean verify(Hash firstRoot, Hash secondRoot) {
        if (firstSize == 0) {
            return hashes.isEmpty() && firstRoot.equals(Merkle.EMPTY_ROOT);
        }
        if (firstSize == secondSize) {
            return hashes.isEmpty() && firstRoot.equals(secondRoot);
        }
        var path = new ArrayList<>(hashes);
        if (Long.bitCount(firstSize) == 1) {
            path.addFirst(firstRoot);
        }
        return !path.isEmpty() && leadsToBoth(path, firstRoot, secondRoot);
    }

    /// As RFC 9162 section 2.1.4.2 does it: the same path is hashed up to the first and to the
    /// second root.
    private boolean leadsToBoth(List<Hash> path, Hash firstRoot, Hash secondRoot) {
        int complete = Long.numberOfTrailingZeros(firstSize);
        long place = (firstSize - 1) >> complete;
        long last = (secondSize - 1) >> complete;
        var first = path.getFirst();
        var second = path.getFirst();
        for (var sibling : path.subList(1, path.size())) {
            if (last == 0) {
                return false;
            }
            if ((place & 1) == 1 || place == last) {
                first = Merkle.nodeHash(sibling, first);
                second = Merkle.nodeHash(sibling, second);
                int lonely = Long.numberOfTrailingZeros(place);
                place >>= lonely;
                last >>= lonely;
            } else {
                second = Merkle.nodeHash(second, sibling);
            }
            place >>= 1;
            last >>= 1;
        }
        return last == 0 && first.equals(firstRoot) && second.equals(secondRoot);
    }
}
