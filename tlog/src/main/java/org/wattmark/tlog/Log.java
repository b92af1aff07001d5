package org.wattmark.tlog;

import java.util.List;
import java.util.Optional;

/// The log itself: appends leaves, keeps their tiles, publishes signed checkpoints and proves what
/// it published.
///
/// One thread appends at a time; any number may ask for proofs meanwhile.
public final class Log {

    private final Tiles tiles;
    private final Checkpoints checkpoints;
    private final Signer signer;
    private volatile Published published;

    /// What is published: the tree, and the checkpoint that says so.
    private record Published(Tree tree, SignedCheckpoint checkpoint) {}

    private Log(Tiles tiles, Checkpoints checkpoints, Signer signer, Published published) {
        this.tiles = tiles;
        this.checkpoints = checkpoints;
        this.signer = signer;
        this.published = published;
    }

    /// Opens the log after whatever happened to it, and publishes what the journal has and the log
    /// has not.
    ///
    /// The journal is the truth. Tiles that do not lead to the latest checkpoint are written again
    /// from it; if then they still do not, the journal was changed, and nothing more is signed.
    public static Log open(Tiles tiles, Checkpoints checkpoints, Signer signer, Leaves leaves) {
        var latest = checkpoints.latest();
        var tree = latest.map(it -> treeAt(it.checkpoint(), tiles, leaves)).orElse(Tree.EMPTY);
        if (tree.size() > signer.last().size()) {
            throw new SigningRefusedException(
                    "%d leaves are published, but the signer remembers %d: its state is an old copy"
                            .formatted(tree.size(), signer.last().size()));
        }
        requireLastLeaf(tiles, tree.size(), leaves);
        for (var more = leaves.from(tree.size());
                !more.isEmpty();
                more = leaves.from(tree.size())) {
            tree = TileWriter.append(tiles, tree, more);
        }
        var now = tree;
        var published =
                latest.filter(it -> isAllOf(now, it) && it.checkpoint().equals(signer.last()))
                        .map(it -> new Published(now, it))
                        .orElseGet(() -> publish(tiles, checkpoints, signer, latest, now));
        return new Log(tiles, checkpoints, signer, published);
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
        var tree = Tree.EMPTY;
        while (tree.size() < size) {
            var more = leaves.from(tree.size());
            if (more.isEmpty()) {
                throw new SigningRefusedException(
                        "%d leaves are published, but the journal has %d"
                                .formatted(size, tree.size()));
            }
            int wanted = (int) Math.min(more.size(), size - tree.size());
            tree = TileWriter.append(tiles, tree, more.subList(0, wanted));
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
            var tree = TileWriter.append(tiles, published.tree(), leaves);
            var latest = Optional.of(published.checkpoint());
            published = publish(tiles, checkpoints, signer, latest, tree);
        }
        return latest();
    }

    /// Adds what a witness said of the latest checkpoint, unless it said it of another.
    public synchronized boolean add(VerifierKey witness, NoteSignature cosignature) {
        var latest = published.checkpoint();
        if (!witness.verifies(latest.note().text(), cosignature)) {
            return false;
        }
        var cosigned = latest.with(cosignature);
        replace(checkpoints, Optional.of(latest), cosigned);
        published = new Published(published.tree(), cosigned);
        return true;
    }

    private static Published publish(
            Tiles tiles,
            Checkpoints checkpoints,
            Signer signer,
            Optional<SignedCheckpoint> latest,
            Tree tree) {
        var tiled = new TiledTree(tiles, tree.size());
        var next = signer.sign(tree, since -> tiled.consistency(since, tree.size()));

        // The commit point. A crash before this line loses nothing: the leaves stand in the
        // journal, and
        // writing the same tiles again and signing the same tree again are harmless. After it, no
        // checkpoint may
        // contradict `next`.
        replace(checkpoints, latest, next);
        return new Published(tree, next);
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
