package org.wattmark.server.log;

import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.tlog.Checkpoints;
import org.wattmark.tlog.SignedCheckpoint;

/// Checkpoints of one log in the table `checkpoint`.
public final class JdbcCheckpoints implements Checkpoints {

    private static final long NONE = -1;

    private static final String LATEST =
            """
            select note from checkpoint where origin = :origin order by size desc limit 1
            """;

    private static final String COVERING =
            """
            select note from checkpoint
            where origin = :origin and size > :index and cosignatures >= :cosignatures
            order by size limit 1
            """;

    private static final String FIRST =
            """
            insert into checkpoint (origin, size, previous, root, cosignatures, note, signed_at)
            values (:origin, :size, -1, :root, :cosignatures, :note, :now)
            on conflict do nothing
            """;

    private static final String NEXT =
            """
            insert into checkpoint (origin, size, previous, root, cosignatures, note, signed_at)
            select :origin, :size, size, :root, :cosignatures, :note, :now
            from (
                select size, note from checkpoint where origin = :origin order by size desc limit 1
            ) as latest
            where latest.note = :expected and latest.size < :size
            on conflict do nothing
            """;

    private static final String COSIGNED =
            """
            update checkpoint set note = :note, cosignatures = :cosignatures
            where origin = :origin and size = :size and root = :root and note = :expected
                and not exists (select from checkpoint where origin = :origin and size > :size)
            """;

    private final JdbcClient jdbc;
    private final InstantSource clock;
    private final String origin;

    public JdbcCheckpoints(JdbcClient jdbc, InstantSource clock, String origin) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.origin = origin;
    }

    @Override
    public Optional<SignedCheckpoint> latest() {
        return jdbc.sql(LATEST)
                .param("origin", origin)
                .query(String.class)
                .optional()
                .map(SignedCheckpoint::parse);
    }

    @Override
    public Optional<SignedCheckpoint> covering(long index, int cosignatures) {
        var enough = rowCovering(index, cosignatures);
        return enough.isPresent() || cosignatures == 0 ? enough : rowCovering(index, 0);
    }

    private Optional<SignedCheckpoint> rowCovering(long index, int cosignatures) {
        return jdbc.sql(COVERING)
                .param("origin", origin)
                .param("index", index)
                .param("cosignatures", cosignatures)
                .query(String.class)
                .optional()
                .map(SignedCheckpoint::parse);
    }

    /// The unique predecessor decides between two who publish at once, not the look at the latest.
    @Override
    public boolean replace(Optional<SignedCheckpoint> latest, SignedCheckpoint next) {
        if (!next.checkpoint().origin().equals(origin)) {
            throw new IllegalArgumentException("a checkpoint of " + next.checkpoint().origin());
        }
        if (latest().equals(Optional.of(next))) {
            return true;
        }
        long before = latest.map(it -> it.checkpoint().size()).orElse(NONE);
        long size = next.checkpoint().size();
        if (size < before) {
            return false;
        }
        var sql = latest.isEmpty() ? FIRST : size == before ? COSIGNED : NEXT;
        var statement =
                jdbc.sql(sql)
                        .param("origin", origin)
                        .param("size", size)
                        .param("root", next.checkpoint().root().bytes())
                        .param("cosignatures", next.cosignatures())
                        .param("note", next.format())
                        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .param("expected", latest.map(SignedCheckpoint::format).orElse(""));
        return statement.update() == 1;
    }
}
