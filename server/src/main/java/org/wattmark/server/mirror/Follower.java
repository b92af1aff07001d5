package org.wattmark.server.mirror;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.wattmark.server.log.RemoteLog;
import org.wattmark.server.mirror.ProvenTiles.Unproven;
import org.wattmark.tlog.Checkpoint;
import org.wattmark.tlog.EntryBundle;
import org.wattmark.tlog.Hash;
import org.wattmark.tlog.MalformedException;
import org.wattmark.tlog.Merkle;
import org.wattmark.tlog.NoteSignature;
import org.wattmark.tlog.SignedCheckpoint;
import org.wattmark.tlog.SignedNote;
import org.wattmark.tlog.TilePath;
import org.wattmark.tlog.TiledTree;
import org.wattmark.tlog.Trust;
import org.wattmark.tlog.VerifierKey;

/// Follows a log: from each checkpoint to a later one that provably extends it, and never back.
final class Follower {

    /// How many tiles are written at once: each write waits for the disk.
    private static final int AT_ONCE = 128;

    private final RemoteLog remote;
    private final Trust trust;
    private final MirrorFolder folder;
    private final LongConsumer progress;

    /// @param progress is told how many leaves are here, now and then
    Follower(RemoteLog remote, Trust trust, MirrorFolder folder, LongConsumer progress) {
        this.remote = remote;
        this.trust = trust;
        this.folder = folder;
        this.progress = progress;
    }

    /// Takes over what is new, if the log proves it. Interrupted at any moment, the next call goes
    /// on from there.
    Round once() {
        var note = remote.checkpoint();
        if (note.isEmpty()) {
            return new Round.Refused("the log has published nothing yet");
        }
        SignedCheckpoint next;
        try {
            next = SignedCheckpoint.parse(note.get());
        } catch (MalformedException e) {
            return new Round.Refused("its checkpoint is malformed: " + e.getMessage());
        }
        var doubt = doubt(next.note(), next.checkpoint());
        if (doubt.isPresent()) {
            return new Round.Refused(doubt.get());
        }
        try {
            return follow(next);
        } catch (Unproven | MalformedException e) {
            return new Round.Refused(String.valueOf(e.getMessage()));
        }
    }

    /// Why the note is not believed to be the log's, or not yet.
    private Optional<String> doubt(SignedNote note, Checkpoint checkpoint) {
        var keys =
                trust.logs().stream().filter(it -> it.name().equals(checkpoint.origin())).toList();
        var claimed = note.signatures().stream().filter(it -> keyOf(keys, it).isPresent()).toList();
        if (claimed.isEmpty()) {
            return Optional.of(
                    "%s signs with %s, which is not trusted"
                            .formatted(
                                    checkpoint.origin(),
                                    note.signatures().stream()
                                            .map(NoteSignature::fingerprint)
                                            .collect(Collectors.joining(", "))));
        }
        for (var signature : claimed) {
            if (!keyOf(keys, signature).orElseThrow().verifies(note.text(), signature)) {
                return Optional.of("the signature of " + signature.fingerprint() + " is false");
            }
        }
        var cosignatures = trust.cosignatures(note);
        return trust.isQuorum(cosignatures)
                ? Optional.empty()
                : Optional.of(
                        "%d witnesses have cosigned at %d leaves, of %d asked for"
                                .formatted(cosignatures.size(), checkpoint.size(), trust.quorum()));
    }

    private static Optional<VerifierKey> keyOf(List<VerifierKey> keys, NoteSignature signature) {
        return keys.stream()
                .filter(it -> it.fingerprint().equals(signature.fingerprint()))
                .findFirst();
    }

    private Round follow(SignedCheckpoint next) {
        var seen = folder.seen();
        if (seen.isEmpty()) {
            return takeOver(next, ProvenTiles.of(remote, next.checkpoint()));
        }
        var before = seen.get().checkpoint();
        var now = next.checkpoint();
        if (!before.isOfSameLog(now)) {
            return new Round.Refused(
                    "this is a mirror of %s, and not of %s"
                            .formatted(before.origin(), now.origin()));
        }
        if (now.size() == before.size() && !now.root().equals(before.root())) {
            return forked(seen.get(), next, "Both are of %d leaves.\n".formatted(now.size()));
        }
        if (now.size() < before.size()) {
            return olderThanServed(next);
        }
        var tiles = ProvenTiles.of(remote, now);
        var theirs = new TiledTree(tiles, before.size()).tree().root();
        if (!theirs.equals(before.root())) {
            return forked(seen.get(), next, contradiction(before, now, theirs, tiles));
        }
        return takeOver(next, tiles);
    }

