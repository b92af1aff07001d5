package org.wattmark.server.ledger;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One statement over many rows: its parameters are arrays, one for each column, which SQL reads by
/// `unnest(?, ?, …)`. A thousand rows cost one round trip.
public final class Insert {

    private final Connection connection;
    private final String sql;
    private final List<Array> columns = new ArrayList<>();

    private Insert(Connection connection, String sql) {
        this.connection = connection;
        this.sql = sql;
    }

    /// @param sql with a `?` for each column, such as `select * from unnest(?, ?)`
    public static Insert into(Connection connection, String sql) {
        return new Insert(connection, sql);
    }

    /// The next parameter.
    ///
    /// @param type the PostgreSQL type of an element, such as `uuid`
    public Insert column(String type, List<? extends @Nullable Object> values) throws SQLException {
        // The driver wants byte[][] for bytea, not an Object[] of byte arrays.
        Object[] elements = type.equals("bytea") ? values.toArray(byte[][]::new) : values.toArray();
        columns.add(connection.createArrayOf(type, elements));
        return this;
    }

    /// @return the number of rows written
    public int execute() throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < columns.size(); i++) {
                statement.setArray(i + 1, columns.get(i));
            }
            return statement.executeUpdate();
        }
    }
}
