package org.wattmark.server.mirror;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.wattmark.tlog.EntryBundle;
import org.wattmark.tlog.Hash;
import org.wattmark.tlog.SignedCheckpoint;
import org.wattmark.tlog.TilePath;
import org.wattmark.tlog.TiledTree;
import org.wattmark.tlog.TlogProof;

/// What a mirror has of a log, for whoever reads it: the tree of the checkpoint that it serves, and
/// nothing of what is still on its way.
final class MirroredLog {

    private final MirrorFolder folder;

    MirroredLog(MirrorFolder folder) {
        this.folder = folder;
    }

    Optional<SignedCheckpoint> latest() {
        return folder.served();
    }

    /// Hashes or entries, in the form of C2SP `tlog-tiles`; empty beyond what is served.
    Optional<byte[]> tile(TilePath wanted) {
        var widths = new TileWidths(size());
        int widest = widths.width(wanted.level(), wanted.index());
        if (wanted.width() > widest) {
            return Optional.empty();
        }
        // The next checkpoint's tile may have replaced it already: it begins with the same.
        return read(wanted, widest)
                .or(() -> read(wanted, TilePath.FULL))
                .map(it -> beginning(it, wanted));
    }

    private Optional<byte[]> read(TilePath wanted, int width) {
        return folder.tiles().read(new TilePath(wanted.level(), wanted.index(), width));
    }

    private static byte[] beginning(byte[] tile, TilePath wanted) {
        if (wanted.level() != TilePath.ENTRIES) {
            return Arrays.copyOf(tile, wanted.width() * Hash.BYTES);
        }
        var entries = EntryBundle.decode(tile);
        return entries.size() == wanted.width()
                ? tile
                : EntryBundle.encode(entries.subList(0, wanted.width()));
    }

    private long size() {
        return latest().map(it -> it.checkpoint().size()).orElse(0L);
    }

    /// The offline proof of the entry under the checkpoint that is served.
    Optional<TlogProof> proof(long index) {
        return latest().filter(it -> index >= 0 && index < it.checkpoint().size())
                .map(it -> {
                    long size = it.checkpoint().size();
                    var tree = new TiledTree(folder.tiles(), size);
                    return TlogProof.of(tree.inclusion(index, size), it);
                });
    }

    /// The first entry that has this hash. It reads all leaf hashes until there, 32 MB a million.
    OptionalLong indexOf(Hash leaf) {
        var widths = new TileWidths(size());
        for (long index = 0; widths.width(0, index) > 0; index++) {
            var tile = tile(new TilePath(0, index, widths.width(0, index)));
            int place = tile.map(it -> ProvenTiles.hashes(it).indexOf(leaf)).orElse(-1);
            if (place >= 0) {
                return OptionalLong.of(index * TilePath.FULL + place);
            }
        }
        return OptionalLong.empty();
    }
}
