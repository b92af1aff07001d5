package org.wattmark.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.wattmark.testing.Seeded;

/// Inclusion and consistency, for every place and every pair of sizes up to 256 and for sampled
/// ones up to 4,096.
class ProofsTest {

    private static final int SMALL = 256;
    private static final int LARGE = 4_096;
    private static final List<Hash> LEAVES = Trees.leaves(0, LARGE);
    private static final List<Hash> ROOTS = new ArrayList<>();
    private static final Tiles TILES = new MemoryTiles();

    @BeforeAll
    static void growTheTree() {
        var tree = TileWriter.append(TILES, Tree.EMPTY, LEAVES);
        assertThat(tree.root()).isEqualTo(Trees.definedRoot(LEAVES));
        var growing = Tree.EMPTY;
        ROOTS.add(growing.root());
        for (var leaf : LEAVES) {
            growing = growing.append(leaf);
            ROOTS.add(growing.root());
        }
    }

    private static TiledTree tree() {
        return new TiledTree(TILES, LARGE);
    }

    private static Hash leaf(long index) {
        return LEAVES.get((int) index);
    }

    private static Hash root(long size) {
        return ROOTS.get((int) size);
    }

    @Test
    void everyLeafOfEverySmallTreeIsProved() {
        var tree = tree();

        for (long size = 1; size <= SMALL; size++) {
            for (long index = 0; index < size; index++) {
                var proof = tree.inclusion(index, size);
                assertThat(proof.verify(leaf(index), root(size))).isTrue();
                assertThat(proof.verify(leaf(index + 1), root(size))).isFalse();
                assertThat(proof.verify(leaf(index), root(size - 1))).isFalse();
            }
        }
    }

    @Test
    void everyTwoSmallTreesAreConsistent() {
        var tree = tree();

        for (long second = 0; second <= SMALL; second++) {
            for (long first = 0; first <= second; first++) {
                var proof = tree.consistency(first, second);
                assertThat(proof.verify(root(first), root(second))).isTrue();
                assertThat(proof.verify(root(first + 1), root(second))).isFalse();
                assertThat(first == 0 || !proof.verify(root(first), root(second + 1))).isTrue();
            }
        }
    }

    @Seeded
    void whatHoldsForSmallTreesHoldsForLargerOnes(RandomGenerator random) {
        long size = random.nextLong(1, LARGE + 1);
        long index = random.nextLong(size);
        long first = random.nextLong(size + 1);

        assertThat(tree().inclusion(index, size).verify(leaf(index), root(size))).isTrue();
        assertThat(tree().consistency(first, size).verify(root(first), root(size))).isTrue();
    }

    @Seeded
    void noBitOfAnInclusionProofCanBeFlipped(RandomGenerator random) {
        long size = random.nextLong(1, LARGE + 1);
        long index = random.nextLong(size);
        var proof = tree().inclusion(index, size);

        for (var changed : oneBitFlippedInEach(proof.hashes(), random)) {
            var forged = new InclusionProof(index, size, changed);
            assertThat(forged.verify(leaf(index), root(size))).isFalse();
        }
        assertThat(proof.verify(flip(leaf(index), random), root(size))).isFalse();
        assertThat(proof.verify(leaf(index), flip(root(size), random))).isFalse();
    }

    @Seeded
    void noBitOfAConsistencyProofCanBeFlipped(RandomGenerator random) {
        long second = random.nextLong(1, LARGE + 1);
        long first = random.nextLong(1, second + 1);
        var proof = tree().consistency(first, second);

        for (var changed : oneBitFlippedInEach(proof.hashes(), random)) {
            var forged = new ConsistencyProof(first, second, changed);
            assertThat(forged.verify(root(first), root(second))).isFalse();
        }
        assertThat(proof.verify(flip(root(first), random), root(second))).isFalse();
        assertThat(proof.verify(root(first), flip(root(second), random))).isFalse();
    }

    @Test
    void aProofForOnePlaceIsNoneForAnother() {
        for (long size = 1; size <= 40; size++) {
            for (long index = 0; index < size; index++) {
                var hashes = tree().inclusion(index, size).hashes();
                for (long other = 0; other < size; other++) {
                    var proof = new InclusionProof(other, size, hashes);
                    assertThat(proof.verify(leaf(index), root(size))).isEqualTo(other == index);
                }
            }
        }
    }

