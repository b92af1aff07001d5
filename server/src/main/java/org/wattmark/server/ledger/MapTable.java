package org.wattmark.server.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.StagedMap.Change;

/// The table that mirrors one map of a machine's state.
public interface MapTable<K, V> {

    /// The name of the map, and of the table.
    String map();

    /// Writes what a batch changed. A row that is not as the change says it was is [RuleBroken]:
    /// memory and database differ.
    void write(Connection connection, List<Row<K, V>> changes) throws SQLException;

    Map<K, V> load(JdbcClient jdbc);

    /// A [Change] with its types.
    record Row<K, V>(K key, @Nullable V before, @Nullable V after) {

        @SuppressWarnings("unchecked") // a map's changes have the types of its table
        static <K, V> Row<K, V> of(Change change) {
            return new Row<>((K) change.key(), (V) change.before(), (V) change.after());
        }

        /// The new value of a row that stays.
        public V value() {
            if (after == null) {
                throw new IllegalStateException("the row goes: " + key);
            }
            return after;
        }
    }
}
