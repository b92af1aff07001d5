package org.wattmark.server.audit;

import java.util.List;
import java.util.Optional;
import org.wattmark.server.ledger.RowAudit.Discrepancies;
import org.wattmark.tlog.Hash;
import org.wattmark.tlog.Tree;

/// Grows the tree over the leaves, and compares its root at each size at which one was signed.
final class TreeAudit {

    private final CheckpointAudit checkpoints;
    private final Optional<PublishedLeaves> published;
    private final Discrepancies found;
    private Tree tree = Tree.EMPTY;

    TreeAudit(
            CheckpointAudit checkpoints, Optional<PublishedLeaves> published, Discrepancies found) {
        this.checkpoints = checkpoints;
        this.published = published;
        this.found = found;
        checkpoints.check(tree, found);
    }

    void append(List<Hash> leaves) {
        for (int i = 0; i < leaves.size(); i++) {
            long index = tree.size() + i;
            var leaf = leaves.get(i);
            published.ifPresent(it -> it.compare(index, leaf));
        }
        for (int from = 0; from < leaves.size(); ) {
            long room = checkpoints.nextAfter(tree.size()) - tree.size();
            int to = (int) Math.min(leaves.size(), from + Math.min(room, leaves.size()));
            tree = tree.append(leaves.subList(from, to));
            checkpoints.check(tree, found);
            from = to;
        }
    }

    Tree tree() {
        return tree;
    }

    void finish() {
        checkpoints.finish(tree, found);
        if (!checkpoints.disagrees()) {
            published
                    .map(PublishedLeaves::firstDifference)
                    .filter(index -> index.isPresent() && index.getAsLong() < tree.size())
                    .ifPresent(index ->
                            found.add(
                                    -1,
                                    "the published tile of leaf "
                                            + index.getAsLong()
                                            + " is damaged; it can be made anew"));
        }
    }
}