    @Test
    void aProofHasNeitherMoreNorFewerHashes() {
        for (long size = 2; size <= 70; size++) {
            for (long index = 0; index < size; index++) {
                var hashes = tree().inclusion(index, size).hashes();
                for (var wrong : longerAndShorter(hashes)) {
                    var inclusion = new InclusionProof(index, size, wrong);
                    assertThat(inclusion.verify(leaf(index), root(size))).isFalse();
                }
                var path = tree().consistency(index, size).hashes();
                for (var wrong : longerAndShorter(path)) {
                    var consistency = new ConsistencyProof(index, size, wrong);
                    assertThat(consistency.verify(root(index), root(size))).isFalse();
                }
            }
        }
    }

    @Test
    void theEmptyTreeAndTheSameTreeNeedNoHashes() {
        assertThat(tree().consistency(0, 7).hashes()).isEmpty();
        assertThat(tree().consistency(7, 7).hashes()).isEmpty();
        assertThat(new ConsistencyProof(7, 7, List.of(root(7))).verify(root(7), root(7))).isFalse();
        assertThat(new ConsistencyProof(0, 7, List.of(root(7))).verify(root(0), root(7))).isFalse();
        assertThat(new ConsistencyProof(0, 7, List.of()).verify(root(1), root(7))).isFalse();
        assertThat(new ConsistencyProof(7, 7, List.of()).verify(root(6), root(7))).isFalse();
    }

    /// The proofs that RFC 6962 works out by hand in section 2.1.3, for a tree of seven leaves.
    @Test
    void areTheExamplesOfRfc6962() {
        var tree = tree();

        assertThat(tree.inclusion(0, 7).hashes()).containsExactly(leaf(1), of(2, 4), of(4, 7));
        assertThat(tree.inclusion(3, 7).hashes()).containsExactly(leaf(2), of(0, 2), of(4, 7));
        assertThat(tree.inclusion(4, 7).hashes()).containsExactly(leaf(5), leaf(6), of(0, 4));
        assertThat(tree.inclusion(6, 7).hashes()).containsExactly(of(4, 6), of(0, 4));
        assertThat(tree.consistency(3, 7).hashes())
                .containsExactly(leaf(2), leaf(3), of(0, 2), of(4, 7));
        assertThat(tree.consistency(4, 7).hashes()).containsExactly(of(4, 7));
        assertThat(tree.consistency(6, 7).hashes()).containsExactly(of(4, 6), leaf(6), of(0, 4));
    }

    private static Hash of(int from, int to) {
        return Trees.definedRoot(LEAVES.subList(from, to));
    }

    @Test
    void nothingIsProvedOutsideTheTree() {
        assertThatThrownBy(() -> tree().inclusion(7, 7))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> tree().inclusion(-1, 7))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> tree().inclusion(0, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> tree().inclusion(0, LARGE + 1L))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> tree().consistency(8, 7))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> tree().consistency(-1, 7))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> tree().consistency(1, LARGE + 1L))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static List<List<Hash>> oneBitFlippedInEach(List<Hash> hashes, RandomGenerator random) {
        return LongStream.range(0, hashes.size())
                .mapToObj(i -> {
                    var changed = new ArrayList<>(hashes);
                    changed.set((int) i, flip(changed.get((int) i), random));
                    return List.copyOf(changed);
                })
                .toList();
    }

    private static Hash flip(Hash hash, RandomGenerator random) {
        var bytes = hash.bytes();
        bytes[random.nextInt(Hash.BYTES)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
        return Hash.of(bytes);
    }

    private static List<List<Hash>> longerAndShorter(List<Hash> hashes) {
        var longer = new ArrayList<>(hashes);
        longer.add(Merkle.EMPTY_ROOT);
        return hashes.isEmpty()
                ? List.of(longer)
                : List.of(
                        longer,
                        hashes.subList(0, hashes.size() - 1),
                        hashes.subList(1, hashes.size()));
    }
}
