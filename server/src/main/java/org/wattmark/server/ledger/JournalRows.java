package org.wattmark.server.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.wattmark.ledger.Batch;
import org.wattmark.ledger.Decided;
import org.wattmark.ledger.Entry;
import org.wattmark.ledger.Transfer;
import org.wattmark.ledger.TransferPosted;

/// Entries as rows of the table `journal`. A transfer is a row of small numbers, from which its
/// leaf can be made again; of any other entry the row keeps the leaf.
final class JournalRows {

    /// A row of a plain transfer; most are.
    private static final int EXPECTED_BYTES = 180;

    private final Numbers numbers;

    JournalRows(Numbers numbers) {
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
        rows.into(connection, "journal (" + JournalRow.COLUMNS + ")");
    }

    private static @Nullable Decided nextOf(Iterator<Decided> decided) {
        return decided.hasNext() ? decided.next() : null;
    }

    private void add(BinaryCopy rows, Entry entry, @Nullable UUID command) {
        rows.row(JournalRow.WIDTH)
                .bigint(entry.sequence())
                .bigint(entry.epoch())
                .timestamptz(entry.at());
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
}
