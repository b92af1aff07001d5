package org.wattmark.server.notifications;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import org.wattmark.server.ledger.Insert;
import org.wattmark.server.ledger.RowTable;

/// Notices, written in the transaction of the entries that they are of.
final class NoticeTable implements RowTable<Notice> {

    private static final String INSERT =
            """
            insert into notice (sequence, part, kind, organisation_id, subject, detail, at)
            select * from unnest(?, ?, ?, ?, ?, ?, ?)
            """;

    @Override
    public Class<Notice> type() {
        return Notice.class;
    }

    @Override
    public void write(Connection connection, List<Notice> rows) throws SQLException {
        Insert.into(connection, INSERT)
                .column("bigint", rows.stream().map(Notice::sequence).toList())
                .column("smallint", rows.stream().map(row -> (short) row.part()).toList())
                .column("text", rows.stream().map(row -> row.kind().name()).toList())
                .column("uuid", rows.stream().map(row -> row.organisation().orElse(null)).toList())
                .column("text", rows.stream().map(Notice::subject).toList())
                .column("text", rows.stream().map(Notice::detail).toList())
                .column("timestamptz", rows.stream().map(row -> Timestamp.from(row.at())).toList())
                .execute();
    }
}
