package org.wattmark.server.ledger;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.Account;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.AccountOpened;
import org.wattmark.ledger.Entry;

/// Reads the journal in its order, as fast as PostgreSQL gives it: pages of rows by binary `COPY`,
/// bounded in rows and in bytes.
///
/// Accounts it knows by the entries that opened them, so neither a query for each nor a changed
/// number in the table `account` comes between.
public final class JournalReader {

    /// So many plain transfers are 3 MB.
    private static final int MOST_ROWS = 16_384;

    private static final int FEWEST_ROWS = 16;

    /// A page has no more unless one row alone has: months of reading batches are gigabytes.
    private static final int MOST_BYTES = 16 << 20;

    private static final byte[] END = {-1, -1};

    /// The signature, the flags and the length of an empty extension.
    private static final int HEADER_BYTES = 19;

    private final DataSource dataSource;
    private final Numbers numbers = new Numbers();
    private final EntryRows entries;
    private int rows = MOST_ROWS;

    public JournalReader(DataSource dataSource) {
        this.dataSource = dataSource;
        this.entries = new EntryRows(numbers, JdbcClient.create(dataSource));
    }

    /// The rows from this sequence on, in order; none at the end. Rows of one sequence, which only
    /// a forger makes, are never parted.
    public List<JournalRow> page(long from) {
        try (var connection = dataSource.getConnection()) {
            var page = read(connection, from, rows);
            boolean whole = page.size() < rows && bytes(page) < MOST_BYTES;
            adapt(page);
            return whole ? page : withoutLast(page);
        } catch (SQLException e) {
            throw new UncategorizedSQLException("read the journal", null, e);
        }
    }

    private static long bytes(List<JournalRow> page) {
        return page.stream().mapToLong(JournalRow::bytes).sum();
    }

    /// What does not fit into a page is read again with the next: so that is asked for less, and
    /// for more again when rows get smaller.
    private void adapt(List<JournalRow> page) {
        if (!page.isEmpty()) {
            long average = Math.max(1, bytes(page) / page.size());
            rows = Math.clamp(MOST_BYTES / average, FEWEST_ROWS, MOST_ROWS);
        }
    }

    private static List<JournalRow> withoutLast(List<JournalRow> page) {
        long last = page.getLast().sequence();
        int end = page.size();
        while (end > 0 && page.get(end - 1).sequence() == last) {
            end--;
        }
        return end == 0 ? page : page.subList(0, end);
    }

    private static List<JournalRow> read(Connection connection, long from, int most)
            throws SQLException {
        var copy =
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyOut(
                                "copy (select "
                                        + JournalRow.COLUMNS
                                        + " from journal where sequence >= "
                                        + from
                                        + " order by sequence limit "
                                        + most
                                        + ") to stdout (format binary)");
        try {
            return rows(copy);
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private static List<JournalRow> rows(CopyOut copy) throws SQLException {
        var page = new ArrayList<JournalRow>();
        long bytes = 0;
        boolean first = true;
        for (var row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
            var buffer = ByteBuffer.wrap(row);
            if (first) {
                buffer.position(HEADER_BYTES);
                first = false;
            }
            // What is too much is read over: to break the copy off would end the transaction.
            if (bytes < MOST_BYTES && buffer.hasRemaining() && !isEnd(row, buffer)) {
                bytes += buffer.remaining();
                page.add(JournalRow.read(buffer));
            }
        }
        return page;
    }

    private static boolean isEnd(byte[] row, ByteBuffer rest) {
        return rest.remaining() == END.length
                && row[rest.position()] == END[0]
                && row[rest.position() + 1] == END[1];
    }

    /// The entry of a transfer's row. Throws [UnreadableRow] if the row is none, or has its content
    /// in another form than the one in which it is written.
    public Entry transfer(JournalRow row) {
        return entries.transfer(row);
    }

    /// Learns the numbers of the accounts that an entry opens.
    public void learn(Entry entry) {
        if (entry.fact() instanceof AccountOpened(var account)) {
            numbers.learn(account.id(), entry.sequence());
            if (account.kind() == Account.Kind.HOLDER) {
                var beside = new AccountId(account.id() + "/reserved");
                numbers.learn(beside, -entry.sequence() - 1);
            }
        }
    }
}
