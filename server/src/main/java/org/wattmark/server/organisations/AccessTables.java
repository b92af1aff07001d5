package org.wattmark.server.organisations;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.wattmark.server.ledger.Insert;
import org.wattmark.server.ledger.RowTable;
import org.wattmark.server.ledger.Tables;
import org.wattmark.server.organisations.ChangeAccess.Written;

/// The table of what was changed, and with it what the changes make so.
public final class AccessTables {

    private AccessTables() {}

    public static Tables all() {
        return new Tables(List.of(), List.of(new Changes()));
    }

    private static final class Changes implements RowTable<Written> {

        private static final String INSERT =
                """
                insert into access_change
                    (sequence, kind, organisation_id, actor, subject, detail)
                select * from unnest(?, ?, ?, ?, ?, ?)
                """;

        @Override
        public Class<Written> type() {
            return Written.class;
        }

        @Override
        public void write(Connection connection, List<Written> rows) throws SQLException {
            var changes = rows.stream().map(Written::change).toList();
            Insert.into(connection, INSERT)
                    .column("bigint", rows.stream().map(r -> r.entry().sequence()).toList())
                    .column("text", changes.stream().map(c -> c.kind().name()).toList())
                    .column("uuid", changes.stream().map(AccessChanged::organisation).toList())
                    .column("text", changes.stream().map(AccessChanged::actor).toList())
                    .column("text", changes.stream().map(AccessChanged::subject).toList())
                    .column("text", changes.stream().map(AccessChanged::detail).toList())
                    .execute();
            for (var row : rows) {
                row.effect().write(connection);
            }
        }
    }
}
