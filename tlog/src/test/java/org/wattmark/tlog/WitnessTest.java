package org.wattmark.tlog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wattmark.testing.Seeded;
import org.wattmark.tlog.Witness.Answer;

/// The rules of C2SP `tlog-witness`, one by one.
class WitnessTest {

    private static final String ORIGIN = "log.example/1";
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final TiledTree TREE = new TiledTree(Trees.tiles(20), 20);

    private static final SigningKey LOG = SigningKey.generate(ORIGIN, SignatureType.ED25519);
    private static final SigningKey KEY =
            SigningKey.generate("w.example", SignatureType.ML_DSA_44_COSIGNATURE);
    private Sightings sightings = new MemorySightings();
    private Witness witness = witness();

    @TempDir Path folder;

    @BeforeEach
    void givenAWitnessThatSawNothing() {
        sightings = new MemorySightings();
        witness = witness();
    }

    private Witness witness() {
        return new Witness(KEY, List.of(LOG.verifierKey()), sightings, () -> NOW);
    }

    private static Checkpoint at(long size) {
        return new Checkpoint(ORIGIN, size, Trees.tree(size).root());
    }

    private SignedCheckpoint signed(Checkpoint checkpoint) {
        return signed(checkpoint, LOG);
    }

    private static SignedCheckpoint signed(Checkpoint checkpoint, SigningKey... keys) {
        var text = checkpoint.text();
        var signatures = List.of(keys).stream().map(it -> it.sign(text)).toList();
        return SignedCheckpoint.of(new SignedNote(text, signatures));
    }

    private Answer when(long old, long size) {
        return when(WitnessRequest.of(TREE.consistency(old, size), signed(at(size))));
    }

    private Answer when(WitnessRequest request) {
        return when(request.format());
    }

    private Answer when(String body) {
        return witness.addCheckpoint(body.getBytes(UTF_8));
    }

    private void givenSeen(long size) {
        assertThat(when(0, size)).isInstanceOf(Answer.Cosigned.class);
    }

    private void thenSeen(long size) {
        assertThat(sightings.latest(ORIGIN)).hasValue(at(size));
    }

    @Test
    void cosignsWhatExtendsWhatItSaw() {
        for (var step : new long[][] {{0, 0}, {0, 1}, {1, 7}, {7, 7}, {7, 8}, {8, 20}}) {
            var answer = when(step[0], step[1]);

            assertThat(answer).isInstanceOf(Answer.Cosigned.class);
            var line = ((Answer.Cosigned) answer).lines();
            var note = SignedNote.parse(signed(at(step[1])).format() + line);
            assertThat(witness.verifierKey().verifies(note.text(), note.signatures().getLast()))
                    .isTrue();
            assertThat(Cosignature.of(witness.verifierKey(), note.signatures().getLast()).time())
                    .isEqualTo(NOW);
            thenSeen(step[1]);
        }
    }

    @Test
    void anEarlierSizeIsAConflictThatTellsTheLatest() {
        givenSeen(7);

        assertThat(when(0, 8)).isEqualTo(new Answer.Conflicting(7));
        assertThat(when(6, 8)).isEqualTo(new Answer.Conflicting(7));
        assertThat(when(8, 9)).isEqualTo(new Answer.Conflicting(7));
        assertThat(when(7, 8)).isInstanceOf(Answer.Cosigned.class);
    }

    @Test
    void anotherTreeOfTheSameSizeIsAConflict() {
        givenSeen(7);
        var other = new Checkpoint(ORIGIN, 7, Trees.tree(8).root());

        var answer = when(WitnessRequest.of(TREE.consistency(7, 7), signed(other)));

        assertThat(answer).isEqualTo(new Answer.Conflicting(7));
        thenSeen(7);
    }

    @Test
    void anotherHistoryIsUnproven() {
        givenSeen(7);
        var forged = Tree.EMPTY.append(Trees.leaves(100, 109));
        var submitted = new Checkpoint(ORIGIN, 9, forged.root());

        var answer = when(WitnessRequest.of(TREE.consistency(7, 9), signed(submitted)));

        assertThat(answer).isEqualTo(new Answer.Unproven(at(7), submitted));
        thenSeen(7);
    }

