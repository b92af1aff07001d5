package org.wattmark.server.log;

import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.tlog.Checkpoints;
import org.wattmark.tlog.SignedCheckpoint;

/// Checkpoints in the table `checkpoint`.
public final class JdbcCheckpoints implements Checkpoints {

    private static final long NONE = -1;

    private static final String LATEST =
            """
            select note from checkpoint order by size desc limit 1
            """;

    private static final String COVERING =
            """
            select note from checkpoint where size > :index order by size limit 1
            """;

    private static final String FIRST =
            """
            insert into checkpoint (size, previous, root, note, signed_at)
            values (:size, -1, :root, :note, :now)
            on conflict do nothing
            """;

    private static final String NEXT =
            """
            insert into checkpoint (size, previous, root, note, signed_at)
            select :size, size, :root, :note, :now
            from (select size, note from checkpoint order by size desc limit 1) as latest
            where latest.note = :expected and latest.size < :size
            on conflict do nothing
            """;

    private static final String COSIGNED =
            """
            update checkpoint set note = :note
            where size = :size and root = :root and note = :expected
                and not exists (select from checkpoint where size > :size)
            """;

    private final JdbcClient jdbc;
    private final InstantSource clock;

    public JdbcCheckpoints(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public Optional<SignedCheckpoint> latest() {
        return jdbc.sql(LATEST).query(String.class).optional().map(SignedCheckpoint::parse);
    }

    @Override
    public Optional<SignedCheckpoint> covering(long index) {
        return jdbc.sql(COVERING)
                .param("index", index)
                .query(String.class)
                .optional()
                .map(SignedCheckpoint::parse);
    }

    /// The unique predecessor decides between two who publish at once, not the look at the latest.
    @Override
    public boolean replace(Optional<SignedCheckpoint> latest, SignedCheckpoint next) {
        if (latest().equals(Optional.of(next))) {
            return true;
        }
        long before = latest.map(it -> it.checkpoint().size()).orElse(NONE);
        long size = next.checkpoint().size();
        if (size < before) {
            return false;
        }
        var statement =
                jdbc.sql(latest.isEmpty() ? FIRST : size == before ? COSIGNED : NEXT)
                        .param("size", size)
                        .param("root", next.checkpoint().root().bytes())
                        .param("note", next.format())
                        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .param("expected", latest.map(SignedCheckpoint::format).orElse(""));
        return statement.update() == 1;
    }
}
