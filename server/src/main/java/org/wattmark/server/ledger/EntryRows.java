package org.wattmark.server.ledger;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Entry;
import org.wattmark.ledger.HoldTerms;
import org.wattmark.ledger.Transfer;
import org.wattmark.ledger.TransferPosted;
import org.wattmark.units.Bytes;

/// Makes entries again of the journal's rows, of which a transfer's has numbers for accounts and
/// assets. A number that is new here is looked up: so a row is made an entry when its query is
/// over, since a query within a query takes a second connection.
public final class EntryRows {

    private final Numbers numbers;
    private final JdbcClient jdbc;

    public EntryRows(JdbcClient jdbc) {
        this(new Numbers(), jdbc);
    }

    EntryRows(Numbers numbers, JdbcClient jdbc) {
        this.numbers = numbers;
        this.jdbc = jdbc;
    }

    /// Rows in sequence, at most so many, without what only the database holds.
    public List<JournalRow> read(long from, int most) {
        return jdbc.sql(
                        "select "
                                + JournalRow.WITHOUT_PRIVATE
                                + " from journal where sequence >= ? order by sequence limit ?")
                .param(from)
                .param(most)
                .query((row, _) -> JournalRow.withoutPrivate(row))
                .list();
    }

    /// The leaf that the log has of a row.
    public byte[] leaf(JournalRow row) {
        var kept = row.leaf();
        return kept == null ? transfer(row).leaf() : kept.toByteArray();
    }

    /// The entry of a transfer's row. Throws [UnreadableRow] if the row is none, or has its content
    /// in another form than the one in which it is written.
    Entry transfer(JournalRow row) {
        var role = row.roleOfTransfer();
        var own = own(row);
        try {
            var transfer =
                    new Transfer(
                            own,
                            account(row.debit()),
                            account(row.credit()),
                            numbers.asset(orZero(row.asset()), jdbc),
                            orZero(row.amount()),
                            row.reference() == null ? Transfer.NO_REFERENCE : row.reference(),
                            orZero(row.code()));
            var posted =
                    new TransferPosted(
                            transfer, role, row.hold() == null ? own : row.hold(), terms(row));
            row.requireOneForm(posted);
            var at = row.at();
            var epoch = row.epoch();
            if (at == null || epoch == null) {
                throw new UnreadableRow("an entry without a time");
            }
            var salt = row.salt() == null ? Bytes.EMPTY : row.salt();
            return new Entry(row.sequence(), epoch, at, posted, salt);
        } catch (IllegalArgumentException e) {
            throw new UnreadableRow(String.valueOf(e.getMessage()));
        }
    }

    private static UUID own(JournalRow row) {
        var id = row.transfer() == null ? row.id() : row.transfer();
        if (id == null) {
            throw new UnreadableRow("it has no id");
        }
        if (id.equals(row.transfer()) && id.equals(row.id())) {
            throw new UnreadableRow("it has its id twice");
        }
        if (Transfer.NO_REFERENCE.equals(row.reference())) {
            throw new UnreadableRow("it has a reference that is none");
        }
        if (orZero(row.role()) == 0 && !Transfer.isDerived(id) && row.transfer() != null) {
            throw new UnreadableRow("it does not take its own id");
        }
        return id;
    }

    private HoldTerms terms(JournalRow row) {
        return row.payee() == null && row.expires() == null
                ? HoldTerms.NONE
                : new HoldTerms(row.payee() == null ? null : account(row.payee()), row.expires());
    }

    private AccountId account(@Nullable Long number) {
        return numbers.account(number == null ? 0 : number, jdbc);
    }

    private static long orZero(@Nullable Long value) {
        return value == null ? 0 : value;
    }

    private static int orZero(@Nullable Integer value) {
        return value == null ? 0 : value;
    }

    private static int orZero(@Nullable Short value) {
        return value == null ? 0 : value;
    }
}
