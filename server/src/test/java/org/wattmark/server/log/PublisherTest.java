package org.wattmark.server.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Status;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.Sequencer;
import org.wattmark.server.postgres.TestPostgres;
import org.wattmark.tlog.Checkpoints;
import org.wattmark.tlog.Cosigners;
import org.wattmark.tlog.FileTiles;
import org.wattmark.tlog.KeyVault;
import org.wattmark.tlog.Merkle;
import org.wattmark.tlog.SignedCheckpoint;
import org.wattmark.tlog.TilePath;
import org.wattmark.tlog.TiledTree;
import org.wattmark.tlog.Tiles;

/// A publisher over rows that the test writes, so that it is given no signal unless the test says
/// so. `LogOverHttpTest` has the real sequencer.
class PublisherTest {

    /// Long enough that only a publisher which hangs needs it.
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final JdbcClient jdbc = JdbcClient.create(TestPostgres.freshDatabase().dataSource());
    private final JdbcCheckpoints checkpoints =
            new JdbcCheckpoints(jdbc, InstantSource.system(), "log.example");
    private final JournalLeaves leaves = new JournalLeaves(jdbc);

    @TempDir private Path data;

    private Tiles tiles = new FileTiles(Path.of("never"));

    @BeforeEach
    void beginALog() {
        tiles = new FileTiles(data.resolve("log"));
        LogKey.make(data, "log.example");
    }

    private Publisher start() {
        return startWith(tiles, checkpoints);
    }

    private Publisher startWith(Tiles someTiles, Checkpoints someCheckpoints) {
        return Publisher.start(LogKey.fileIn(data), someTiles, someCheckpoints, leaves);
    }

    /// Entries `from` to `to`, exclusive.
    private void commit(long from, long to) {
        commit(from, to, "leaf ");
    }

    private void commit(long from, long to, String text) {
        jdbc.sql(
                        """
                        insert into journal (sequence, epoch, at, leaf)
                        select n, 1, now(), convert_to(:text || n, 'UTF8')
                        from generate_series(:from, :to) as n
                        """)
                .param("text", text)
                .param("from", from)
                .param("to", to - 1)
                .update();
    }

    private void truncateTo(long size) {
        jdbc.sql("delete from journal where sequence >= :size").param("size", size).update();
        jdbc.sql("delete from checkpoint where size > :size").param("size", size).update();
    }

    private long publishedSize() {
        return checkpoints.latest().map(it -> it.checkpoint().size()).orElse(-1L);
    }

    private void thenEveryLeafIsIncluded(long size) {
        var latest = checkpoints.latest().orElseThrow().checkpoint();
        assertThat(latest.size()).isEqualTo(size);
        var tree = new TiledTree(tiles, size);
        for (long i = 0; i < size; i++) {
            var leaf = Merkle.leafHash(("leaf " + i).getBytes(UTF_8));
            assertThat(tree.inclusion(i, size).verify(leaf, latest.root())).isTrue();
        }
    }

    @Test
    void publishesAtStartWhatTheJournalHas() {
        commit(0, 4_200); // more than one page

        try (var publisher = start()) {
            assertThat(publisher.complaint()).isEmpty();
            thenEveryLeafIsIncluded(4_200);
        }
    }

    @Test
    void aLostSignalCostsNothing() {
        try (var publisher = start()) {
            commit(0, 3);

            assertThat(publisher.awaitCovering(2, PATIENCE)).isTrue();

            thenEveryLeafIsIncluded(3);
        }
    }

    @Test
    void nobodyWaitsLongerThanHeSaid() {
        try (var publisher = start()) {
            assertThat(publisher.awaitCovering(0, Duration.ofMillis(20))).isFalse();
        }
    }

    @Test
    void publishesWhatIsCommittedWhenItStops() {
        try (var _ = start()) {
            commit(0, 3);
        }

        thenEveryLeafIsIncluded(3);
    }

