package org.wattmark.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wattmark.testing.Seeded;

class LogTest {

    private static final String ORIGIN = "log.example/1";

    @TempDir Path folder;
    private Path keyFile;
    private final List<Hash> journal = new ArrayList<>();
    private Tiles tiles = new MemoryTiles();
    private Checkpoints checkpoints = new MemoryCheckpoints();

    @BeforeEach
    void givenAKey() {
        keyFile = folder.resolve("log.key");
        KeyFile.create(keyFile, ORIGIN);
    }

    /// At most 100 at once, so that opening a longer journal takes several reads.
    private List<Hash> journalFrom(long index) {
        return journal.stream().skip(index).limit(100).toList();
    }

    private void givenJournal(long size) {
        journal.addAll(Trees.leaves(journal.size(), size));
    }

    private SignedCheckpoint open() {
        try (var signer = Signer.open(keyFile)) {
            return Log.open(tiles, checkpoints, signer, this::journalFrom).latest();
        }
    }

    private void thenPublished(long size) {
        var latest = checkpoints.latest().orElseThrow();
        assertThat(latest.checkpoint())
                .isEqualTo(new Checkpoint(ORIGIN, size, Trees.tree(size).root()));
        assertThat(new TiledTree(tiles, size).tree()).isEqualTo(Trees.tree(size));
    }

    @Test
    void publishesTheEmptyTreeFirst() {
        var first = open();

        assertThat(first.checkpoint()).isEqualTo(new Checkpoint(ORIGIN, 0, Merkle.EMPTY_ROOT));
        thenPublished(0);
    }

    @Test
    void publishesWhatIsAppended() {
        try (var signer = Signer.open(keyFile)) {
            var log = Log.open(tiles, checkpoints, signer, this::journalFrom);

            var signed = log.append(0, Trees.leaves(0, 3));
            log.append(3, Trees.leaves(3, 300));

            assertThat(signed.checkpoint().size()).isEqualTo(3);
            assertThat(log.latest()).isEqualTo(checkpoints.latest().orElseThrow());
            assertThat(log.append(300, List.of())).isEqualTo(log.latest());
            thenPublished(300);
        }
    }

    @Test
    void provesEachLeafUnderTheFirstCheckpointThatCoversIt() {
        try (var signer = Signer.open(keyFile)) {
            var log = Log.open(tiles, checkpoints, signer, this::journalFrom);
            log.append(0, Trees.leaves(0, 3));
            var early = log.proof(2);
            log.append(3, Trees.leaves(3, 300));

            assertThat(log.proof(2)).isEqualTo(early);
            assertThat(log.proof(3).orElseThrow().checkpoint()).isEqualTo(log.latest());
            assertThat(log.proof(300)).isEmpty();
            assertThat(
                            log.inclusion(7, 100)
                                    .verify(Merkle.leafHash(Trees.leaf(7)), Trees.tree(100).root()))
                    .isTrue();
            assertThat(log.consistency(3, 300).verify(Trees.tree(3).root(), Trees.tree(300).root()))
                    .isTrue();
        }
    }

    @Test
    void catchesUpWithTheJournalWhenItOpens() {
        givenJournal(250);
        open();
        givenJournal(777);

        open();

        thenPublished(777);
    }

    @Test
    void openingWithoutNewsPublishesNothing() {
        givenJournal(5);
        var before = open();

        assertThat(open()).isSameAs(before);
    }

    @Test
    void writesLostTilesAgainFromTheJournal() {
        givenJournal(700);
        open();
        tiles = new MemoryTiles();
        givenJournal(705);

        open();

        thenPublished(705);
    }

    @Test
    void writesDamagedTilesAgainFromTheJournal() {
        givenJournal(300);
        open();
        tiles.write(Map.of(new TilePath(0, 1, 44), new byte[44 * 32]));

        open();

        thenPublished(300);
    }

    @Test
    void refusesAJournalThatLostItsTail() {
        givenJournal(300);
        open();
        journal.removeLast();

        tiles = new MemoryTiles();
        assertThatThrownBy(this::open)
                .isInstanceOf(SigningRefusedException.class)
                .hasMessageContaining("300 leaves are published, but the journal has 299");
    }

    @Test
    void refusesAShorterOrOtherEndOfTheJournalWhenTheTilesAreIntact() {
        givenJournal(300);
        open();

        journal.removeLast();
        assertThatThrownBy(this::open)
                .isInstanceOf(SigningRefusedException.class)
                .hasMessageContaining("published last, 299");
        journal.add(Merkle.EMPTY_ROOT);
        assertThatThrownBy(this::open).isInstanceOf(SigningRefusedException.class);
    }

