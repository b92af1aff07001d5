package org.wattmark.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.wattmark.testing.Seeded;

class TreeTest {

    /// The leaves that implementations of RFC 6962 test with since the first Certificate
    /// Transparency log.
    static final List<byte[]> KNOWN_LEAVES =
            Stream.of(
                            "",
                            "00",
                            "10",
                            "2021",
                            "3031",
                            "40414243",
                            "5051525354555657",
                            "606162636465666768696a6b6c6d6e6f")
                    .map(HexFormat.of()::parseHex)
                    .toList();

    /// The roots of their first 0, 1, … 8.
    static final List<String> KNOWN_ROOTS =
            List.of(
                    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    @Test
    void hasTheRootsThatEveryRfc6962LogHas() {
        var hashes = KNOWN_LEAVES.stream().map(Merkle::leafHash).toList();

        for (int size = 0; size <= hashes.size(); size++) {
            var tree = Tree.EMPTY.append(hashes.subList(0, size));

            assertThat(tree.root().hex()).isEqualTo(KNOWN_ROOTS.get(size));
            assertThat(tree.size()).isEqualTo(size);
        }
    }

    @Test
    void isTheTreeOfTheDefinitionAtEverySize() {
        var tree = Tree.EMPTY;

        for (int size = 0; size < 600; size++) {
            assertThat(tree.root()).isEqualTo(Trees.definedRoot(Trees.leaves(0, size)));
            tree = tree.append(Merkle.leafHash(Trees.leaf(size)));
        }
    }

    @Seeded
    void isTheSameHoweverTheLeavesCome(RandomGenerator random) {
        int size = random.nextInt(1, 700);
        var tree = Tree.EMPTY;

        while (tree.size() < size) {
            long next = random.nextLong(tree.size(), size + 1L);
            tree = tree.append(Trees.leaves(tree.size(), next));
        }

        assertThat(tree).isEqualTo(Trees.tree(size));
    }

    @Test
    void appendingLeavesTheTreeThatWasAsItWas() {
        var three = Trees.tree(3);
        var root = three.root();

        var _ = three.append(Merkle.EMPTY_ROOT);

        assertThat(three.root()).isEqualTo(root);
        assertThat(three.size()).isEqualTo(3);
    }

    @Test
    void hasOneFrontierHashForEachBitOfItsSize() {
        assertThatThrownBy(() -> new Tree(3, List.of(Merkle.EMPTY_ROOT)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Tree(Long.MIN_VALUE, List.of(Merkle.EMPTY_ROOT)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
