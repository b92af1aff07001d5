package org.wattmark.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.wattmark.server.ledger.JournalReader;
import org.wattmark.tlog.Checkpoint;
import org.wattmark.tlog.EntryBundle;
import org.wattmark.tlog.Hash;
import org.wattmark.tlog.MemoryTiles;
import org.wattmark.tlog.Merkle;
import org.wattmark.tlog.TilePath;
import org.wattmark.tlog.TileSource;
import org.wattmark.tlog.Tree;

/// What anybody finds in a log that was published honestly, and in one that was not.
class UrlAuditTest {

    private static final History HISTORY = History.shared();
    private static final List<byte[]> LEAVES = leaves();
    private static final Checkpoint LATEST = HISTORY.signed().last().orElseThrow();

    private final Map<TilePath, byte[]> changed = new HashMap<>();

    private static List<byte[]> leaves() {
        var reader = new JournalReader(HISTORY.database().dataSource());
        var leaves = new ArrayList<byte[]>();
        for (var page = reader.page(0); !page.isEmpty(); ) {
            for (var row : page) {
                var leaf = row.leaf();
                leaves.add(leaf == null ? reader.transfer(row).leaf() : leaf.toByteArray());
            }
            page = reader.page(page.getLast().sequence() + 1);
        }
        return leaves;
    }

    private UrlAudit.Findings audit(List<byte[]> leaves, Checkpoint latest) {
        return audit(leaves, latest, Optional.empty());
    }

    private UrlAudit.Findings audit(
            List<byte[]> leaves, Checkpoint latest, Optional<Checkpoint> since) {
        var bundles = new MemoryTiles();
        for (int from = 0; from < leaves.size(); from += TilePath.FULL) {
            var bundle = leaves.subList(from, Math.min(leaves.size(), from + TilePath.FULL));
            var path = new TilePath(TilePath.ENTRIES, from / TilePath.FULL, bundle.size());
            bundles.write(Map.of(path, EntryBundle.encode(bundle)));
        }
        var published = HISTORY.tiles();
        return new UrlAudit(new Public(bundles, published, changed), latest, since, _ -> {}).run();
    }

    private record Public(TileSource bundles, TileSource published, Map<TilePath, byte[]> changed)
            implements TileSource {

        @Override
        public Optional<byte[]> read(TilePath path) {
            return Optional.ofNullable(changed.get(path))
                    .or(() ->
                            path.level() == TilePath.ENTRIES
                                    ? bundles.read(path)
                                    : published.read(path));
        }
    }

    private static Tree treeOf(List<byte[]> leaves) {
        return Tree.EMPTY.append(leaves.stream().map(Merkle::leafHash).toList());
    }

    private static Checkpoint checkpointOf(List<byte[]> leaves) {
        return new Checkpoint(LATEST.origin(), leaves.size(), treeOf(leaves).root());
    }

    @Test
    void anHonestLogAddsUp() {
        var findings = audit(LEAVES, LATEST, Optional.of(checkpointOf(LEAVES.subList(0, 100))));

        assertThat(findings.report().discrepancies()).isEmpty();
        assertThat(findings.report().root()).isEqualTo(LATEST.root());
        assertThat(findings.balances()).isPositive();
        assertThat(findings.totals()).isNotEmpty();
        assertThat(findings.totals().values())
                .allSatisfy(block -> {
                    assertThat(block.issued())
                            .isEqualTo(
                                    block.held()
                                            + block.reserved()
                                            + block.buffer()
                                            + block.retired()
                                            + block.cancelled());
                    assertThat(block.issued()).isEqualTo(block.block().issued().grams());
                });
        assertThat(findings.totals().values()).anyMatch(block -> block.retired() > 0);
        assertThat(findings.totals().values()).anyMatch(block -> block.reserved() > 0);
    }