    @Test
    void appendsNeitherTwiceNorWithAGap() {
        try (var signer = Signer.open(keyFile)) {
            var log = Log.open(tiles, checkpoints, signer, this::journalFrom);
            log.append(0, Trees.leaves(0, 3));

            for (long index : List.of(0L, 2L, 4L)) {
                assertThatThrownBy(() -> log.append(index, Trees.leaves(3, 4)))
                        .isInstanceOf(IllegalArgumentException.class);
            }
            thenPublished(3);
        }
    }

    @Test
    void refusesAJournalAndCheckpointsThatLostTheirTailTogether() {
        givenJournal(300);
        open();
        journal.removeLast();
        tiles = new MemoryTiles();
        checkpoints = new MemoryCheckpoints();

        assertThatThrownBy(this::open)
                .isInstanceOf(SigningRefusedException.class)
                .hasMessageContaining("299 leaves, but 300");
    }

    @Test
    void refusesAJournalThatWasChanged() {
        givenJournal(300);
        open();
        journal.set(17, Merkle.EMPTY_ROOT);
        givenJournal(310);
        tiles = new MemoryTiles();

        assertThatThrownBy(this::open)
                .isInstanceOf(SigningRefusedException.class)
                .hasMessageContaining("does not lead to the root published at 300");
        checkpoints = new MemoryCheckpoints();
        assertThatThrownBy(this::open)
                .isInstanceOf(SigningRefusedException.class)
                .hasMessageContaining("contradicts what was signed at 300");
    }

    @Test
    void refusesASignerStateFromABackup() {
        givenJournal(3);
        open();
        var backup = KeyFile.lastSigned(keyFile);
        givenJournal(5);
        open();
        KeyFile.writeState(keyFile, backup);

        assertThatThrownBy(this::open)
                .isInstanceOf(SigningRefusedException.class)
                .hasMessageContaining("5 leaves are published, but the signer remembers 3");
    }

    @Test
    void twoPublishersNeverBothSucceed() {
        try (var signer = Signer.open(keyFile)) {
            var log = Log.open(tiles, checkpoints, signer, this::journalFrom);
            var key = SigningKey.generate(ORIGIN, SignatureType.ED25519);
            var text = new Checkpoint(ORIGIN, 1, Merkle.EMPTY_ROOT).text();
            var foreign = SignedCheckpoint.of(new SignedNote(text, List.of(key.sign(text))));
            checkpoints.replace(checkpoints.latest(), foreign);

            assertThatThrownBy(() -> log.append(0, Trees.leaves(0, 3)))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(checkpoints.latest()).hasValue(foreign);
        }
    }

    @Test
    void addsWhatAWitnessSaysLaterToTheLatestCheckpoint() {
        givenJournal(3);
        var witness = SigningKey.generate("w.example", SignatureType.COSIGNATURE);
        var minutes = new ArrayList<Instant>();
        Cosigners cosigners =
                (signed, _) ->
                        minutes.stream().map(minute -> witness.cosign(signed, minute)).toList();
        try (var signer = Signer.open(keyFile)) {
            var log = Log.open(tiles, checkpoints, signer, cosigners, this::journalFrom);
            assertThat(log.cosign().note().signatures()).hasSize(1);

            minutes.add(Instant.EPOCH);
            var cosigned = log.cosign();

            assertThat(cosigned.note().signatures()).hasSize(2);
            assertThat(checkpoints.latest()).hasValue(cosigned).hasValue(log.latest());
            minutes.set(0, Instant.EPOCH.plusSeconds(60));
            assertThat(log.cosign()).as("what was published stays").isEqualTo(cosigned);
            assertThat(log.append(3, Trees.leaves(3, 4)).note().signatures()).hasSize(2);
            assertThat(log.proof(0).orElseThrow().checkpoint()).isEqualTo(cosigned);
        }
    }

    @Test
    void publishesWithTheCosignaturesThatCameInTime() {
        givenJournal(3);
        var witness = SigningKey.generate("w.example", SignatureType.COSIGNATURE);
        var proven = new ArrayList<ConsistencyProof>();
        Cosigners cosigners =
                (signed, since) -> {
                    proven.add(since.apply(1));
                    return List.of(witness.cosign(signed, Instant.EPOCH));
                };
        try (var signer = Signer.open(keyFile)) {
            var log = Log.open(tiles, checkpoints, signer, cosigners, this::journalFrom);

            log.append(3, Trees.leaves(3, 9));

            for (long index : List.of(0L, 8L)) {
                var note = log.proof(index).orElseThrow().checkpoint().note();
                assertThat(note.signatures())
                        .filteredOn(it -> witness.verifierKey().verifies(note.text(), it))
                        .hasSize(1);
            }
            assertThat(proven.getLast().verify(Trees.tree(1).root(), Trees.tree(9).root()))
                    .isTrue();
        }
    }

