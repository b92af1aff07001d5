package org.wattmark.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.wattmark.testing.Seeded;

class TiledTreeTest {

    /// Remembers which tiles were written.
    private static final class Witnessed implements Tiles {

        private final Set<TilePath> written = new HashSet<>();
        private final Tiles tiles = new MemoryTiles();

        @Override
        public Optional<byte[]> read(TilePath path) {
            return tiles.read(path);
        }

        @Override
        public void write(Map<TilePath, byte[]> all) {
            all.forEach((path, content) -> assertThat(content).hasSize(path.width() * Hash.BYTES));
            written.addAll(all.keySet());
            tiles.write(all);
        }
    }

    /// The example of `tlog-tiles`, "Partial Tiles".
    @Test
    void aTreeOf70000HasTheTilesThatTlogTilesCounts() {
        var tiles = new Witnessed();

        var tree = TileWriter.append(tiles, Tree.EMPTY, Trees.leaves(0, 70_000));

        assertThat(tiles.written).hasSize(273 + 1 + 1 + 1 + 1);
        assertThat(tiles.written.stream().filter(TilePath::isFull)).hasSize(273 + 1);
        assertThat(tiles.written)
                .contains(new TilePath(0, 273, 112), new TilePath(1, 1, 17), new TilePath(2, 0, 1));
        assertThat(new TiledTree(tiles, 70_000).tree())
                .isEqualTo(tree)
                .isEqualTo(Trees.tree(70_000));
        assertThat(
                        new TiledTree(tiles, 70_000)
                                .inclusion(69_999, 70_000)
                                .verify(Trees.leaves(69_999, 70_000).getFirst(), tree.root()))
                .isTrue();
        assertThat(
                        new TiledTree(tiles, 70_000)
                                .consistency(65_537, 70_000)
                                .verify(Trees.tree(65_537).root(), tree.root()))
                .isTrue();
    }

    @Test
    void aTreeOf256HasAFullTileAndOneAboveIt() {
        var tiles = new Witnessed();

        TileWriter.append(tiles, Tree.EMPTY, Trees.leaves(0, 256));

        assertThat(tiles.written)
                .containsExactlyInAnyOrder(new TilePath(0, 0, 256), new TilePath(1, 0, 1));
    }

    @Seeded(worlds = 20)
    void isTheSameTreeHoweverItWasWritten(RandomGenerator random) {
        var tiles = new MemoryTiles();
        var tree = Tree.EMPTY;

        for (int batch = 0; batch < 8; batch++) {
            var more = Trees.leaves(tree.size(), tree.size() + random.nextInt(600));
            tree = TileWriter.append(tiles, tree, more);
            TileWriter.append(tiles, new TiledTree(tiles, tree.size()).tree(), List.of());
        }

        assertThat(tree).isEqualTo(Trees.tree(tree.size()));
        for (long size = tree.size(); size > 0; size -= random.nextLong(1, 300)) {
            var earlier = Trees.tree(size);
            var proof = new TiledTree(tiles, tree.size()).consistency(size, tree.size());
            assertThat(proof.verify(earlier.root(), tree.root())).isTrue();
        }
    }

    @Test
    void readsAPartialTileFromTheFullOneOnceItIsDropped() {
        var tiles = Trees.tiles(256);

        assertThat(tiles.read(new TilePath(0, 0, 100))).isEmpty();
        assertThat(new TiledTree(tiles, 100).tree()).isEqualTo(Trees.tree(100));
    }

    @Test
    void writesTheSameTilesAgainAfterACrash() {
        var tiles = Trees.tiles(700);

        var again = TileWriter.append(tiles, Trees.tree(100), Trees.leaves(100, 700));

        assertThat(again).isEqualTo(new TiledTree(tiles, 700).tree());
    }

    @Test
    void saysWhichTileIsMissingOrTorn() {
        var tiles = Trees.tiles(300);
        var torn = new TilePath(0, 1, 44);
        tiles.write(Map.of(torn, new byte[44 * 32 - 1]));

        assertThatThrownBy(() -> new TiledTree(tiles, 300).tree())
                .isInstanceOf(UnreadableTileException.class)
                .hasMessageContaining("tile/0/001.p/44");
        assertThatThrownBy(() -> new TiledTree(tiles, 301).tree())
                .isInstanceOf(UnreadableTileException.class)
                .hasMessageContaining("tile/0/001.p/45");
    }
}