    @Test
    void anEntryThatIsShownOtherwiseIsNamed() {
        for (int bad = 0; bad < LEAVES.size(); bad += 7) {
            var leaves = new ArrayList<>(LEAVES);
            var leaf = leaves.get(bad).clone();
            leaf[50] ^= 1; // in its time: it still can be read
            leaves.set(bad, leaf);

            var report = audit(leaves, LATEST).report();

            assertThat(report.firstBadSequence()).as(report.toString()).isEqualTo(bad);
        }
    }

    @Test
    void anEntryThatIsNotShownIsNamed() {
        int shown = LEAVES.size() - 3;

        var report = audit(LEAVES.subList(0, shown), LATEST).report();

        assertThat(report.firstBadSequence()).isEqualTo(shown - shown % TilePath.FULL);
        assertThat(report.discrepancies().toString()).contains("does not show this entry");
    }

    @Test
    void aTileThatIsNotMadeOfTheEntriesIsNamed() {
        int width = (int) Math.min(LATEST.size(), TilePath.FULL);
        var path = new TilePath(0, 0, width);
        var tile = HISTORY.tiles().read(path).orElseThrow().clone();
        tile[5 * Hash.BYTES] ^= 1;
        changed.put(path, tile);

        var report = audit(LEAVES, LATEST).report();

        assertThat(report.discrepancies().toString()).contains("tile 0/0 is not made of");
    }

    /// Whoever kept a checkpoint finds a log that was made anew, however well it agrees with
    /// itself.
    @Test
    void aLogThatWasMadeAnewIsFoundByAnEarlierCheckpoint() {
        var before = checkpointOf(LEAVES.subList(0, 120));
        var leaves = new ArrayList<>(LEAVES);
        var leaf = leaves.get(100).clone();
        leaf[50] ^= 1;
        leaves.set(100, leaf);
        var tree = treeOf(leaves);
        tiles(leaves);
        var forged = new Checkpoint(LATEST.origin(), tree.size(), tree.root());

        var alone = audit(leaves, forged).report();
        var remembered = audit(leaves, forged, Optional.of(before)).report();

        assertThat(alone.discrepancies()).isEmpty();
        assertThat(remembered.firstBadSequence()).isEqualTo(119);
        assertThat(remembered.discrepancies().toString()).contains("the root signed at 120");
    }

    /// Publishes the tiles of a log of less than 65,536 leaves.
    private void tiles(List<byte[]> leaves) {
        var parents = new ArrayList<Hash>();
        for (int from = 0; from < leaves.size(); from += TilePath.FULL) {
            var part = leaves.subList(from, Math.min(leaves.size(), from + TilePath.FULL));
            var hashes = part.stream().map(Merkle::leafHash).toList();
            changed.put(new TilePath(0, from / TilePath.FULL, part.size()), bytes(hashes));
            if (part.size() == TilePath.FULL) {
                parents.add(treeOf(part).root());
            }
        }
        if (!parents.isEmpty()) {
            changed.put(new TilePath(1, 0, parents.size()), bytes(parents));
        }
    }

    private static byte[] bytes(List<Hash> hashes) {
        var bytes = new byte[hashes.size() * Hash.BYTES];
        for (int i = 0; i < hashes.size(); i++) {
            System.arraycopy(hashes.get(i).bytes(), 0, bytes, i * Hash.BYTES, Hash.BYTES);
        }
        return bytes;
    }

    @Test
    void aLogThatIsShorterThanItWasIsFound() {
        var shorter = LEAVES.subList(0, 100);
        changed.put(new TilePath(0, 0, 100), Arrays.copyOf(tileZero(), 100 * Hash.BYTES));

        var report = audit(shorter, checkpointOf(shorter), Optional.of(LATEST)).report();

        assertThat(report.firstBadSequence()).isEqualTo(100);
    }

    private static byte[] tileZero() {
        int width = (int) Math.min(LATEST.size(), TilePath.FULL);
        return HISTORY.tiles().read(new TilePath(0, 0, width)).orElseThrow();
    }
}
