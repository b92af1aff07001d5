package org.wattmark.server.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.server.postgres.TestPostgres;
import org.wattmark.testing.SettableClock;
import org.wattmark.tlog.Checkpoint;
import org.wattmark.tlog.Checkpoints;
import org.wattmark.tlog.CheckpointsContract;
import org.wattmark.tlog.Merkle;
import org.wattmark.tlog.SignedCheckpoint;

class JdbcCheckpointsTest extends CheckpointsContract {

    private static final Instant NOW = Instant.parse("2026-06-21T10:15:00Z");

    private final JdbcClient jdbc = JdbcClient.create(TestPostgres.freshDatabase().dataSource());
    private final JdbcCheckpoints checkpoints =
            new JdbcCheckpoints(jdbc, new SettableClock(NOW), "log.example");

    @Override
    protected Checkpoints checkpoints() {
        return checkpoints;
    }

    @Test
    void oneOfManyThatPublishAtOnceSucceeds() throws Exception {
        var standing = unsigned(3, "standing");
        checkpoints.replace(Optional.empty(), standing);
        var tries = new ArrayList<Callable<Boolean>>();
        for (int i = 0; i < 16; i++) {
            var next = unsigned(4 + i % 3, "try " + i);
            tries.add(() -> checkpoints.replace(Optional.of(standing), next));
        }

        var published = 0;
        try (var pool = Executors.newFixedThreadPool(8)) {
            for (var each : pool.invokeAll(tries)) {
                published += each.get() ? 1 : 0;
            }
        }

        assertThat(published).isEqualTo(1);
        assertThat(rows()).isEqualTo(2);
    }

    @Test
    void aCheckpointKeepsTheTimeOfItsPublication() {
        checkpoints.replace(Optional.empty(), unsigned(3, "standing"));

        var signedAt =
                jdbc.sql("select signed_at from checkpoint where size = 3")
                        .query(OffsetDateTime.class)
                        .single();

        assertThat(signedAt.toInstant()).isEqualTo(NOW);
    }

    @Test
    void aLogAndItsSuccessorKeepTheirCheckpointsApart() {
        var successor = new JdbcCheckpoints(jdbc, new SettableClock(NOW), "log.example/2");
        checkpoints.replace(Optional.empty(), unsigned(9, "standing"));
        var first = unsigned("log.example/2", 4, "of the successor");

        assertThat(successor.latest()).isEmpty();
        assertThat(successor.replace(Optional.empty(), first)).isTrue();

        assertThat(successor.covering(2)).hasValue(first);
        assertThat(checkpoints.latest()).hasValue(unsigned(9, "standing"));
        assertThatThrownBy(() -> successor.replace(Optional.of(first), unsigned(10, "foreign")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private long rows() {
        return jdbc.sql("select count(*) from checkpoint").query(Long.class).single();
    }

    /// The store believes its caller about signatures, so any will do.
    private static SignedCheckpoint unsigned(long size, String root) {
        return unsigned("log.example", size, root);
    }

    private static SignedCheckpoint unsigned(String origin, long size, String root) {
        var hash = Merkle.leafHash(root.getBytes(UTF_8));
        var text = new Checkpoint(origin, size, hash).text();
        return SignedCheckpoint.parse(text + "\n— " + origin + " AAAAAAAA\n");
    }
}