    /// The process dies at step n; n counts what is read from and written to tiles and checkpoints.
    private static final class Dies implements Tiles, Checkpoints {

        private final Tiles tiles;
        private final Checkpoints checkpoints;
        private final boolean afterwards;
        private int steps;

        Dies(Tiles tiles, Checkpoints checkpoints, int steps, boolean afterwards) {
            this.tiles = tiles;
            this.checkpoints = checkpoints;
            this.steps = steps;
            this.afterwards = afterwards;
        }

        private <T> T step(Supplier<T> effect) {
            steps--;
            if (steps < 0 && !afterwards) {
                throw new Died();
            }
            var result = effect.get();
            if (steps < 0) {
                throw new Died();
            }
            return result;
        }

        @Override
        public Optional<byte[]> read(TilePath path) {
            return step(() -> tiles.read(path));
        }

        /// It may die between any two of them.
        @Override
        public void write(Map<TilePath, byte[]> written) {
            written.forEach((path, content) -> {
                var _ =
                        step(() -> {
                            tiles.write(Map.of(path, content));
                            return path;
                        });
            });
        }

        @Override
        public Optional<SignedCheckpoint> latest() {
            return step(checkpoints::latest);
        }

        @Override
        public Optional<SignedCheckpoint> covering(long index, int cosignatures) {
            return step(() -> checkpoints.covering(index, cosignatures));
        }

        @Override
        public boolean replace(Optional<SignedCheckpoint> latest, SignedCheckpoint next) {
            return step(() -> checkpoints.replace(latest, next));
        }
    }

    private static final class Died extends RuntimeException {}

    /// Runs until it dies at step `steps`, and says whether it came to the end instead.
    private boolean survives(int steps, boolean afterwards, List<List<Hash>> batches) {
        var dying = new Dies(tiles, checkpoints, steps, afterwards);
        try (var signer = Signer.open(keyFile)) {
            var log = Log.open(dying, dying, signer, this::journalFrom);
            for (var batch : batches) {
                long index = journal.size();
                journal.addAll(batch); // the journal commits before the log appends
                log.append(index, batch);
            }
            return true;
        } catch (Died e) {
            return false;
        }
    }

    @Test
    void recoversFromDeathAtEveryStep() {
        for (boolean afterwards : List.of(false, true)) {
            var batches = List.of(Trees.leaves(0, 3), Trees.leaves(3, 257), Trees.leaves(257, 600));
            int steps = 0;
            while (!survives(steps, afterwards, batches)) {
                open();
                thenPublished(journal.size());
                begin(++steps, afterwards);
            }
            assertThat(steps).as("steps in which it can die").isGreaterThan(15);
            thenPublished(600);
            begin(1000, afterwards);
        }
    }

    /// A new world, with an empty journal and a new key.
    private void begin(int world, boolean afterwards) {
        journal.clear();
        tiles = new MemoryTiles();
        checkpoints = new MemoryCheckpoints();
        keyFile = folder.resolve("log-" + world + afterwards + ".key");
        KeyFile.create(keyFile, ORIGIN);
    }

    @Seeded(worlds = 10)
    void neverContradictsItselfHoweverOftenItDies(RandomGenerator random) {
        begin(random.nextInt(1_000_000), true);
        var seen = new ArrayList<SignedCheckpoint>();

        for (int life = 0; life < 12; life++) {
            var from = journal.size();
            var batches =
                    Stream.of(0, 60, 120).map(i -> Trees.leaves(from + i, from + i + 60L)).toList();
            survives(random.nextInt(25), random.nextBoolean(), batches);
            checkpoints.latest().ifPresent(seen::add);
        }
        seen.add(open());

        thenPublished(journal.size());
        var tree = new TiledTree(tiles, journal.size());
        for (int i = 1; i < seen.size(); i++) {
            var before = seen.get(i - 1).checkpoint();
            var after = seen.get(i).checkpoint();
            var proof = tree.consistency(before.size(), after.size());
            assertThat(proof.verify(before.root(), after.root())).isTrue();
        }
    }

    @Test
    void theSameLeavesAreAppendedAgainAfterAFailure() {
        try (var signer = Signer.open(keyFile)) {
            var failing = new Dies(tiles, checkpoints, 9, true);
            var log = Log.open(failing, failing, signer, this::journalFrom);
            failing.steps = 1;

            assertThatThrownBy(() -> log.append(0, Trees.leaves(0, 600))).isInstanceOf(Died.class);
            failing.steps = 1_000;
            log.append(0, Trees.leaves(0, 600));

            thenPublished(600);
        }
    }
}
