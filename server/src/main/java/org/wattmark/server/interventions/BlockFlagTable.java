package org.wattmark.server.interventions;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.registry.BlockFlag;
import org.wattmark.server.ledger.Insert;
import org.wattmark.server.ledger.MapTable;

/// What is to be known of blocks; `certificate_status` is a view of it.
final class BlockFlagTable implements MapTable<BlockFlag.Key, BlockFlag> {

    private static final String UPSERT =
            """
            insert into block_flag (block_id, flag, raised, since, sequence, reason)
            select * from unnest(?, ?, ?, ?, ?, ?)
            on conflict (block_id, flag) do update
                set raised = excluded.raised, since = excluded.since,
                    sequence = excluded.sequence, reason = excluded.reason
            """;

    @Override
    public String map() {
        return "block_flag";
    }

    @Override
    public void write(Connection connection, List<Row<BlockFlag.Key, BlockFlag>> changes)
            throws SQLException {
        var flags = changes.stream().map(Row::value).toList();
        Insert.into(connection, UPSERT)
                .column("uuid", flags.stream().map(each -> each.key().block()).toList())
                .column("text", flags.stream().map(each -> each.key().kind().name()).toList())
                .column("boolean", flags.stream().map(BlockFlag::raised).toList())
                .column(
                        "timestamptz",
                        flags.stream().map(each -> Timestamp.from(each.since())).toList())
                .column("bigint", flags.stream().map(BlockFlag::sequence).toList())
                .column("text", flags.stream().map(BlockFlag::reason).toList())
                .execute();
    }

    @Override
    public Map<BlockFlag.Key, BlockFlag> load(JdbcClient jdbc) {
        return jdbc.sql("select * from block_flag").query((row, _) -> flag(row)).list().stream()
                .collect(Collectors.toMap(BlockFlag::key, each -> each));
    }

    private static BlockFlag flag(ResultSet row) throws SQLException {
        return new BlockFlag(
                new BlockFlag.Key(
                        row.getObject("block_id", UUID.class),
                        BlockFlag.Kind.valueOf(row.getString("flag"))),
                row.getBoolean("raised"),
                row.getTimestamp("since").toInstant(),
                row.getLong("sequence"),
                row.getString("reason"));
    }
}
