package org.wattmark.server.organisations;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wattmark.server.ledger.RuleBroken;

/// The statements that make a change of access so. They run in the journal's transaction, and again
/// if that has to be sent again.
public record Effect(List<Statement> statements) {

    /// Nothing but the entry.
    public static final Effect NONE = new Effect(List.of());

    public Effect {
        statements = List.copyOf(statements);
    }

    /// @param rows how many rows it must write; -1 for any number
    record Statement(String sql, List<@Nullable Object> parameters, int rows) {}

    /// One statement that must write exactly one row.
    static Effect of(String sql, @Nullable Object... parameters) {
        return NONE.and(sql, parameters);
    }

    Effect and(String sql, @Nullable Object... parameters) {
        return with(new Statement(sql, nullable(parameters), 1));
    }

    /// And one that may write any number of rows.
    Effect andAny(String sql, @Nullable Object... parameters) {
        return with(new Statement(sql, nullable(parameters), -1));
    }

    private Effect with(Statement statement) {
        var all = new ArrayList<>(statements);
        all.add(statement);
        return new Effect(all);
    }

    private static List<@Nullable Object> nullable(@Nullable Object[] parameters) {
        var list = new ArrayList<@Nullable Object>();
        for (var each : parameters) {
            list.add(each);
        }
        return Collections.unmodifiableList(list);
    }

    void write(Connection connection) throws SQLException {
        for (var each : statements) {
            try (var statement = connection.prepareStatement(each.sql())) {
                for (int i = 0; i < each.parameters().size(); i++) {
                    set(statement, i + 1, each.parameters().get(i));
                }
                int rows = statement.executeUpdate();
                if (each.rows() >= 0 && rows != each.rows()) {
                    throw new RuleBroken(rows + " rows were written by " + each.sql());
                }
            }
        }
    }

    private static void set(PreparedStatement statement, int index, @Nullable Object value)
            throws SQLException {
        switch (value) {
            case String[] texts ->
                    statement.setArray(
                            index, statement.getConnection().createArrayOf("text", texts));
            case Instant time -> statement.setObject(index, time.atOffset(ZoneOffset.UTC));
            case null, default -> statement.setObject(index, value);
        }
    }
}
