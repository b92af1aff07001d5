package org.wattmark.tlog;

import java.util.Map;

/// Where tiles are kept. They are derived from the leaves, so losing them loses nothing but time.
///
/// One writer, many readers. What was written is there after a crash, each tile whole or not at
/// all.
public interface Tiles extends TileSource {

    /// All of them are kept when it returns; if it throws, any of them may be. The last write
    /// stands. A full tile replaces its partial tiles: they may be gone afterwards.
    void write(Map<TilePath, byte[]> tiles);
}
