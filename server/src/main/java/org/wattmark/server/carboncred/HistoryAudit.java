package org.wattmark.server.carboncred;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.Entry;
import org.wattmark.server.carboncred.ImportedHolding.Status;
import org.wattmark.server.ledger.RowAudit;
import org.wattmark.units.Bytes;

/// The tables of imported history are the journal's pages of it.
public final class HistoryAudit implements RowAudit {

    private static final String HOLDINGS =
            """
            select source_row, credit, holder, holder_name, organisation_id, status
            from imported_holding
            where sequence = :sequence and file_sha256 = :file and kilograms = :kilograms
            order by source_row
            """;

    private static final String PAGES =
            """
            select file_sha256, page, pages, chain_head, chain_entries, first_break, breaks
            from imported_history
            where sequence = :sequence and source = :source and holdings = :holdings
                and kilograms = :kilograms
            """;

    private long pages;
    private long holdings;

    @Override
    public void check(List<Entry> page, JdbcClient jdbc, Discrepancies found) {
        for (var entry : page) {
            if (entry.fact() instanceof HistoryImported imported) {
                pages++;
                holdings += imported.holdings().size();
                if (!stored(entry.sequence(), imported, jdbc).equals(List.of(imported))) {
                    found.add(entry.sequence(), "its rows in the tables of history differ");
                }
            }
        }
    }

    /// The fact as the tables would have it; one of them if all is well.
    private static List<HistoryImported> stored(
            long sequence, HistoryImported imported, JdbcClient jdbc) {
        var rows =
                jdbc.sql(HOLDINGS)
                        .param("sequence", sequence)
                        .param("file", imported.file().toByteArray())
                        .param("kilograms", ImportedHolding.KILOGRAMS)
                        .query((row, _) -> holding(row))
                        .list();
        return jdbc.sql(PAGES)
                .param("sequence", sequence)
                .param("source", HistoryImported.SOURCE)
                .param("holdings", imported.holdings().size())
                .param("kilograms", imported.kilograms())
                .query((row, _) -> page(row, rows))
                .list();
    }

    private static HistoryImported page(ResultSet row, List<ImportedHolding> rows)
            throws SQLException {
        return new HistoryImported(
                Bytes.of(row.getBytes("file_sha256")),
                new Chain(
                        row.getString("chain_head"),
                        row.getLong("chain_entries"),
                        row.getLong("first_break"),
                        row.getLong("breaks")),
                row.getInt("page"),
                row.getInt("pages"),
                rows);
    }

    private static ImportedHolding holding(ResultSet row) throws SQLException {
        return new ImportedHolding(
                row.getLong("source_row"),
                row.getObject("credit", UUID.class),
                row.getString("holder"),
                row.getString("holder_name"),
                Optional.ofNullable(row.getObject("organisation_id", UUID.class)),
                Status.valueOf(row.getString("status")));
    }

    @Override
    public void finish(JdbcClient jdbc, Discrepancies found) {
        compare("imported_history", pages, jdbc, found);
        compare("imported_holding", holdings, jdbc, found);
    }

    private static void compare(String table, long expected, JdbcClient jdbc, Discrepancies found) {
        long rows = jdbc.sql("select count(*) from " + table).query(Long.class).single();
        if (rows != expected) {
            found.add(-1, rows + " rows of " + table + ", but " + expected + " in the journal");
        }
    }
}
