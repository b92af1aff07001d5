package org.wattmark.tlog;

import java.util.Locale;
import java.util.regex.Pattern;

/// Which tile: the name of a resource of C2SP `tlog-tiles`, as a path relative to the log's prefix.
///
/// @param level 0 for leaf hashes, 1 for roots of full tiles of level 0, and so on; [#ENTRIES] for
///   an entry bundle
/// @param index the place of the tile within its level
/// @param width how many hashes or entries it has, 1 to 256; below 256 it is a partial tile
public record TilePath(int level, long index, int width) {

    /// The level, so to speak, of the entries themselves.
    public static final int ENTRIES = -1;

    /// How many hashes a full tile has.
    public static final int FULL = 256;

    private static final int MAX_LEVEL = 63;

    /// No valid path is longer than `tile/entries/` and seven groups of the index and a width.
    private static final int MAX_LENGTH = 64;

    private static final Pattern PATH =
            Pattern.compile(
                    "tile/(entries|[0-9]{1,2})/((?:x[0-9]{3}/)*[0-9]{3})(?:\\.p/([0-9]{1,3}))?");

    public TilePath {
        if (level < ENTRIES || level > MAX_LEVEL || index < 0 || width < 1 || width > FULL) {
            throw new IllegalArgumentException(
                    "no tile of level %d, index %d, width %d".formatted(level, index, width));
        }
    }

    /// Reads what [#path] writes and nothing else, so a path that came in may name a file.
    public static TilePath parse(String path) {
        var parts = PATH.matcher(path);
        if (path.length() > MAX_LENGTH || !parts.matches()) {
            throw new MalformedException("not the path of a tile: " + path);
        }
        try {
            int level =
                    parts.group(1).equals("entries") ? ENTRIES : Integer.parseInt(parts.group(1));
            long index = Long.parseLong(parts.group(2).replaceAll("[x/]", ""));
            int width = parts.group(3) == null ? FULL : Integer.parseInt(parts.group(3));
            var tile = new TilePath(level, index, width);
            if (tile.path().equals(path)) {
                return tile;
            }
        } catch (IllegalArgumentException e) {
            throw new MalformedException("no such tile: " + path, e);
        }
        throw new MalformedException("not the one spelling of this tile: " + path);
    }

    /// For example `tile/0/x001/x234/067` or `tile/entries/000.p/9`.
    public String path() {
        var path = String.format(Locale.ROOT, "%03d", index % 1000);
        for (long rest = index / 1000; rest > 0; rest /= 1000) {
            path = String.format(Locale.ROOT, "x%03d/", rest % 1000) + path;
        }
        var kind = level == ENTRIES ? "entries" : Integer.toString(level);
        return "tile/" + kind + "/" + path + (isFull() ? "" : ".p/" + width);
    }

    public boolean isFull() {
        return width == FULL;
    }

    TilePath withWidth(int other) {
        return new TilePath(level, index, other);
    }
}