    @Test
    void goesOnAfterARestart() {
        commit(0, 300);
        try (var publisher = start()) {
            assertThat(publisher.awaitCovering(299, PATIENCE)).isTrue();
        }
        var before = checkpoints.latest().orElseThrow();

        try (var publisher = start()) {
            assertThat(publisher.complaint()).isEmpty();
            assertThat(checkpoints.latest()).hasValue(before);
            commit(300, 700);
            assertThat(publisher.awaitCovering(699, PATIENCE)).isTrue();
        }

        thenEveryLeafIsIncluded(700);
    }

    @Test
    void aCrashBetweenTheTilesAndTheCheckpointIsHarmless() {
        commit(0, 300);
        var crashing =
                new Disturbed(_ -> {
                    throw new IllegalStateException("killed");
                });

        try (var publisher = startWith(tiles, crashing)) {
            assertThat(publisher.hasRefused()).isTrue();
        }
        assertThat(publishedSize()).isEqualTo(-1);
        commit(300, 310);

        try (var publisher = start()) {
            assertThat(publisher.complaint()).isEmpty();
            thenEveryLeafIsIncluded(310);
        }
    }

    @Test
    void aCrashAmongTheTilesIsHarmless() {
        commit(0, 5);
        try (var _ = start()) {
            thenEveryLeafIsIncluded(5);
        }
        commit(5, 900);
        var written = new AtomicInteger();
        var crashing =
                new Tiles() {
                    @Override
                    public Optional<byte[]> read(TilePath path) {
                        return tiles.read(path);
                    }

                    @Override
                    public void write(Map<TilePath, byte[]> all) {
                        all.forEach((path, content) -> {
                            if (written.incrementAndGet() > 2) {
                                throw new IllegalStateException("killed");
                            }
                            tiles.write(Map.of(path, content));
                        });
                    }
                };
        try (var publisher = startWith(crashing, checkpoints)) {
            assertThat(publisher.hasRefused()).isTrue();
        }

        try (var publisher = start()) {
            assertThat(publisher.complaint()).isEmpty();
            thenEveryLeafIsIncluded(900);
        }
    }

    @Test
    void anAnswerThatIsLostIsAskedForAgain() {
        var answersUntilLoss = new AtomicInteger(1);
        var losing =
                new Disturbed(write -> {
                    var done = write.getAsBoolean();
                    if (answersUntilLoss.getAndDecrement() == 0) {
                        throw new DataAccessResourceFailureException("the answer is lost");
                    }
                    return done;
                });
        try (var publisher = startWith(tiles, losing)) {
            commit(0, 3);
            assertThat(publisher.awaitCovering(2, PATIENCE)).isTrue();
            commit(3, 6);

            assertThat(publisher.awaitCovering(5, PATIENCE)).isTrue();

            assertThat(answersUntilLoss).hasNonPositiveValue();
            assertThat(publisher.complaint()).isEmpty();
            thenEveryLeafIsIncluded(6);
        }
    }

    @Test
    void aJournalThatLostItsTailIsNotSigned() {
        commit(0, 10);
        try (var _ = start()) {
            thenEveryLeafIsIncluded(10);
        }
        truncateTo(5);

        try (var publisher = start()) {
            assertThat(publisher.hasRefused()).isTrue();
            assertThat(publisher.complaint().orElseThrow())
                    .contains("the log has 5 leaves, but 10 were signed");
            commit(5, 20);
            assertThat(publisher.awaitCovering(19, PATIENCE)).isFalse();
        }

        assertThat(checkpointRows("size > 5")).isZero();
    }

    @Test
    void aJournalWhoseTailIsRewrittenIsNotSigned() {
        commit(0, 10);
        try (var _ = start()) {
            thenEveryLeafIsIncluded(10);
        }
        truncateTo(5);
        commit(5, 20, "another leaf ");

        try (var publisher = start()) {
            assertThat(publisher.complaint().orElseThrow())
                    .contains("the log of 20 leaves contradicts what was signed at 10");
        }

        assertThat(checkpointRows("size > 5")).isZero();
    }

