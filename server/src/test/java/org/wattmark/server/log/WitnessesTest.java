package org.wattmark.server.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Status;
import org.wattmark.tlog.Checkpoints;
import org.wattmark.tlog.Hash;
import org.wattmark.tlog.MemoryCheckpoints;
import org.wattmark.tlog.MemoryTiles;
import org.wattmark.tlog.Merkle;
import org.wattmark.tlog.OfflineVerifier;
import org.wattmark.tlog.SignatureType;
import org.wattmark.tlog.SignedCheckpoint;
import org.wattmark.tlog.TiledTree;
import org.wattmark.tlog.TlogProof;
import org.wattmark.tlog.Trust;
import org.wattmark.tlog.Verdict;
import org.wattmark.tlog.VerifierKey;
import org.wattmark.tlog.WitnessFolder;

/// A log and its witnesses, over HTTP; the journal is a list.
class WitnessesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir private Path data = Path.of("");

    private final List<Hash> journal = new CopyOnWriteArrayList<>();
    private final MemoryTiles tiles = new MemoryTiles();
    private final Told checkpoints = new Told();
    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeEach
    void beginALog() {
        LogKey.make(data, "log.example");
    }

    @AfterEach
    void close() throws Exception {
        for (var each : open.reversed()) {
            each.close();
        }
    }

    private static byte[] leaf(long index) {
        return ("leaf " + index).getBytes(UTF_8);
    }

    private void commit(int count) {
        for (int i = 0; i < count; i++) {
            journal.add(Merkle.leafHash(leaf(journal.size())));
        }
    }

    private VerifierKey make(String name, SignatureType type) {
        return WitnessFolder.create(data.resolve(name), name + ".example", type);
    }

    /// Runs the witness at a port, 0 for any free one.
    private URI run(String name, int port) throws IOException {
        var folder = WitnessFolder.open(data.resolve(name));
        open.add(folder);
        var log = LogKey.read(LogKey.fileIn(data));
        var witness = folder.witness(List.of(log), InstantSource.system());
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        var server = WitnessServer.start(witness, address);
        open.add(server);
        return server.url();
    }

    private void stop() throws Exception {
        open.removeLast().close();
        open.removeLast().close();
    }

    private Witnesses asked(String... lines) throws IOException {
        Files.writeString(WitnessFile.in(data), String.join("\n", lines) + "\nquorum none\n");
        return WitnessFile.witnesses(WitnessFile.read(data));
    }

    private Publisher publisher(Witnesses witnesses) {
        return Publisher.start(
                LogKey.fileIn(data),
                tiles,
                checkpoints,
                witnesses,
                index -> journal.stream().skip(index).toList());
    }

    private Verdict verdict(long index, String... lines) {
        var covering = checkpoints.covering(index, lines.length).orElseThrow();
        var size = covering.checkpoint().size();
        var inclusion =
                new TiledTree(tiles, checkpoints.latest().orElseThrow().checkpoint().size())
                        .inclusion(index, size);
        var trust =
                Trust.parse(
                        "log "
                                + LogKey.read(LogKey.fileIn(data))
                                + "\n"
                                + String.join("\n", lines)
                                + "\ngroup all-of-them all north south\nquorum all-of-them\n");
        return new OfflineVerifier(trust).verify(leaf(index), TlogProof.of(inclusion, covering));
    }

    private void awaitCosignatures(int count) throws InterruptedException {
        assertThat(checkpoints.await(count)).isTrue();
    }

    /// Checkpoints that tell when one is published or cosigned.
    private static final class Told implements Checkpoints {

        private final MemoryCheckpoints checkpoints = new MemoryCheckpoints();

        @Override
        public Optional<SignedCheckpoint> latest() {
            return checkpoints.latest();
        }

        @Override
        public Optional<SignedCheckpoint> covering(long index, int cosignatures) {
            return checkpoints.covering(index, cosignatures);
        }

        @Override
        public synchronized boolean replace(
                Optional<SignedCheckpoint> latest, SignedCheckpoint next) {
            boolean replaced = checkpoints.replace(latest, next);
            notifyAll();
            return replaced;
        }

        /// Whether the latest has so many cosignatures before patience ends.
        synchronized boolean await(int cosignatures) throws InterruptedException {
            long until = System.nanoTime() + PATIENCE.toNanos();
            long left = PATIENCE.toMillis();
            while (latest().map(it -> it.cosignatures() < cosignatures).orElse(true) && left > 0) {
                wait(left);
                left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
            }
            return left > 0;
        }
    }

    @Test
    void whatIsPublishedIsCosignedByEveryWitness() throws Exception {
        var north = "witness north " + make("north", SignatureType.ML_DSA_44_COSIGNATURE);
        var south = "witness south " + make("south", SignatureType.COSIGNATURE);
        var witnesses = asked(north + " " + run("north", 0), south + " " + run("south", 0));

        try (var publisher = publisher(witnesses)) {
            commit(3);
            assertThat(publisher.awaitCovering(2, PATIENCE)).isTrue();
            commit(300);
            assertThat(publisher.awaitCovering(302, PATIENCE)).isTrue();

            assertThat(verdict(0, north, south))
                    .isInstanceOfSatisfying(
                            Verdict.Logged.class,
                            logged -> assertThat(logged.cosignatures()).hasSize(2));
            assertThat(verdict(302, north, south)).isInstanceOf(Verdict.Logged.class);
            assertThat(witnesses.states())
                    .containsEntry("north", "cosigns")
                    .containsEntry("south", "cosigns");
        }
    }

    @Test
    void aDeadWitnessHoldsNothingUpAndCosignsWhenItIsBack() throws Exception {
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        var key = make("north", SignatureType.COSIGNATURE);
        var witnesses = asked("witness north " + key + " http://127.0.0.1:" + port);

        try (var publisher = publisher(witnesses)) {
            commit(3);
            assertThat(publisher.awaitCovering(2, PATIENCE)).isTrue();
            var health = new LogHealth(publisher, witnesses).health();
            assertThat(health.getStatus()).isEqualTo(Status.UP);
            assertThat(health.getDetails().get("witnesses")).asString().contains("Connect");

            run("north", port);

            awaitCosignatures(1);
            assertThat(witnesses.states()).containsEntry("north", "cosigns");
        }
    }

    @Test
    void aWitnessThatHangsIsWaitedForOnce() throws Exception {
        var key = make("north", SignatureType.COSIGNATURE);
        var release = new CountDownLatch(1);
        var hanging =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hanging.createContext(
                "/",
                _ -> {
                    try {
                        release.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
        hanging.start();
        open.add(() -> hanging.stop(0));
        open.add(release::countDown);
        var witnesses =
                asked("witness n " + key + " http://127.0.0.1:" + hanging.getAddress().getPort());

        try (var publisher = publisher(witnesses)) { // waits while it opens the log
            commit(3);

            var beforehand = System.nanoTime();
            assertThat(publisher.awaitCovering(2, PATIENCE)).isTrue();

            assertThat(Duration.ofNanos(System.nanoTime() - beforehand))
                    .isLessThan(Witnesses.PATIENCE);
        }
    }

    @Test
    void whoAsksWithoutKnowingWhatAWitnessSawIsToldAndGoesOn() throws Exception {
        var key = make("north", SignatureType.ML_DSA_44_COSIGNATURE);
        var line = "witness north " + key + " " + run("north", 0);
        commit(5);
        try (var _ = publisher(asked(line))) {
            awaitCosignatures(1);
        }

        try (var publisher = publisher(asked(line))) { // a new process, which remembers nothing
            commit(4);
            assertThat(publisher.awaitCovering(8, PATIENCE)).isTrue();

            awaitCosignatures(1);
        }
    }

    @Test
    void aWitnessThatRemembersMoreThanTheLogSaysSo() throws Exception {
        var key = make("north", SignatureType.COSIGNATURE);
        var line = "witness north " + key + " " + run("north", 0);
        commit(5);
        try (var _ = publisher(asked(line))) {
            awaitCosignatures(1);
        }
        // The whole log is an old copy, and so is the state beside its key.
        journal.clear();
        commit(2);
        var old = new MemoryCheckpoints();
        Files.writeString(
                data.resolve("log.key.signed"),
                "log.example\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n");
        var witnesses = asked(line);

        try (var publisher =
                Publisher.start(
                        LogKey.fileIn(data),
                        new MemoryTiles(),
                        old,
                        witnesses,
                        index -> journal.stream().skip(index).toList())) {

            assertThat(publisher.complaint()).isEmpty();
            assertThat(witnesses.states().get("north"))
                    .contains("it has seen 5 leaves, but this log has 2");
            assertThat(old.latest().orElseThrow().cosignatures()).isZero();
        }
    }

    @Test
    void aWitnessOnceStoppedGoesOnWhereItWas() throws Exception {
        var key = make("north", SignatureType.COSIGNATURE);
        var url = run("north", 0);
        var witnesses = asked("witness north " + key + " " + url);
        try (var publisher = publisher(witnesses)) {
            commit(3);
            awaitCosignatures(1);
            stop();
            commit(3);
            assertThat(publisher.awaitCovering(5, PATIENCE)).isTrue();
            assertThat(checkpoints.latest().orElseThrow().cosignatures()).isZero();

            run("north", url.getPort());

            awaitCosignatures(1);
        }
    }
}
