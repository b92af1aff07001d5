package org.wattmark.server.carboncred;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import org.wattmark.server.carboncred.ImportHistory.Imported;
import org.wattmark.server.ledger.Insert;
import org.wattmark.server.ledger.RowTable;
import org.wattmark.server.ledger.Tables;

/// The tables of imported history.
public final class HistoryTables {

    private HistoryTables() {}

    public static Tables all() {
        return new Tables(List.of(), List.of(new Pages()));
    }

    private static final class Pages implements RowTable<Imported> {

        private static final String INSERT_PAGES =
                """
                insert into imported_history (file_sha256, page, pages, sequence, source,
                    chain_head, chain_entries, first_break, breaks, holdings, kilograms)
                select * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """;

        private static final String INSERT_HOLDINGS =
                """
                insert into imported_holding (file_sha256, source_row, credit, holder, holder_name,
                    organisation_id, kilograms, status, sequence)
                select * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?)
                """;

        @Override
        public Class<Imported> type() {
            return Imported.class;
        }

        @Override
        public void write(Connection connection, List<Imported> rows) throws SQLException {
            var pages = rows.stream().map(Imported::page).toList();
            Insert.into(connection, INSERT_PAGES)
                    .column("bytea", pages.stream().map(p -> p.file().toByteArray()).toList())
                    .column("integer", pages.stream().map(HistoryImported::page).toList())
                    .column("integer", pages.stream().map(HistoryImported::pages).toList())
                    .column("bigint", rows.stream().map(r -> r.entry().sequence()).toList())
                    .column("text", pages.stream().map(_ -> HistoryImported.SOURCE).toList())
                    .column("text", pages.stream().map(p -> p.chain().head()).toList())
                    .column("bigint", pages.stream().map(p -> p.chain().entries()).toList())
                    .column("bigint", pages.stream().map(p -> p.chain().firstBreak()).toList())
                    .column("bigint", pages.stream().map(p -> p.chain().breaks()).toList())
                    .column("integer", pages.stream().map(p -> p.holdings().size()).toList())
                    .column("bigint", pages.stream().map(HistoryImported::kilograms).toList())
                    .execute();
            for (var row : rows) {
                write(connection, row);
            }
        }

        private static void write(Connection connection, Imported row) throws SQLException {
            var all = row.page().holdings();
            var file = row.page().file().toByteArray();
            Insert.into(connection, INSERT_HOLDINGS)
                    .column("bytea", Collections.nCopies(all.size(), file))
                    .column("bigint", all.stream().map(ImportedHolding::row).toList())
                    .column("uuid", all.stream().map(ImportedHolding::credit).toList())
                    .column("text", all.stream().map(ImportedHolding::holder).toList())
                    .column("text", all.stream().map(ImportedHolding::name).toList())
                    .column(
                            "uuid",
                            all.stream().map(each -> each.organisation().orElse(null)).toList())
                    .column(
                            "bigint",
                            all.stream().map(_ -> (long) ImportedHolding.KILOGRAMS).toList())
                    .column("text", all.stream().map(each -> each.status().name()).toList())
                    .column("bigint", Collections.nCopies(all.size(), row.entry().sequence()))
                    .execute();
        }
    }
}
