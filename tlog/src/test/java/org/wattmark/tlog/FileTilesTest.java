package org.wattmark.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTilesTest extends TilesContract {

    @TempDir Path folder;

    @Override
    protected Tiles tiles() {
        return new FileTiles(folder);
    }

    @Test
    void liesWhereAWebServerLooks() throws IOException {
        tiles().write(Map.of(new TilePath(2, 1005, 9), new byte[] {5}));

        try (var files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile))
                    .containsExactly(folder.resolve("tile/2/x001/005.p/9"));
        }
    }

    @Test
    void aTornWriteOfTheLastProcessIsOverwritten() throws IOException {
        var tile = new TilePath(0, 0, 256);
        Files.createDirectories(folder.resolve("tile/0"));
        Files.write(folder.resolve("tile/0/000.tmp"), new byte[] {1, 2, 3, 4});

        tiles().write(Map.of(tile, new byte[] {5}));

        assertThat(tiles().read(tile)).hasValue(new byte[] {5});
        assertThat(folder.resolve("tile/0/000.tmp")).doesNotExist();
    }

    @Test
    void saysWhenTheDiskFails() throws IOException {
        Files.createDirectories(folder.resolve("tile/0/000"));
        Files.createFile(folder.resolve("tile/1"));

        assertThatThrownBy(() -> tiles().read(new TilePath(0, 0, 256)))
                .isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> tiles().write(Map.of(new TilePath(1, 0, 256), new byte[1])))
                .isInstanceOf(UncheckedIOException.class);
    }
}
