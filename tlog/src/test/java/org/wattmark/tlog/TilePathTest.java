package org.wattmark.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.wattmark.testing.Seeded;

class TilePathTest {

    @Test
    void isSpelledAsTlogTilesSpellsIt() {
        assertThat(new TilePath(0, 1234067, 256).path()).isEqualTo("tile/0/x001/x234/067");
        assertThat(new TilePath(63, 0, 1).path()).isEqualTo("tile/63/000.p/1");
        assertThat(new TilePath(TilePath.ENTRIES, 5, 255).path())
                .isEqualTo("tile/entries/005.p/255");
        assertThat(new TilePath(1, 1000, 256).path()).isEqualTo("tile/1/x001/000");
        assertThat(new TilePath(0, Long.MAX_VALUE, 256).path())
                .isEqualTo("tile/0/x009/x223/x372/x036/x854/x775/807");
    }

    @Seeded(worlds = 2_000)
    void readsWhatItWrites(RandomGenerator random) {
        var tile =
                new TilePath(
                        random.nextInt(-1, 64),
                        random.nextLong() >>> random.nextInt(1, 64),
                        random.nextInt(1, 257));

        assertThat(TilePath.parse(tile.path())).isEqualTo(tile);
    }

    @Test
    void refusesEveryOtherSpelling() {
        var others =
                List.of(
                        "",
                        "tile/0",
                        "tile/0/",
                        "tile/0/0",
                        "tile/0/0000",
                        "tile/00/000",
                        "tile/64/000",
                        "tile/-1/000",
                        "tile/x/000",
                        "tile/0/x000/001",
                        "tile/0/001/002",
                        "tile/0/x001/x002",
                        "tile/0/000.p/0",
                        "tile/0/000.p/01",
                        "tile/0/000.p/256",
                        "tile/0/000.p/",
                        "tile/0/000.p",
                        "tile/0/000.p/9/",
                        "tile/0/000\n",
                        "/tile/0/000",
                        "tile/0/../../etc/passwd",
                        "tile/0/٠٠٠",
                        "tile/0/x009/x223/x372/x036/x854/x775/808",
                        "tile/0/" + "x999/".repeat(9) + "999",
                        "tile/0/" + "x999/".repeat(100_000) + "999");

        for (var other : others) {
            assertThatThrownBy(() -> TilePath.parse(other)).isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void refusesTilesThatNoTreeHas() {
        for (var wrong :
                List.of(
                        List.of(-2, 0, 1),
                        List.of(64, 0, 1),
                        List.of(0, -1, 1),
                        List.of(0, 0, 0),
                        List.of(0, 0, 257))) {
            assertThatThrownBy(() -> new TilePath(wrong.get(0), wrong.get(1), wrong.get(2)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