    @Test
    void aProofThatIsMissingOrTooLongOrIdleIsNone() {
        assertThat(when(new WitnessRequest(0, List.of(Merkle.EMPTY_ROOT), signed(at(3)))))
                .isInstanceOf(Answer.Unproven.class);
        givenSeen(7);
        var hashes = new ArrayList<>(TREE.consistency(7, 9).hashes());
        hashes.add(Merkle.EMPTY_ROOT);

        assertThat(when(new WitnessRequest(7, List.of(), signed(at(9)))))
                .isInstanceOf(Answer.Unproven.class);
        assertThat(when(new WitnessRequest(7, hashes, signed(at(9)))))
                .isInstanceOf(Answer.Unproven.class);
        assertThat(when(new WitnessRequest(7, List.of(Merkle.EMPTY_ROOT), signed(at(7)))))
                .isInstanceOf(Answer.Unproven.class);
        thenSeen(7);
    }

    @Test
    void aLogThatShrankIsMalformed() {
        givenSeen(7);

        assertThat(when(new WitnessRequest(7, List.of(), signed(at(6)))))
                .isInstanceOf(Answer.Malformed.class);
        thenSeen(7);
    }

    @Test
    void anUnknownLogIsNotFound() {
        var foreign = SigningKey.generate("other.example", SignatureType.ED25519);
        var checkpoint = new Checkpoint("other.example", 0, Merkle.EMPTY_ROOT);

        assertThat(when(new WitnessRequest(0, List.of(), signed(checkpoint, foreign))))
                .isEqualTo(new Answer.UnknownOrigin("other.example"));
        // Another log's name under a key that is known does not make it that log's.
        assertThat(when(new WitnessRequest(0, List.of(), signed(checkpoint, LOG))))
                .isEqualTo(new Answer.UnknownOrigin("other.example"));
    }

    @Test
    void aCheckpointThatItsLogDidNotSignIsForbidden() {
        var stranger = SigningKey.generate(ORIGIN, SignatureType.ED25519);
        var note = signed(at(3)).note();
        var forged =
                new SignedNote(at(4).text(), note.signatures()); // the signature of another text

        assertThat(when(new WitnessRequest(0, List.of(), signed(at(3), stranger))))
                .isEqualTo(new Answer.NotSigned(ORIGIN));
        assertThat(when(new WitnessRequest(0, List.of(), SignedCheckpoint.of(forged))))
                .isEqualTo(new Answer.NotSigned(ORIGIN));
        assertThat(when(new WitnessRequest(0, List.of(), signed(at(3), stranger, LOG))))
                .isInstanceOf(Answer.Cosigned.class);
    }

    @Test
    void aLogMayHaveTwoKeysAndEitherIsEnough() {
        var successor = SigningKey.generate(ORIGIN, SignatureType.ED25519);
        var keys = List.of(LOG.verifierKey(), successor.verifierKey());
        witness = new Witness(KEY, keys, sightings, () -> NOW);

        var both = when(new WitnessRequest(0, List.of(), signed(at(3), LOG, successor)));
        var proof = TREE.consistency(3, 5);
        var later = when(WitnessRequest.of(proof, signed(at(5), successor)));

        assertThat(both).isInstanceOf(Answer.Cosigned.class);
        assertThat(later).isInstanceOf(Answer.Cosigned.class);
    }

    @Test
    void whatIsNoRequestIsMalformed() {
        var note = signed(at(3)).format();
        var hash = Merkle.EMPTY_ROOT.base64() + "\n";
        for (var body :
                List.of(
                        "",
                        "old 0",
                        "old 0\n",
                        "old 0\n\n",
                        "old\n\n" + note,
                        "old 00\n\n" + note,
                        "old -1\n\n" + note,
                        "old 0 \n\n" + note,
                        "old 9223372036854775808\n\n" + note,
                        "new 0\n\n" + note,
                        " old 0\n\n" + note,
                        "old 0\n" + note,
                        "old 0\nAAAA\n\n" + note,
                        "old 0\n" + hash.repeat(64) + "\n" + note,
                        "old 0\n\n" + note.strip(),
                        "old 0\n\n" + at(3).text(),
                        "old 0\n\n" + note.replace("\n3\n", "\n03\n"))) {
            assertThat(when(body)).as(body).isInstanceOf(Answer.Malformed.class);
        }
        assertThat(witness.addCheckpoint(new byte[] {(byte) 0xff}))
                .isInstanceOf(Answer.Malformed.class);
        assertThat(sightings.latest(ORIGIN)).isEmpty();
    }