    /// A cache may show an old checkpoint. It is passed over, unless it is of another tree.
    private Round olderThanServed(SignedCheckpoint next) {
        var older = next.checkpoint();
        var served = folder.served();
        if (served.isPresent() && older.size() <= served.get().checkpoint().size()) {
            long size = served.get().checkpoint().size();
            var ours = new TiledTree(folder.tiles(), size);
            var proof = ours.consistency(older.size(), size);
            if (!proof.verify(older.root(), served.get().checkpoint().root())) {
                return forked(
                        served.get(),
                        next,
                        "The tree of %d leaves does not extend that of %d.\n"
                                .formatted(size, older.size()));
            }
        }
        return new Round.Refused(
                "it shows a checkpoint of %d leaves that is older than what is here"
                        .formatted(older.size()));
    }

    /// Whoever has the two notes can check it: the hashes lead from the root that the larger tree
    /// had at the smaller size to the root that was signed, and that is not the smaller one's.
    private static String contradiction(
            Checkpoint before, Checkpoint now, Hash theirs, ProvenTiles tiles) {
        var proof = new TiledTree(tiles, now.size()).consistency(before.size(), now.size());
        return """
        The tree of %d leaves does not extend that of %d leaves.
        At %d leaves it had the root
        %s
        as this consistency proof (RFC 6962 section 2.1.2) shows:
        %s
        """
                .formatted(
                        now.size(),
                        before.size(),
                        before.size(),
                        theirs.base64(),
                        proof.hashes().stream()
                                .map(Hash::base64)
                                .collect(Collectors.joining("\n")));
    }

    private Round forked(SignedCheckpoint seen, SignedCheckpoint next, String explanation) {
        folder.keepEvidence(seen, next, explanation);
        return new Round.Forked(explanation);
    }

    private Round takeOver(SignedCheckpoint next, ProvenTiles tiles) {
        long before = folder.served().map(it -> it.checkpoint().size()).orElse(0L);
        if (before < next.checkpoint().size() || folder.served().isEmpty()) {
            folder.beginAt(next);
            var old = new TileWidths(before);
            for (int level = tiles.widths().levels() - 1; level >= 0; level--) {
                copy(level, old, tiles);
            }
        }
        if (!folder.served().equals(Optional.of(next))) {
            folder.serve(next);
        }
        return new Round.Followed(before, next.checkpoint().size());
    }

    private void copy(int level, TileWidths old, ProvenTiles tiles) {
        var fresh = new LinkedHashMap<TilePath, byte[]>();
        long first = old.count(level) / TilePath.FULL;
        for (long index = first; tiles.widths().width(level, index) > 0; index++) {
            int width = tiles.widths().width(level, index);
            if (width == old.width(level, index)) {
                continue;
            }
            copy(new TilePath(level, index, width), tiles, fresh);
            if (fresh.size() >= AT_ONCE) {
                folder.tiles().write(fresh);
                fresh.clear();
                if (level == 0) {
                    progress.accept((index + 1) * TilePath.FULL);
                }
            }
        }
        folder.tiles().write(fresh);
    }

    private void copy(TilePath path, ProvenTiles tiles, Map<TilePath, byte[]> fresh) {
        var entries = new TilePath(TilePath.ENTRIES, path.index(), path.width());
        if (path.isFull() && isHere(path, entries, tiles)) {
            return; // an earlier call was interrupted after it
        }
        var tile = tiles.read(path).orElseThrow();
        fresh.put(path, tile);
        if (path.level() == 0) {
            fresh.put(entries, bundle(entries, tile));
        }
    }

    private boolean isHere(TilePath path, TilePath entries, ProvenTiles tiles) {
        var tile = folder.tiles().read(path);
        if (tile.isEmpty() || (path.level() == 0 && folder.tiles().read(entries).isEmpty())) {
            return false;
        }
        try {
            tiles.require(path, tile.get());
            return true;
        } catch (Unproven damaged) {
            return false;
        }
    }

    /// The entries whose hashes are those of the tile, which was proven.
    private byte[] bundle(TilePath path, byte[] tile) {
        var bundle =
                remote.read(path)
                        .or(() ->
                                remote.read(
                                        new TilePath(
                                                TilePath.ENTRIES, path.index(), TilePath.FULL)))
                        .orElseThrow(() -> new Unproven("it has no " + path.path()));
        var entries = EntryBundle.decode(bundle);
        if (entries.size() < path.width()) {
            throw new Unproven("its " + path.path() + " is torn");
        }
        var wanted = entries.subList(0, path.width());
        if (!wanted.stream().map(Merkle::leafHash).toList().equals(ProvenTiles.hashes(tile))) {
            throw new Unproven("its " + path.path() + " is not what it signed");
        }
        return EntryBundle.encode(wanted);
    }
}
