package org.wattmark.tlog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.wattmark.testing.Seeded;

class TlogProofTest {

    private static final SigningKey LOG =
            SigningKey.generate("log.example/1", SignatureType.ED25519);
    private static final SigningKey NORTH =
            SigningKey.generate("north.example", SignatureType.COSIGNATURE);
    private static final SigningKey SOUTH =
            SigningKey.generate("south.example", SignatureType.COSIGNATURE);
    private static final Tiles TILES = Trees.tiles(300);
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final Trust ONE_WITNESS = trust("group some any north south\nquorum some");

    private static final byte[] WITNESSED =
            witnessed(proof(7, 100), NORTH).format().getBytes(UTF_8);

    private static Trust trust(String quorum) {
        return Trust.parse(
                "log "
                        + LOG.verifierKey()
                        + "\n"
                        + "witness north "
                        + NORTH.verifierKey()
                        + "\n"
                        + "witness south "
                        + SOUTH.verifierKey()
                        + "\n"
                        + quorum);
    }

    private static SignedCheckpoint checkpoint(long size) {
        var text = new Checkpoint("log.example/1", size, Trees.tree(size).root()).text();
        return SignedCheckpoint.of(new SignedNote(text, List.of(LOG.sign(text))));
    }

    private static TlogProof proof(long index, long size) {
        return TlogProof.of(new TiledTree(TILES, 300).inclusion(index, size), checkpoint(size));
    }

    private static TlogProof witnessed(TlogProof proof, SigningKey... witnesses) {
        var seen = proof.checkpoint();
        for (var witness : witnesses) {
            seen = seen.with(witness.cosign(seen, NOON));
        }
        return new TlogProof(proof.extra(), proof.index(), proof.hashes(), seen);
    }

    private static Verdict verdict(Trust trust, long leaf, TlogProof proof) {
        return new OfflineVerifier(trust).verify(Trees.leaf(leaf), proof);
    }

    @Test
    void isWrittenAsTlogProofSays() {
        var proof = proof(1, 3);

        var text = proof.format();

        assertThat(text)
                .isEqualTo(
                        "c2sp.org/tlog-proof@v1\nindex 1\n"
                                + Trees.leaves(0, 1).getFirst().base64()
                                + "\n"
                                + Trees.leaves(2, 3).getFirst().base64()
                                + "\n\n"
                                + checkpoint(3).format());
        assertThat(proof.withExtra(new byte[] {1, 2}).format())
                .contains("@v1\nextra AQI=\nindex 1\n");
    }

    @Seeded(worlds = 40)
    void readsWhatItWrites(RandomGenerator random) {
        long size = random.nextLong(1, 300);
        var extra = new byte[random.nextInt(40)];
        random.nextBytes(extra);
        var proof = witnessed(proof(random.nextLong(size), size), NORTH).withExtra(extra);

        var read = TlogProof.parse(proof.format().getBytes(UTF_8));

        assertThat(read).isEqualTo(proof);
        assertThat(read.extraBytes()).isEqualTo(extra);
        assertThat(
                        read.inclusion()
                                .verify(
                                        Merkle.leafHash(Trees.leaf(read.index())),
                                        Trees.tree(size).root()))
                .isTrue();
    }

