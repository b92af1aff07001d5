package org.wattmark.tlog;

import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// The log itself: appends leaves, keeps their tiles, publishes signed checkpoints and proves what
/// it published.
///
/// One thread appends at a time; any number may ask for proofs meanwhile.
public final class Log {

    private final Tiles tiles;
    private final Checkpoints checkpoints;
    private final Signer signer;
    private final Cosigners cosigners;
    private volatile Published published;

    /// Its tree is the published one; none when a write has failed, and the disk must be asked.
    private @Nullable TileWriter writer;

    /// What is published: the tree, and the checkpoint that says so.
    private record Published(Tree tree, SignedCheckpoint checkpoint) {}

    /// How many full tiles are held before they are written: 256 are 2 MiB and 65,536 leaves.
    private static final int WAITING = 256;

    private Log(
            Tiles tiles,
            Checkpoints checkpoints,
            Signer signer,
            Cosigners cosigners,
            Published published) {
        this.tiles = tiles;
        this.checkpoints = checkpoints;
        this.signer = signer;
        this.cosigners = cosigners;
        this.published = published;
    }

    /// Opens a log that nobody cosigns.
    public static Log open(Tiles tiles, Checkpoints checkpoints, Signer signer, Leaves leaves) {
        return open(tiles, checkpoints, signer, Cosigners.NONE, leaves);
    }

    /// Opens the log after whatever happened to it, and publishes what the journal has and the log
    /// has not.
    ///
    /// The journal is the truth. Tiles that do not lead to the latest checkpoint are written again
    /// from it; if then they still do not, the journal was changed, and nothing more is signed.
    public static Log open(
            Tiles tiles,
            Checkpoints checkpoints,
            Signer signer,
            Cosigners cosigners,
            Leaves leaves) {
        var latest = checkpoints.latest();
        var tree = latest.map(it -> treeAt(it.checkpoint(), tiles, leaves)).orElse(Tree.EMPTY);
        if (tree.size() > signer.last().size()) {
            throw new SigningRefusedException(
                    "%d leaves are published, but the signer remembers %d: its state is an old copy"
                            .formatted(tree.size(), signer.last().size()));
        }
        requireLastLeaf(tiles, tree.size(), leaves);
        var now = extended(tiles, tree, Long.MAX_VALUE, leaves);
        var published =
                latest.filter(it -> isAllOf(now, it) && it.checkpoint().equals(signer.last()))
                        .map(it -> new Published(now, it))
                        .orElseGet(
                                () -> publish(tiles, checkpoints, signer, cosigners, latest, now));
        return new Log(tiles, checkpoints, signer, cosigners, published);
    }

    /// The tree with the leaves that follow it, up to `size`, once its tiles are written.
    private static Tree extended(Tiles tiles, Tree tree, long size, Leaves leaves) {
        var writer = new TileWriter(tiles, tree);
        while (writer.size() < size) {
            var more = leaves.from(writer.size());
            if (more.isEmpty()) {
                break;
            }
            writer.append(more.subList(0, (int) Math.min(more.size(), size - writer.size())));
            if (writer.waiting() >= WAITING) {
                writer.write();
            }
        }
        return writer.write();
    }

    private static boolean isAllOf(Tree tree, SignedCheckpoint latest) {
        return latest.checkpoint().size() == tree.size();
    }

    private static Tree treeAt(Checkpoint checkpoint, Tiles tiles, Leaves leaves) {
        return treeOf(tiles, checkpoint)
                .or(() -> Optional.of(rebuild(tiles, checkpoint.size(), leaves)))
                .filter(tree -> tree.root().equals(checkpoint.root()))
                .orElseThrow(() ->
                        new SigningRefusedException(
                                "the journal does not lead to the root published at "
                                        + checkpoint.size()));
    }

    /// The tree if its tiles are all there and lead to its root.
    private static Optional<Tree> treeOf(Tiles tiles, Checkpoint checkpoint) {
        try {
            return Optional.of(new TiledTree(tiles, checkpoint.size()).tree())
                    .filter(tree -> tree.root().equals(checkpoint.root()));
        } catch (UnreadableTileException e) {
            return Optional.empty(); // tiles can be made again
        }
    }

