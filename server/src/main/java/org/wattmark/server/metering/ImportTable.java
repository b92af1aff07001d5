package org.wattmark.server.metering;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.metering.Channel;
import org.wattmark.metering.Coverage;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.Sha256;
import org.wattmark.server.ledger.MapTable;
import org.wattmark.server.ledger.RuleBroken;
import org.wattmark.units.Period;

/// Files that were imported. A row grows with the parts of its file until it is undone for good.
final class ImportTable implements MapTable<UUID, ReadingImport> {

    private static final String UPSERT =
            """
            insert into reading_import as known
                (id, device_id, channel, file_hash, batches, first_start, last_end, stated,
                 accepted, findings, energy_wh, undone_by)
            values (?, ?, ?, ?, ?, ?, ?, ?::tstzmultirange, ?, ?, ?, ?)
            on conflict (id) do update set
                batches = excluded.batches,
                first_start = excluded.first_start,
                last_end = excluded.last_end,
                stated = excluded.stated,
                accepted = excluded.accepted,
                findings = excluded.findings,
                energy_wh = excluded.energy_wh,
                undone_by = excluded.undone_by
            where known.undone_by is null and known.device_id = excluded.device_id
                and known.channel = excluded.channel and known.file_hash = excluded.file_hash
            """;

    @Override
    public String map() {
        return Imports.IMPORTS;
    }

    @Override
    public void write(Connection connection, List<Row<UUID, ReadingImport>> changes)
            throws SQLException {
        try (var statement = connection.prepareStatement(UPSERT)) {
            for (var change : changes) {
                var values = values(connection, change.value());
                for (int i = 0; i < values.size(); i++) {
                    statement.setObject(i + 1, values.get(i));
                }
                if (statement.executeUpdate() != 1) {
                    throw new RuleBroken("an import in the table is not as memory knows it");
                }
            }
        }
    }

    private static List<@Nullable Object> values(Connection connection, ReadingImport it)
            throws SQLException {
        var values = new ArrayList<@Nullable Object>();
        Collections.addAll(
                values,
                it.id(),
                it.device().value(),
                it.channel().name(),
                it.file().bytes(),
                connection.createArrayOf("bigint", it.receipts().toArray()),
                Timestamp.from(it.span().start()),
                Timestamp.from(it.span().end()),
                it.stated().toString(),
                it.accepted(),
                it.findings(),
                it.energyWattHours(),
                it.undoneBy().orElse(null));
        return values;
    }

    @Override
    public Map<UUID, ReadingImport> load(JdbcClient jdbc) {
        return jdbc
                .sql("select * from reading_import")
                .query((row, _) -> imported(row))
                .list()
                .stream()
                .collect(Collectors.toMap(ReadingImport::id, each -> each));
    }

    /// Reads a row with all columns of `reading_import`.
    static ReadingImport imported(ResultSet row) throws SQLException {
        return new ReadingImport(
                row.getObject("id", UUID.class),
                new DeviceId(row.getObject("device_id", UUID.class)),
                Channel.valueOf(row.getString("channel")),
                Sha256.ofDigest(row.getBytes("file_hash")),
                List.of((Long[]) row.getArray("batches").getArray()),
                new Period(
                        row.getTimestamp("first_start").toInstant(),
                        row.getTimestamp("last_end").toInstant()),
                Coverage.parse(row.getString("stated")),
                row.getInt("accepted"),
                row.getInt("findings"),
                row.getLong("energy_wh"),
                Optional.ofNullable(row.getObject("undone_by", Long.class)));
    }
}