    @Test
    void refusesProofsThatAreNone() {
        var good = proof(1, 3).format();
        var others =
                List.of(
                        "",
                        "\n\n",
                        good.replace("@v1", "@v2"),
                        good.replace("index 1", "index 01"),
                        good.replace("index 1", "index 3"),
                        good.replace("index 1", "index"),
                        good.replace("index 1\n", ""),
                        good.replace("index 1", "extra \nindex 1"),
                        good.replace("index 1", "extra ?\nindex 1"),
                        good.replace("index 1", "extra AQI=\nextra AQI=\nindex 1"),
                        good.replace("index 1", "extra AQI="),
                        good.replace("index 1\n", "index 1\nAAAA\n"),
                        good.replace("\n\n", "\n"),
                        good.substring(0, good.indexOf("\n\n")),
                        good.substring(0, good.indexOf("\n\n") + 2),
                        "c2sp.org/tlog-proof@v1\n\n" + checkpoint(3).format());

        for (var other : others) {
            assertThatThrownBy(() -> TlogProof.parse(other))
                    .as(other)
                    .isInstanceOf(MalformedException.class);
        }
        assertThatThrownBy(() -> TlogProof.parse(new byte[] {(byte) 0xff}))
                .isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> TlogProof.of(proof(1, 3).inclusion(), checkpoint(4)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Seeded(worlds = 2_000)
    void garbageIsMalformedAndNothingElse(RandomGenerator random) {
        var bytes = WITNESSED.clone();
        for (int i = random.nextInt(1, 6); i > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        var cut = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));

        try {
            var _ = TlogProof.parse(cut);
        } catch (MalformedException expected) {
            assertThat(expected).hasMessageNotContaining("null");
        }
    }

    @Test
    void aLoggedLeafIsLogged() {
        var checkpoint = checkpoint(100).checkpoint();

        assertThat(verdict(trust("quorum none"), 7, proof(7, 100)))
                .isEqualTo(new Verdict.Logged(checkpoint, List.of(), 0));
        assertThat(verdict(ONE_WITNESS, 7, witnessed(proof(7, 100), SOUTH)))
                .isEqualTo(
                        new Verdict.Logged(
                                checkpoint,
                                List.of(new Cosignature(SOUTH.verifierKey(), NOON)),
                                1));
        assertThat(verdict(ONE_WITNESS, 7, witnessed(proof(7, 100), SOUTH, NORTH)))
                .isEqualTo(
                        new Verdict.Logged(
                                checkpoint,
                                List.of(
                                        new Cosignature(NORTH.verifierKey(), NOON),
                                        new Cosignature(SOUTH.verifierKey(), NOON)),
                                1));
    }

    @Test
    void tooFewWitnessesAreSaidSo() {
        var checkpoint = checkpoint(100).checkpoint();
        var both = trust("group both all north south\nquorum both");

        assertThat(verdict(ONE_WITNESS, 7, proof(7, 100)))
                .isEqualTo(new Verdict.NotWitnessed(checkpoint, List.of(), 1));
        assertThat(verdict(both, 7, witnessed(proof(7, 100), NORTH)))
                .isEqualTo(
                        new Verdict.NotWitnessed(
                                checkpoint,
                                List.of(new Cosignature(NORTH.verifierKey(), NOON)),
                                2));
        assertThat(verdict(both, 7, witnessed(proof(7, 100), NORTH, SOUTH)))
                .isInstanceOf(Verdict.Logged.class);
    }

    @Test
    void oneWitnessCountsOnceHoweverOftenItSigned() {
        var proof = proof(7, 100);
        var twice =
                new SignedNote(
                        proof.checkpoint().note().text(),
                        List.of(
                                proof.checkpoint().note().signatures().getFirst(),
                                NORTH.cosign(proof.checkpoint(), NOON),
                                NORTH.cosign(proof.checkpoint(), NOON.plusSeconds(9))));
        var repeated = new TlogProof("", 7, proof.hashes(), SignedCheckpoint.of(twice));

        assertThat(verdict(trust("group both all north south\nquorum both"), 7, repeated))
                .isEqualTo(
                        new Verdict.NotWitnessed(
                                checkpoint(100).checkpoint(),
                                List.of(new Cosignature(NORTH.verifierKey(), NOON)),
                                2));
    }

    @Test
    void anUnknownWitnessCountsForNothing() {
        var stranger = SigningKey.generate("north.example", SignatureType.COSIGNATURE);

        assertThat(verdict(ONE_WITNESS, 7, witnessed(proof(7, 100), stranger)))
                .isInstanceOf(Verdict.NotWitnessed.class);
    }

    @Test
    void aForgeryUnderAFreshKeyIsOfAnUnknownLog() {
        var fresh = SigningKey.generate("log.example/1", SignatureType.ED25519);
        var text = checkpoint(100).note().text();
        var forged = SignedCheckpoint.of(new SignedNote(text, List.of(fresh.sign(text))));
        var proof = new TlogProof("", 7, proof(7, 100).hashes(), forged);
        var unknown =
                new Verdict.UnknownLog("log.example/1", List.of(fresh.verifierKey().fingerprint()));

        assertThat(verdict(ONE_WITNESS, 7, proof)).isEqualTo(unknown);
        assertThat(verdict(Trust.NOBODY, 7, proof)).isEqualTo(unknown);
    }

    @Test
    void aTrustedLogCannotSpeakForAnother() {
        var text = new Checkpoint("log.example/2", 100, Trees.tree(100).root()).text();
        var foreign = SignedCheckpoint.of(new SignedNote(text, List.of(LOG.sign(text))));

        assertThat(verdict(ONE_WITNESS, 7, new TlogProof("", 7, proof(7, 100).hashes(), foreign)))
                .isEqualTo(
                        new Verdict.UnknownLog(
                                "log.example/2", List.of(LOG.verifierKey().fingerprint())));
    }

    @Test
    void aBadSignatureByAKnownKeySpoilsTheNote() {
        var proof = proof(7, 100);
        var ofAnother = LOG.sign("another text\n");
        var byLog = new SignedNote(proof.checkpoint().note().text(), List.of(ofAnother));
        var byWitness = proof.checkpoint().with(NORTH.cosign(checkpoint(99), NOON));

        assertThat(
                        verdict(
                                trust("quorum none"),
                                7,
                                new TlogProof("", 7, proof.hashes(), SignedCheckpoint.of(byLog))))
                .isEqualTo(new Verdict.BadSignature(LOG.verifierKey().fingerprint()));
        assertThat(
                        verdict(
                                trust("quorum none"),
                                7,
                                new TlogProof("", 7, proof.hashes(), byWitness)))
                .isEqualTo(new Verdict.BadSignature(NORTH.verifierKey().fingerprint()));
    }

    @Test
    void anotherLeafOrPlaceIsNotIncluded() {
        var notIncluded = new Verdict.NotIncluded(checkpoint(100).checkpoint());
        var moved = new TlogProof("", 8, proof(7, 100).hashes(), checkpoint(100));

        assertThat(verdict(ONE_WITNESS, 8, proof(7, 100))).isEqualTo(notIncluded);
        assertThat(verdict(ONE_WITNESS, 7, moved)).isEqualTo(notIncluded);
    }

    @Test
    void noByteOfAProofCanBeChanged() {
        var proof = witnessed(proof(7, 100), NORTH);
        var trust = trust("quorum north");
        var text = proof.format().getBytes(UTF_8);
        assertThat(verdict(trust, 7, TlogProof.parse(text))).isInstanceOf(Verdict.Logged.class);

        for (int i = 0; i < text.length; i++) {
            var changed = text.clone();
            changed[i] ^= (byte) (1 << (i % Byte.SIZE));
            assertThat(isLogged(trust, changed)).as("byte " + i).isFalse();
        }
        for (int length = 0; length < text.length; length++) {
            assertThat(isLogged(trust, Arrays.copyOf(text, length))).isFalse();
        }
        assertThat(isLogged(trust, Arrays.copyOf(text, text.length + 1))).isFalse();
    }

    private static boolean isLogged(Trust trust, byte[] proof) {
        try {
            return verdict(trust, 7, TlogProof.parse(proof)) instanceof Verdict.Logged;
        } catch (MalformedException e) {
            return false;
        }
    }
}