    @Test
    void aRequestReadsBackAsItWasWritten() {
        var request = WitnessRequest.of(TREE.consistency(7, 20), signed(at(20)));

        assertThat(WitnessRequest.parse(request.format().getBytes(UTF_8))).isEqualTo(request);
    }

    @Test
    void onlyAWitnessHasAKeyOfAWitness() {
        assertThatThrownBy(() -> new Witness(LOG, List.of(), sightings, () -> NOW))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /// The process dies in `replace`, before or after the file is written.
    private static final class Dies implements Sightings {

        private final Sightings sightings;
        private final boolean afterwards;

        Dies(Sightings sightings, boolean afterwards) {
            this.sightings = sightings;
            this.afterwards = afterwards;
        }

        @Override
        public Optional<Checkpoint> latest(String origin) {
            return sightings.latest(origin);
        }

        @Override
        public boolean replace(Optional<Checkpoint> latest, Checkpoint next) {
            if (afterwards) {
                sightings.replace(latest, next);
            }
            throw new Died();
        }
    }

    private static final class Died extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    @Test
    void nothingIsCosignedBeforeItIsRemembered() {
        for (boolean afterwards : List.of(false, true)) {
            var files = new FileSightings(folder.resolve("dies-" + afterwards));
            sightings = new Dies(files, afterwards);
            witness = witness();
            assertThatThrownBy(() -> when(0, 7)).isInstanceOf(Died.class);

            sightings = files;
            witness = witness();
            var again = when(0, 7);

            assertThat(again)
                    .isInstanceOf(afterwards ? Answer.Conflicting.class : Answer.Cosigned.class);
            assertThat(when(7, 9)).isInstanceOf(Answer.Cosigned.class);
        }
    }

    /// Somebody who has the log's key tries two histories; the witness is started anew each time.
    @Seeded(worlds = 20)
    void neverCosignsTwoHistories(RandomGenerator random) {
        var otherTiles = new MemoryTiles();
        TileWriter.append(otherTiles, Tree.EMPTY, Trees.leaves(1000, 1020));
        var histories = List.of(TREE, new TiledTree(otherTiles, 20));
        var cosigned = new HashSet<Integer>();

        for (int i = 0; i < 20; i++) {
            witness = witness();
            int history = random.nextInt(2);
            long seen = sightings.latest(ORIGIN).map(Checkpoint::size).orElse(0L);
            long size = Math.min(20, seen + random.nextInt(4));
            var from = history * 1000L;
            var root = Tree.EMPTY.append(Trees.leaves(from, from + size)).root();
            var proof = histories.get(history).consistency(seen, size);
            var submitted = signed(new Checkpoint(ORIGIN, size, root));
            var answer = when(WitnessRequest.of(proof, submitted));
            if (size > 0 && answer instanceof Answer.Cosigned) {
                cosigned.add(history);
            }
        }

        assertThat(cosigned).hasSize(1);
    }

    @Test
    void livesInAFolderThatOneProcessHolds() {
        var made = WitnessFolder.create(folder, "w.example", SignatureType.ML_DSA_44_COSIGNATURE);
        try (var first = WitnessFolder.open(folder)) {
            assertThat(first.verifierKey()).isEqualTo(made);
            assertThatThrownBy(() -> WitnessFolder.open(folder))
                    .isInstanceOf(SigningRefusedException.class);
            witness = first.witness(List.of(LOG.verifierKey()), () -> NOW);
            assertThat(when(0, 7)).isInstanceOf(Answer.Cosigned.class);
        }

        try (var again = WitnessFolder.open(folder)) {
            witness = again.witness(List.of(LOG.verifierKey()), () -> NOW);
            assertThat(when(0, 7)).isEqualTo(new Answer.Conflicting(7));
        }
        assertThat(WitnessFolder.isThere(folder)).isTrue();
        assertThatThrownBy(
                        () -> WitnessFolder.create(folder, "v.example", SignatureType.COSIGNATURE))
                .isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> WitnessFolder.create(folder, "log", SignatureType.ED25519))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
