package org.wattmark.server.registry;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Year;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.attributes.ClaimId;
import org.wattmark.registry.CreditBlock;
import org.wattmark.server.ledger.Insert;
import org.wattmark.server.ledger.MapTable;
import org.wattmark.units.Co2e;
import org.wattmark.verification.UnitClass;

/// Credit blocks; only the next free serial of one ever changes.
final class CreditBlockTable implements MapTable<UUID, CreditBlock> {

    static final String SELECT =
            """
            select id, project_id, claim_id, vintage, unit_class, issued_grams, buffer_grams,
                next_serial
            from credit_block
            """;

    private static final String UPSERT =
            """
            insert into credit_block (id, project_id, claim_id, vintage, unit_class, issued_grams,
                buffer_grams, next_serial)
            select * from unnest(?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (id) do update set next_serial = excluded.next_serial
            """;

    @Override
    public String map() {
        return "credit_block";
    }

    @Override
    public void write(Connection connection, List<Row<UUID, CreditBlock>> changes)
            throws SQLException {
        var blocks = changes.stream().map(Row::value).toList();
        Insert.into(connection, UPSERT)
                .column("uuid", blocks.stream().map(CreditBlock::id).toList())
                .column("uuid", blocks.stream().map(CreditBlock::project).toList())
                .column("uuid", blocks.stream().map(each -> each.claim().value()).toList())
                .column("integer", blocks.stream().map(each -> each.vintage().getValue()).toList())
                .column("text", blocks.stream().map(each -> each.unitClass().name()).toList())
                .column("bigint", blocks.stream().map(each -> each.issued().grams()).toList())
                .column("bigint", blocks.stream().map(each -> each.buffer().grams()).toList())
                .column("bigint", blocks.stream().map(CreditBlock::nextSerial).toList())
                .execute();
    }

    @Override
    public Map<UUID, CreditBlock> load(JdbcClient jdbc) {
        return jdbc.sql(SELECT).query(CreditBlockTable::block).list().stream()
                .collect(Collectors.toMap(CreditBlock::id, each -> each));
    }

    static CreditBlock block(ResultSet row, int unused) throws SQLException {
        return new CreditBlock(
                row.getObject("id", UUID.class),
                row.getObject("project_id", UUID.class),
                new ClaimId(row.getObject("claim_id", UUID.class)),
                Year.of(row.getInt("vintage")),
                UnitClass.valueOf(row.getString("unit_class")),
                new Co2e(row.getLong("issued_grams")),
                new Co2e(row.getLong("buffer_grams")),
                row.getLong("next_serial"));
    }
}
