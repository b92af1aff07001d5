package org.wattmark.server.metering;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.wattmark.server.ledger.RowTable;

/// What was found in readings of registers.
final class RegisterFindings implements RowTable<RegisterFindings.Row> {

    /// @param receipt the place of the entry in the journal
    record Row(RegisterAdvanced advanced, long receipt) {}

    @Override
    public Class<Row> type() {
        return Row.class;
    }

    @Override
    public void write(Connection connection, List<Row> rows) throws SQLException {
        var found = new ArrayList<FindingRows.Found>();
        for (var row : rows) {
            var advanced = row.advanced();
            found.addAll(
                    FindingRows.of(
                            advanced.device(),
                            advanced.channel(),
                            row.receipt(),
                            advanced.findings()));
        }
        FindingRows.insert(connection, found);
    }
}
