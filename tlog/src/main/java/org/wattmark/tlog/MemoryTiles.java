package org.wattmark.tlog;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/// Tiles that last as long as the process.
public final class MemoryTiles implements Tiles {

    private final Map<TilePath, byte[]> tiles = new ConcurrentHashMap<>();

    @Override
    public Optional<byte[]> read(TilePath path) {
        return Optional.ofNullable(tiles.get(path)).map(byte[]::clone);
    }

    @Override
    public void write(Map<TilePath, byte[]> written) {
        written.forEach((path, content) -> {
            tiles.put(path, content.clone());
            if (path.isFull()) {
                IntStream.range(1, TilePath.FULL).mapToObj(path::withWidth).forEach(tiles::remove);
            }
        });
    }
}
