package org.wattmark.server.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// The table of rows that commands write and no machine keeps in memory.
public interface RowTable<R> {

    Class<R> type();

    void write(Connection connection, List<R> rows) throws SQLException;
}
