package org.wattmark.tlog;

/// A tile that the tree must have is missing or torn. Tiles are derived from the leaves, so opening
/// the log mends them.
public final class UnreadableTileException extends RuntimeException {

    UnreadableTileException(TilePath path) {
        super("the tile is missing or torn: " + path.path());
    }
}
