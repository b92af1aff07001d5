package org.wattmark.tlog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wattmark.tlog.Witness.Answer;

/// Byte for byte what another implementation makes: `interop/vectors.py`, which shares no code with
/// this one, made the vectors.
class InteropTest {

    private static final long SIZE = 66_000;
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

    /// The tree of the vectors, made by this implementation.
    private static final Made MADE = new Made();

    @TempDir Path folder;

    private static final class Made {

        private final Map<TilePath, byte[]> written =
                new TreeMap<>((a, b) -> a.path().compareTo(b.path()));
        private final MemoryTiles tiles = new MemoryTiles();
        private final Tree tree;

        Made() {
            var recording =
                    new Tiles() {
                        @Override
                        public Optional<byte[]> read(TilePath path) {
                            return tiles.read(path);
                        }

                        @Override
                        public void write(Map<TilePath, byte[]> all) {
                            written.putAll(all);
                            tiles.write(all);
                        }
                    };
            tree = TileWriter.append(recording, Tree.EMPTY, leaves(SIZE));
        }
    }

    private static byte[] leaf(long index) {
        return ("entry " + index + " of the interop log").getBytes(UTF_8);
    }

    private static List<Hash> leaves(long size) {
        return LongStream.range(0, size).mapToObj(InteropTest::leaf).map(Merkle::leafHash).toList();
    }

    private static String vector(String name) throws IOException {
        try (var in = InteropTest.class.getResourceAsStream("/interop/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8);
        }
    }

    private static TiledTree tree() {
        return new TiledTree(MADE.tiles, SIZE);
    }

    @Test
    void makesTheSameTiles() throws Exception {
        var sha256 = MessageDigest.getInstance("SHA-256");

        var listing =
                MADE.written.entrySet().stream()
                        .map(it ->
                                HexFormat.of().formatHex(sha256.digest(it.getValue()))
                                        + "  "
                                        + it.getKey().path())
                        .sorted()
                        .toList();

        assertThat(listing).isEqualTo(vector("tiles.sha256").lines().sorted().toList());
    }

    @Test
    void makesAndAcceptsTheSameProofs() throws IOException {
        for (var line : vector("proofs.txt").lines().toList()) {
            var words = List.of(line.split(" "));
            var hashes = words.stream().skip(3).map(Hash::ofBase64).toList();
            long first = Long.parseLong(words.get(1));
            switch (words.getFirst()) {
                case "root" -> assertThat(rootAt(first)).isEqualTo(Hash.ofBase64(words.get(2)));
                case "inclusion" -> {
                    long size = Long.parseLong(words.get(2));
                    var proof = new InclusionProof(first, size, hashes);
                    assertThat(tree().inclusion(first, size)).isEqualTo(proof);
                    assertThat(proof.verify(Merkle.leafHash(leaf(first)), rootAt(size))).isTrue();
                }
                default -> {
                    long size = Long.parseLong(words.get(2));
                    var proof = new ConsistencyProof(first, size, hashes);
                    assertThat(tree().consistency(first, size)).isEqualTo(proof);
                    assertThat(proof.verify(rootAt(first), rootAt(size))).isTrue();
                }
            }
        }
    }

    private static Hash rootAt(long size) {
        return new TiledTree(MADE.tiles, size).tree().root();
    }

    @Test
    void signsTheSameNote() throws IOException {
        var keyFile = folder.resolve("log.key");
        Files.writeString(keyFile, vector("log.keys"));
        Files.setPosixFilePermissions(keyFile, PosixFilePermissions.fromString("rw-------"));
        KeyFile.writeState(keyFile, Checkpoint.parse(vector("earlier")));
        var theirs = SignedCheckpoint.parse(vector("checkpoint"));

        SignedCheckpoint ours;
        try (var signer = Signer.open(keyFile)) {
            ours = signer.sign(MADE.tree, since -> tree().consistency(since, SIZE));
        }

        assertThat(ours.note().text()).isEqualTo(theirs.note().text());
        assertThat(ours.note().signatures()).isEqualTo(theirs.note().signatures().subList(0, 2));
        assertThat(theirs.format()).isEqualTo(vector("checkpoint"));
    }

    @Test
    void cosignsTheSame() throws IOException {
        var theirs = SignedCheckpoint.parse(vector("checkpoint"));
        var north = SigningKey.parse(vector("north.key").strip());
        var south = SigningKey.parse(vector("south.key").strip());
        var trust = Trust.parse(vector("policy.txt"));

        assertThat(trust.witnesses())
                .containsEntry("north", north.verifierKey())
                .containsEntry("south", south.verifierKey());
        assertThat(south.cosign(theirs, TIME)).isEqualTo(theirs.note().signatures().get(3));
        var message =
                Cosignature.message(
                        SignatureType.ML_DSA_44_COSIGNATURE,
                        "north.example/w",
                        TIME.getEpochSecond(),
                        theirs.note().text());
        assertThat(HexFormat.of().formatHex(message))
                .isEqualTo(vector("cosigned-message.hex").strip());
        // ML-DSA-44 signatures are randomized: the same message, another signature.
        assertThat(trust.cosignatures(theirs.note()))
                .extracting(Cosignature::time)
                .containsExactly(TIME, TIME);
        assertThat(trust.cosignatures(theirs.note().with(north.cosign(theirs, TIME)))).hasSize(2);
    }

    @Test
    void acceptsTheSameProofFile() throws IOException {
        var proof = TlogProof.parse(vector("entry-12345.tlog-proof"));
        var trust = Trust.parse(vector("policy.txt"));

        assertThat(new OfflineVerifier(trust).verify(leaf(12_345), proof))
                .isInstanceOfSatisfying(
                        Verdict.Logged.class,
                        logged -> assertThat(logged.cosignatures()).hasSize(2));
        assertThat(new OfflineVerifier(trust).verify(leaf(12_346), proof))
                .isInstanceOf(Verdict.NotIncluded.class);
        assertThat(TlogProof.of(tree().inclusion(12_345, SIZE), proof.checkpoint()).format())
                .isEqualTo(vector("entry-12345.tlog-proof"));
    }

    @Test
    void asksAndAnswersAWitnessTheSame() throws IOException {
        var body = vector("add-checkpoint");
        var request = WitnessRequest.parse(body.getBytes(UTF_8));
        var sightings = new MemorySightings();
        sightings.replace(Optional.empty(), Checkpoint.parse(vector("earlier")));
        var witness =
                new Witness(
                        SigningKey.parse(vector("south.key").strip()),
                        Trust.parse(vector("policy.txt")).logs(),
                        sightings,
                        () -> TIME);

        var answer = witness.addCheckpoint(body.getBytes(UTF_8));

        assertThat(request.format()).isEqualTo(body);
        assertThat(WitnessRequest.of(tree().consistency(700, SIZE), request.checkpoint()))
                .isEqualTo(request);
        var southLine =
                Arrays.stream(vector("checkpoint").split("\n"))
                        .filter(it -> it.startsWith("— south"))
                        .collect(Collectors.joining());
        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Cosigned.class,
                        cosigned -> assertThat(cosigned.lines()).isEqualTo(southLine + "\n"));
    }
}
