package org.wattmark.server.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.Batch;
import org.wattmark.ledger.Decided;
import org.wattmark.ledger.Entry;
import org.wattmark.ledger.HoldTerms;
import org.wattmark.ledger.Transfer;
import org.wattmark.ledger.TransferPosted;
import org.wattmark.units.Bytes;
import org.wattmark.units.Canonical;

/// Entries as rows of the table `journal`. A transfer is a row of small numbers, from which its
/// leaf can be made again; of any other entry the row keeps the leaf.
public final class JournalRows {

    /// What [#transfer] and [#leaf] read.
    public static final String COLUMNS =
            """
            sequence, epoch, at, id, debit, credit, asset, amount, role, code, transfer, hold,
            reference, payee, expires, salt, leaf, private_content
            """;

    private static final int WIDTH = 18;

    /// A row of a plain transfer; most are.
    private static final int EXPECTED_BYTES = 180;

    private final Numbers numbers;

    public JournalRows(Numbers numbers) {
        this.numbers = numbers;
    }

    /// Writes the entries of a batch, each first entry of a command with the command's id.
    void write(Connection connection, Batch batch) throws SQLException {
        var rows = new BinaryCopy(EXPECTED_BYTES * batch.entries().size() + 4_096);
        var decided = batch.decided().iterator();
        var next = nextOf(decided);
        for (var entry : batch.entries()) {
            UUID id = null;
            if (next != null && next.sequence() == entry.sequence()) {
                id = next.id();
                next = nextOf(decided);
            }
            add(rows, entry, id);
        }
        if (next != null) {
            throw new RuleBroken("command " + next.id() + " has no entry in its batch");
        }
        rows.into(connection, "journal (" + COLUMNS + ")");
    }

    private static @Nullable Decided nextOf(Iterator<Decided> decided) {
        return decided.hasNext() ? decided.next() : null;
    }

    private void add(BinaryCopy rows, Entry entry, @Nullable UUID command) {
        rows.row(WIDTH).bigint(entry.sequence()).bigint(entry.epoch()).timestamptz(entry.at());
        rows.uuid(command);
        if (entry.fact() instanceof TransferPosted posted) {
            add(rows, posted, command);
            rows.bytea(posted.isSalted() ? entry.salt().toByteArray() : null);
            rows.nothing().nothing();
        } else {
            for (int i = 0; i < 11; i++) {
                rows.nothing();
            }
            boolean salted = entry.fact().isSalted();
            rows.bytea(salted ? entry.salt().toByteArray() : null);
            rows.bytea(entry.leaf()).bytea(salted ? entry.fact().content() : null);
        }
    }

    private void add(BinaryCopy rows, TransferPosted posted, @Nullable UUID command) {
        var transfer = posted.transfer();
        rows.bigint(numbers.of(transfer.debit()))
                .bigint(numbers.of(transfer.credit()))
                .integer(numbers.of(transfer.asset()))
                .bigint(transfer.amount())
                .smallint((int) posted.role().number());
        if (transfer.code() == 0) {
            rows.nothing();
        } else {
            rows.integer(transfer.code());
        }
        rows.uuid(transfer.id().equals(command) ? null : transfer.id());
        rows.uuid(posted.role().belongsToHold() ? posted.hold() : null);
        rows.uuid(transfer.reference().equals(Transfer.NO_REFERENCE) ? null : transfer.reference());
        var payee = posted.terms().payee();
        if (payee == null) {
            rows.nothing();
        } else {
            rows.bigint(numbers.of(payee));
        }
        rows.timestamptz(posted.terms().expires());
    }

    /// Whether the row at the cursor is a transfer's.
    public static boolean isTransfer(ResultSet row) throws SQLException {
        row.getLong("debit");
        return !row.wasNull();
    }

    /// The entry of a transfer's row.
    ///
    /// @param jdbc asked for accounts and assets that are new here
    public Entry transfer(ResultSet row, JdbcClient jdbc) throws SQLException {
        try {
            var role = role(row);
            var id = row.getObject("transfer", UUID.class);
            var own = id == null ? row.getObject("id", UUID.class) : id;
            var hold = row.getObject("hold", UUID.class);
            var reference = row.getObject("reference", UUID.class);
            requireOneForm(row, own, id, reference);
            var transfer =
                    new Transfer(
                            own,
                            numbers.account(row.getLong("debit"), jdbc),
                            numbers.account(row.getLong("credit"), jdbc),
                            numbers.asset(row.getInt("asset"), jdbc),
                            row.getLong("amount"),
                            reference == null ? Transfer.NO_REFERENCE : reference,
                            row.getInt("code"));
            return new Entry(
                    row.getLong("sequence"),
                    row.getLong("epoch"),
                    instant(row, "at"),
                    new TransferPosted(transfer, role, hold == null ? own : hold, terms(row, jdbc)),
                    salt(row));
        } catch (IllegalArgumentException e) {
            throw new UnreadableRow(String.valueOf(e.getMessage()));
        }
    }

    /// What the transfer of the row at the cursor does to its hold.
    public static TransferPosted.Role role(ResultSet row) throws SQLException {
        try {
            return TransferPosted.Role.of(row.getLong("role"));
        } catch (Canonical.Malformed e) {
            throw new UnreadableRow(String.valueOf(e.getMessage()));
        }
    }

    /// What has two forms in a row could be changed from one to the other unseen.
    private static void requireOneForm(
            ResultSet row, UUID own, @Nullable UUID transfer, @Nullable UUID reference)
            throws SQLException {
        if (own.equals(transfer) && own.equals(row.getObject("id", UUID.class))) {
            throw new UnreadableRow("it has its id twice");
        }
        if (Transfer.NO_REFERENCE.equals(reference)) {
            throw new UnreadableRow("it has a reference that is none");
        }
        boolean chosen = row.getLong("role") == 0 && !Transfer.isDerived(own);
        if (chosen && transfer != null) {
            throw new UnreadableRow("it does not take its own id");
        }
    }

    private HoldTerms terms(ResultSet row, JdbcClient jdbc) throws SQLException {
        long payee = row.getLong("payee");
        boolean anybody = row.wasNull();
        var expires = row.getTimestamp("expires");
        return anybody && expires == null
                ? HoldTerms.NONE
                : new HoldTerms(
                        anybody ? null : numbers.account(payee, jdbc),
                        expires == null ? null : expires.toInstant());
    }

    /// The leaf that the log has of the row at the cursor.
    public byte[] leaf(ResultSet row, JdbcClient jdbc) throws SQLException {
        var kept = row.getBytes("leaf");
        return kept == null ? transfer(row, jdbc).leaf() : kept;
    }

    /// Rows in sequence, at most so many.
    public static <T> List<T> read(JdbcClient jdbc, long from, int most, RowMapper<T> mapper) {
        return jdbc.sql(
                        "select "
                                + COLUMNS
                                + " from journal where sequence >= ? order by sequence limit ?")
                .param(from)
                .param(most)
                .query(mapper)
                .list();
    }

    private static Bytes salt(ResultSet row) throws SQLException {
        var salt = row.getBytes("salt");
        return salt == null ? Bytes.EMPTY : Bytes.of(salt);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        if (at == null) {
            throw new UnreadableRow("an entry without a time");
        }
        return at.toInstant();
    }
}