    /// With its tiles intact a log would not miss the end of its journal, and go on at a wrong
    /// place.
    private static void requireLastLeaf(Tiles tiles, long size, Leaves leaves) {
        if (size > 0) {
            var inTree = new TiledTree(tiles, size).leaf(size - 1);
            var inJournal = leaves.from(size - 1).stream().findFirst();
            if (!inJournal.equals(Optional.of(inTree))) {
                throw new SigningRefusedException(
                        "the journal has not the leaf that was published last, " + (size - 1));
            }
        }
    }

    private static Tree rebuild(Tiles tiles, long size, Leaves leaves) {
        var tree = extended(tiles, Tree.EMPTY, size, leaves);
        if (tree.size() < size) {
            throw new SigningRefusedException(
                    "%d leaves are published, but the journal has %d".formatted(size, tree.size()));
        }
        return tree;
    }

    /// Appends the leaves that begin at `index` of the journal, in their order, and returns the
    /// checkpoint that covers them. When it throws, the same leaves are to be appended again.
    public synchronized SignedCheckpoint append(long index, List<Hash> leaves) {
        if (index != published.tree().size()) {
            throw new IllegalArgumentException(
                    "leaf %d cannot follow %d leaves".formatted(index, published.tree().size()));
        }
        if (!leaves.isEmpty()) {
            var tree = written(leaves);
            var latest = Optional.of(published.checkpoint());
            published = publish(tiles, checkpoints, signer, cosigners, latest, tree);
        }
        return latest();
    }

    private Tree written(List<Hash> leaves) {
        var open = writer;
        if (open == null || open.size() != published.tree().size()) {
            open = new TileWriter(tiles, published.tree());
        }
        writer = null;
        open.append(leaves);
        var tree = open.write();
        writer = open;
        return tree;
    }

    /// Asks for the cosignatures that the latest checkpoint lacks, and adds those that come.
    public synchronized SignedCheckpoint cosign() {
        var latest = published.checkpoint();
        var cosigned = cosigned(latest, cosigners, sinceOf(tiles, published.tree().size()));
        if (!cosigned.equals(latest)) {
            replace(checkpoints, Optional.of(latest), cosigned);
            published = new Published(published.tree(), cosigned);
        }
        return cosigned;
    }

    private static Published publish(
            Tiles tiles,
            Checkpoints checkpoints,
            Signer signer,
            Cosigners cosigners,
            Optional<SignedCheckpoint> latest,
            Tree tree) {
        var since = sinceOf(tiles, tree.size());
        var next = cosigned(signer.sign(tree, since), cosigners, since);

        // The commit point. A crash before this line loses nothing: the leaves stand in the
        // journal, and writing the same tiles again and signing the same tree again are harmless.
        // After it, no checkpoint may contradict `next`.
        replace(checkpoints, latest, next);
        return new Published(tree, next);
    }

    private static SignedCheckpoint cosigned(
            SignedCheckpoint signed, Cosigners cosigners, LongFunction<ConsistencyProof> since) {
        var cosigned = signed;
        for (var cosignature : cosigners.cosign(signed, since)) {
            // One that is there already is left as it is: who has a copy has the same bytes.
            cosigned = cosigned.has(cosignature) ? cosigned : cosigned.with(cosignature);
        }
        return cosigned;
    }

    /// Any thread may ask it: each question reads tiles of its own.
    private static LongFunction<ConsistencyProof> sinceOf(Tiles tiles, long size) {
        return since -> new TiledTree(tiles, size).consistency(since, size);
    }

    private static void replace(
            Checkpoints checkpoints, Optional<SignedCheckpoint> latest, SignedCheckpoint next) {
        if (!checkpoints.replace(latest, next)) {
            throw new IllegalStateException("another process publishes for this log");
        }
    }

    public SignedCheckpoint latest() {
        return published.checkpoint();
    }

    /// The offline proof of leaf `index` under the first checkpoint that covers it; empty until
    /// there is one.
    public Optional<TlogProof> proof(long index) {
        return checkpoints
                .covering(index)
                .map(it -> TlogProof.of(inclusion(index, it.checkpoint().size()), it));
    }

    public InclusionProof inclusion(long index, long size) {
        return tiled().inclusion(index, size);
    }

    public ConsistencyProof consistency(long firstSize, long secondSize) {
        return tiled().consistency(firstSize, secondSize);
    }

    private TiledTree tiled() {
        return new TiledTree(tiles, published.tree().size());
    }
}