    @Test
    void aJournalWithAHoleIsNotSigned() {
        try (var publisher = start()) {
            jdbc.sql(
                            """
                            insert into journal (sequence, epoch, at, leaf)
                            select n, 1, now(), 'x' from unnest(array[0, 1, 3]) as n
                            """)
                    .update();

            assertThat(publisher.awaitCovering(3, PATIENCE)).isFalse();

            assertThat(publisher.complaint().orElseThrow()).contains("entry 2");
            assertThat(publishedSize()).isZero();
        }
    }

    @Test
    void publishesOnlyWhileItsServerLeads() {
        var leader = new AtomicLong(1);
        try (var one = startBeside(leader);
                var other = startBeside(leader)) {
            commit(0, 3);
            one.accept(new Sequencer.Event.Leads(1));
            assertThat(other.awaitCovering(2, PATIENCE)).isTrue();

            leader.set(2);
            other.accept(new Sequencer.Event.Leads(2));
            commit(3, 7);
            assertThat(one.awaitCovering(6, PATIENCE)).isTrue();

            leader.set(3);
            one.accept(new Sequencer.Event.Leads(3));
            commit(7, 9);
            assertThat(other.awaitCovering(8, PATIENCE)).isTrue();

            assertThat(one.complaint()).isEmpty();
            assertThat(other.complaint()).isEmpty();
        }
        thenEveryLeafIsIncluded(9);
    }

    private Publisher startBeside(AtomicLong leader) {
        var key = LogKey.fileIn(data);
        return Publisher.start(
                key, KeyVault.NONE, tiles, checkpoints, Cosigners.NONE, leaves, leader::get);
    }

    /// As when a leader wakes in the middle of publishing, and another has published since.
    @Test
    void twoWhoBelieveThatTheyLeadNeverPublishTwoTrees() {
        commit(0, 3);

        try (var one = start();
                var other = start()) {
            commit(3, 5_000);
            one.accept(new Sequencer.Event.Leads(-1)); // only a signal to look
            other.accept(new Sequencer.Event.Leads(-1));

            assertThat(one.awaitCovering(4_999, PATIENCE)).isTrue();
            assertThat(other.awaitCovering(4_999, PATIENCE)).isTrue();
        }
        thenEveryLeafIsIncluded(5_000);
    }

    @Test
    void readinessSaysWhyNothingIsSigned() throws Exception {
        try (var publisher = start()) {
            assertThat(new LogHealth(publisher, Witnesses.NONE).health().getStatus())
                    .isEqualTo(Status.UP);
        }
        Files.delete(data.resolve("log.key.signed"));

        try (var publisher = start()) {
            var health = new LogHealth(publisher, Witnesses.NONE).health();
            assertThat(health.getStatus()).isEqualTo(Status.DOWN);
            assertThat(health.getDetails().get("reason"))
                    .asString()
                    .contains("nobody knows what the key signed last");
        }
    }

    private long checkpointRows(String condition) {
        return jdbc.sql("select count(*) from checkpoint where " + condition)
                .query(Long.class)
                .single();
    }

    /// The database's checkpoints, but that a test decides what becomes of `replace`.
    private final class Disturbed implements Checkpoints {

        private final Predicate<BooleanSupplier> replacing;

        Disturbed(Predicate<BooleanSupplier> replacing) {
            this.replacing = replacing;
        }

        @Override
        public Optional<SignedCheckpoint> latest() {
            return checkpoints.latest();
        }

        @Override
        public Optional<SignedCheckpoint> covering(long index, int cosignatures) {
            return checkpoints.covering(index, cosignatures);
        }

        @Override
        public boolean replace(Optional<SignedCheckpoint> latest, SignedCheckpoint next) {
            return replacing.test(() -> checkpoints.replace(latest, next));
        }
    }
}
