package org.wattmark.tlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/// What holds for tiles wherever they are kept.
public abstract class TilesContract {

    private static final TilePath FULL = new TilePath(0, 1234067, 256);
    private static final TilePath PARTIAL = new TilePath(0, 1234067, 3);
    private static final byte[] CONTENT = {1, 2, 3};

    protected abstract Tiles tiles();

    @Test
    protected void readsWhatWasWrittenAndNothingElse() {
        var tiles = tiles();

        tiles.write(Map.of(PARTIAL, CONTENT));

        assertThat(tiles.read(PARTIAL)).hasValue(CONTENT);
        assertThat(tiles.read(FULL)).isEmpty();
        assertThat(tiles.read(PARTIAL.withWidth(4))).isEmpty();
        assertThat(tiles.read(new TilePath(1, 1234067, 3))).isEmpty();
    }

    @Test
    protected void theLastWriteStands() {
        var tiles = tiles();

        tiles.write(Map.of(FULL, new byte[] {9, 9, 9, 9}));
        tiles.write(Map.of(FULL, CONTENT));
        tiles.write(Map.of(FULL, CONTENT));

        assertThat(tiles.read(FULL)).hasValue(CONTENT);
    }

    @Test
    protected void aFullTileReplacesItsPartialTilesOnly() {
        var tiles = tiles();
        var neighbour = new TilePath(0, 1234066, 3);
        tiles.write(Map.of(neighbour, CONTENT));
        tiles.write(Map.of(PARTIAL.withWidth(1), CONTENT));
        tiles.write(Map.of(PARTIAL.withWidth(255), CONTENT));

        tiles.write(Map.of(FULL, CONTENT));

        assertThat(tiles.read(PARTIAL.withWidth(1))).isEmpty();
        assertThat(tiles.read(PARTIAL.withWidth(255))).isEmpty();
        assertThat(tiles.read(FULL)).hasValue(CONTENT);
        assertThat(tiles.read(neighbour)).hasValue(CONTENT);
    }

    @Test
    protected void writesManyAtOnce() {
        var tiles = tiles();
        var other = new TilePath(1, 0, 7);
        tiles.write(Map.of(PARTIAL, CONTENT));

        tiles.write(Map.of(FULL, CONTENT, other, new byte[] {7}));
        tiles.write(Map.of());

        assertThat(tiles.read(FULL)).hasValue(CONTENT);
        assertThat(tiles.read(other)).hasValue(new byte[] {7});
        assertThat(tiles.read(PARTIAL)).isEmpty();
    }

    @Test
    protected void keepsItsOwnCopy() {
        var tiles = tiles();
        var content = CONTENT.clone();

        tiles.write(Map.of(FULL, content));
        content[0] = 7;
        tiles.read(FULL).orElseThrow()[1] = 7;

        assertThat(tiles.read(FULL)).hasValue(CONTENT);
    }
}
