package org.wattmark.server.ledger;

import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.Entry;

/// Holds one table of rows against the entries that made them.
public interface RowAudit {

    /// Is told, before the page with this entry is checked, that the entry takes a command's id
    /// which its own row does not explain.
    default void takes(long sequence, UUID command) {}

    /// Compares what this page of the journal made, and remembers how much that was.
    void check(List<Entry> page, JdbcClient jdbc, Discrepancies found);

    /// Says, when all pages are checked, which rows no entry made.
    void finish(JdbcClient jdbc, Discrepancies found);

    /// A row more than entries made is one that no entry made.
    static void requireCount(String table, long expected, JdbcClient jdbc, Discrepancies found) {
        long rows = jdbc.sql("select count(*) from " + table).query(Long.class).single();
        if (rows != expected) {
            found.add(-1, rows + " rows of " + table + ", but " + expected + " in the journal");
        }
    }

    /// Where what is wrong is told to.
    @FunctionalInterface
    interface Discrepancies {

        /// @param sequence of the entry that is contradicted, or -1 where none is
        void add(long sequence, String what);
    }
}
