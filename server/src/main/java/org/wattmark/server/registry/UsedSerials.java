package org.wattmark.server.registry;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.server.ledger.Insert;
import org.wattmark.units.SerialRange;

/// Serials that a retirement or a cancellation took. They are disjoint by construction; the table's
/// exclusion constraint says so of both together.
///
/// @param id of the retirement or cancellation
public record UsedSerials(UUID id, UUID block, SerialRange serials) {

    private static final String INSERT =
            """
            insert into used_serials (id, block_id, first_serial, last_serial)
            select * from unnest(?, ?, ?, ?)
            """;

    public static void write(Connection connection, List<UsedSerials> used) throws SQLException {
        Insert.into(connection, INSERT)
                .column("uuid", used.stream().map(UsedSerials::id).toList())
                .column("uuid", used.stream().map(UsedSerials::block).toList())
                .column("bigint", used.stream().map(each -> each.serials().first()).toList())
                .column("bigint", used.stream().map(each -> each.serials().last()).toList())
                .execute();
    }

    /// Those of the same retirements and cancellations, as the table has them.
    public static List<UsedSerials> of(Collection<UsedSerials> same, JdbcClient jdbc) {
        return jdbc.sql("select * from used_serials where id = any (?)")
                .param(same.stream().map(UsedSerials::id).toArray(UUID[]::new))
                .query((row, _) ->
                        new UsedSerials(
                                row.getObject("id", UUID.class),
                                row.getObject("block_id", UUID.class),
                                new SerialRange(
                                        row.getLong("first_serial"), row.getLong("last_serial"))))
                .list();
    }
}
