package org.wattmark.server.audit;

import java.util.List;
import java.util.Optional;
import org.wattmark.server.audit.Audit.Signed;
import org.wattmark.server.ledger.RowAudit.Discrepancies;
import org.wattmark.tlog.Checkpoint;
import org.wattmark.tlog.SignedCheckpoint;
import org.wattmark.tlog.Tree;

/// Every checkpoint that was published, and the last that was signed, is of a tree that the journal
/// still grows through.
final class CheckpointAudit {

    private final List<SignedCheckpoint> published;
    private final Signed signed;
    private int next;

    /// @param published in the order of their sizes
    CheckpointAudit(List<SignedCheckpoint> published, Signed signed) {
        this.published = published;
        this.signed = signed;
    }

    /// Compares those that are of this size; called for each size in turn, from 0.
    void check(Tree tree, Discrepancies found) {
        while (next < published.size() && published.get(next).checkpoint().size() == tree.size()) {
            var checkpoint = published.get(next);
            next++;
            require(checkpoint.checkpoint(), tree, "a checkpoint", found);
            if (!isSignedByLog(checkpoint)) {
                found.add(tree.size() - 1, "the checkpoint at " + tree.size() + " is not signed");
            }
        }
        signed.last()
                .filter(last -> last.size() == tree.size())
                .ifPresent(last -> require(last, tree, "the signer's record", found));
    }

    private static void require(Checkpoint signed, Tree tree, String who, Discrepancies found) {
        if (!signed.root().equals(tree.root())) {
            found.add(
                    Math.max(0, tree.size() - 1),
                    who
                            + " at "
                            + tree.size()
                            + " leaves is of another tree: an entry before it"
                            + " was changed");
        }
    }

    private boolean isSignedByLog(SignedCheckpoint checkpoint) {
        return signed.key()
                .map(key ->
                        checkpoint.note().signatures().stream()
                                .anyMatch(signature ->
                                        key.verifies(checkpoint.note().text(), signature)))
                .orElse(true);
    }

    void finish(Tree tree, Discrepancies found) {
        if (next < published.size()) {
            missing(published.get(next).checkpoint(), "a checkpoint was published", tree, found);
        }
        signed.last()
                .filter(last -> last.size() > tree.size())
                .ifPresent(last -> missing(last, "the signer signed", tree, found));
        Optional<Checkpoint> latest =
                published.isEmpty()
                        ? Optional.empty()
                        : Optional.of(published.getLast().checkpoint());
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

    private static void missing(Checkpoint signed, String how, Tree tree, Discrepancies found) {
        found.add(tree.size(), how + " for " + signed.size() + " leaves: the journal lost its end");
    }
}
