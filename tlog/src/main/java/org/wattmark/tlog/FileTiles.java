package org.wattmark.tlog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Tiles as files, laid out as C2SP `tlog-tiles` serves them: the folder can be given to any web
/// server.
public final class FileTiles implements Tiles {

    private final Path folder;

    public FileTiles(Path folder) {
        this.folder = folder;
    }

    @Override
    public Optional<byte[]> read(TilePath path) {
        try {
            return Optional.of(Files.readAllBytes(file(path)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file(path), e);
        }
    }

    @Override
    public void write(Map<TilePath, byte[]> tiles) {
        var files = new LinkedHashMap<Path, byte[]>();
        tiles.forEach((path, content) -> files.put(file(path), content));
        DurableFile.replaceAll(files);
        tiles.keySet().stream().filter(TilePath::isFull).forEach(this::dropPartialTiles);
    }

    /// A tile that fills up one leaf at a time leaves 255 partial ones behind, a megabyte in all.
    private void dropPartialTiles(TilePath full) {
        var partialTiles = folder.resolve(full.path() + ".p");
        if (!Files.isDirectory(partialTiles)) {
            return;
        }
        try (var files = Files.list(partialTiles)) {
            for (var file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(partialTiles);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot drop " + partialTiles, e);
        }
    }

    private Path file(TilePath path) {
        return folder.resolve(path.path());
    }
}
