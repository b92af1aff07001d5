package org.wattmark.server.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.server.audit.Audit.Signed;
import org.wattmark.server.ledger.RowAudit.Discrepancies;
import org.wattmark.tlog.Checkpoint;
import org.wattmark.tlog.NoteSignature;
import org.wattmark.tlog.SignedCheckpoint;
import org.wattmark.tlog.SignedNote;
import org.wattmark.tlog.Tree;
import org.wattmark.tlog.VerifierKey;
import org.wattmark.units.Bytes;

/// Every checkpoint that was published, and the last that was signed, is of a tree that the journal
/// still grows through; each follows the one before it, and none is gone.
final class CheckpointAudit {

    private final List<SignedCheckpoint> published;
    private final Signed signed;
    private final Optional<PublishedLeaves> leaves;
    private int next;

    /// The size of the last checkpoint whose root was the journal's.
    private long agreed;

    /// Whether the checkpoint before was of another tree. All that follow then are, and are not
    /// told of one by one.
    private boolean disagreed;

    private boolean everDisagreed;

    /// @param published in the order of their sizes
    /// @param leaves that were published, if they are at hand
    CheckpointAudit(
            List<SignedCheckpoint> published, Signed signed, Optional<PublishedLeaves> leaves) {
        this.published = published;
        this.signed = signed;
        this.leaves = leaves;
    }

    /// The smallest size above this one at which something was signed, or a very large one.
    long nextAfter(long size) {
        long checkpoint =
                next < published.size()
                        ? Math.max(published.get(next).checkpoint().size(), size + 1)
                        : Long.MAX_VALUE;
        long last = signed.last().map(Checkpoint::size).filter(it -> it > size).orElse(checkpoint);
        return Math.min(checkpoint, last);
    }

    /// Whether some root that was signed is not the journal's.
    boolean disagrees() {
        return everDisagreed;
    }

    /// The checkpoints in the database, by size. What cannot be read is told of and left out.
    static List<SignedCheckpoint> rows(JdbcClient jdbc, Discrepancies found) {
        var checkpoints = new ArrayList<SignedCheckpoint>();
        var before = new HashMap<String, Long>(); // the size of the latest so far, by origin
        jdbc.sql(
                        """
                        select origin, size, previous, root, cosignatures, note from checkpoint
                        order by size, origin
                        """)
                .query(row -> {
                    long size = row.getLong("size");
                    var origin = String.valueOf(row.getString("origin"));
                    if (row.getLong("previous") != before.getOrDefault(origin, -1L)) {
                        found.add(-1, "a checkpoint is missing or forged before that at " + size);
                    }
                    before.put(origin, size);
                    read(row, found).ifPresent(checkpoints::add);
                });
        return checkpoints;
    }

    private static Optional<SignedCheckpoint> read(ResultSet row, Discrepancies found)
            throws SQLException {
        long size = row.getLong("size");
        try {
            var note = String.valueOf(row.getString("note"));
            var signed = SignedCheckpoint.parse(note);
            var root = row.getBytes("root");
            if (signed.checkpoint().size() != size
                    || !signed.checkpoint().origin().equals(row.getString("origin"))
                    || signed.cosignatures() != row.getInt("cosignatures")
                    || root == null
                    || !Bytes.of(root).equals(Bytes.of(signed.checkpoint().root().bytes()))
                    || !signed.format().equals(note)) {
                found.add(-1, "the row of the checkpoint at " + size + " differs from its note");
            }
            return Optional.of(signed);
        } catch (IllegalArgumentException e) {
            found.add(-1, "the checkpoint at " + size + " cannot be read: " + e.getMessage());
            return Optional.empty();
        }
    }

    /// Compares those that are of this size; called for each size in turn, from 0.
    void check(Tree tree, Discrepancies found) {
        while (next < published.size() && published.get(next).checkpoint().size() == tree.size()) {
            var checkpoint = published.get(next);
            next++;
            boolean agrees = checkpoint.checkpoint().root().equals(tree.root());
            if (!agrees && !disagreed) {
                isOfAnotherTree(checkpoint.checkpoint(), "a checkpoint", found);
            }
            disagreed = !agrees;
            agreed = agrees ? tree.size() : agreed;
            if (!isSignedByLog(checkpoint)) {
                found.add(
                        -1, "the checkpoint at " + tree.size() + " is not signed by the log alone");
            }
        }
        signed.last()
                .filter(last -> last.size() == tree.size())
                .filter(last -> !last.root().equals(tree.root()))
                .ifPresent(last -> isOfAnotherTree(last, "the signer's record", found));
    }

    /// Names the first entry that is not the one which was published, if the tiles tell, and
    /// otherwise the last that it may be.
    private void isOfAnotherTree(Checkpoint it, String who, Discrepancies found) {
        everDisagreed = true;
        var what = who + " at " + it.size() + " leaves is of another tree: ";
        leaves.map(published -> published.firstChangedUnder(it))
                .filter(OptionalLong::isPresent)
                .ifPresentOrElse(
                        first ->
                                found.add(
                                        first.getAsLong(),
                                        what + "this entry is not the one that was published"),
                        () ->
                                found.add(
                                        Math.max(0, it.size() - 1),
                                        "%san entry from %d on was changed"
                                                .formatted(what, agreed)));
    }

    /// One key of the log at least, and nobody but its keys and witnesses that are known.
    private boolean isSignedByLog(SignedCheckpoint checkpoint) {
        var note = checkpoint.note();
        var logs =
                signed.keys().stream()
                        .filter(key -> key.name().equals(checkpoint.checkpoint().origin()))
                        .toList();
        var known = Stream.concat(logs.stream(), signed.witnesses().stream()).toList();
        return signed.keys().isEmpty()
                || (note.signatures().stream().anyMatch(it -> isBy(logs, note, it))
                        && note.signatures().stream().allMatch(it -> isBy(known, note, it)));
    }

    private static boolean isBy(List<VerifierKey> keys, SignedNote note, NoteSignature signature) {
        return keys.stream().anyMatch(key -> key.verifies(note.text(), signature));
    }

    void finish(Tree tree, Discrepancies found) {
        if (next < published.size()) {
            missing(published.get(next).checkpoint(), "a checkpoint was published", tree, found);
        }
        signed.last()
                .filter(last -> last.size() > tree.size())
                .ifPresent(last -> missing(last, "the signer signed", tree, found));
        var latest =
                published.stream()
                        .map(SignedCheckpoint::checkpoint)
                        .filter(it -> signed.last().filter(it::isOfSameLog).isPresent())
                        .reduce((_, later) -> later);
        signed.last()
                .filter(last -> last.size() > 0)
                .filter(last -> latest.isEmpty() || latest.get().size() < last.size())
                .ifPresent(last ->
                        found.add(
                                -1,
                                "the checkpoint that was signed at "
                                        + last.size()
                                        + " leaves is gone"));
    }

    /// A checkpoint of a size that is passed already stands twice, or out of its order.
    private void missing(Checkpoint signed, String how, Tree tree, Discrepancies found) {
        if (signed.size() > tree.size()) {
            everDisagreed = true;
            leaves.map(published -> published.firstChangedUnder(signed))
                    .filter(first -> first.isPresent() && first.getAsLong() < tree.size())
                    .ifPresent(first ->
                            found.add(
                                    first.getAsLong(),
                                    "this entry is not the one that was published"));
            found.add(
                    tree.size(),
                    how + " for " + signed.size() + " leaves: the journal lost its end");
        } else {
            found.add(-1, how + " for " + signed.size() + " leaves more than once");
        }
    }
}
