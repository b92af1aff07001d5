package org.wattmark.tlog;

import java.util.Optional;

/// Where tiles are read: the disk of whoever makes the log, or anybody's copy of it.
@FunctionalInterface
public interface TileSource {

    Optional<byte[]> read(TilePath path);
}
