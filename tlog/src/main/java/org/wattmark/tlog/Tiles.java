package org.wattmark.tlog;

import java.util.Optional;

/// Where tiles are kept. They are derived from the leaves, so losing them loses nothing but time.
///
/// One writer, many readers. What was written is there after a crash, whole or not at all.
public interface Tiles {

    Optional<byte[]> read(TilePath path);

    /// The last write stands. A full tile replaces its partial tiles: they may be gone afterwards.
    void write(TilePath path, byte[] content);
}
