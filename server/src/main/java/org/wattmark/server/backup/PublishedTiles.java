package org.wattmark.server.backup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.wattmark.server.backup.Manifest.PlainFile;
import org.wattmark.tlog.Checkpoint;
import org.wattmark.tlog.FileTiles;
import org.wattmark.tlog.Hash;
import org.wattmark.tlog.TilePath;
import org.wattmark.tlog.TiledTree;
import org.wattmark.tlog.UnreadableTileException;

/// The tiles of the tree that a checkpoint is of, and none that came later.
final class PublishedTiles {

    private static final int BITS_PER_LEVEL = 8;

    private final FileTiles tiles;

    PublishedTiles(FileTiles tiles) {
        this.tiles = tiles;
    }

    /// Copies them; none if they are not all there, or lead to another root. Then the server makes
    /// them again from the journal when it starts.
    List<PlainFile> copyTo(Folder folder, Checkpoint checkpoint) throws IOException {
        if (!leadTo(checkpoint)) {
            return List.of();
        }
        var copied = new ArrayList<PlainFile>();
        for (int level = 0; checkpoint.size() >> (BITS_PER_LEVEL * level) > 0; level++) {
            long count = checkpoint.size() >> (BITS_PER_LEVEL * level);
            for (long index = 0; index * TilePath.FULL < count; index++) {
                int width = (int) Math.min(TilePath.FULL, count - index * TilePath.FULL);
                var path = new TilePath(level, index, width);
                var content = read(path);
                if (content.isEmpty()) {
                    return List.of();
                }
                copied.add(folder.write("log/" + path.path(), out -> out.write(content.get())));
            }
        }
        return copied;
    }

    private boolean leadTo(Checkpoint checkpoint) {
        try {
            return new TiledTree(tiles, checkpoint.size()).tree().root().equals(checkpoint.root());
        } catch (UnreadableTileException e) {
            return false;
        }
    }

    /// A narrow tile is the beginning of the full one that replaced it.
    private Optional<byte[]> read(TilePath path) {
        return tiles.read(path)
                .or(() -> tiles.read(new TilePath(path.level(), path.index(), TilePath.FULL)))
                .map(it -> Arrays.copyOf(it, path.width() * Hash.BYTES));
    }
}
