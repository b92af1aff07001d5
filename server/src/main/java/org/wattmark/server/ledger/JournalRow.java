package org.wattmark.server.ledger;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.wattmark.ledger.Commitment;
import org.wattmark.ledger.HoldTerms;
import org.wattmark.ledger.TransferPosted;
import org.wattmark.units.Bytes;
import org.wattmark.units.Canonical;

/// A row of the table `journal`, value by value, as an auditor reads it who believes nothing: what
/// a row must not have is as wrong as what it lacks.
///
/// @param bytes what it takes in memory, more or less; 0 where nobody asked
public record JournalRow(
        long sequence,
        @Nullable Long epoch,
        @Nullable Instant at,
        @Nullable UUID id,
        @Nullable Long debit,
        @Nullable Long credit,
        @Nullable Integer asset,
        @Nullable Long amount,
        @Nullable Short role,
        @Nullable Integer code,
        @Nullable UUID transfer,
        @Nullable UUID hold,
        @Nullable UUID reference,
        @Nullable Long payee,
        @Nullable Instant expires,
        @Nullable Bytes salt,
        @Nullable Bytes leaf,
        @Nullable Bytes privateContent,
        int bytes) {

    /// All but what only the database holds: a month of readings is half a megabyte of it.
    static final String WITHOUT_PRIVATE =
            """
            sequence, epoch, at, id, debit, credit, asset, amount, role, code, transfer, hold,
            reference, payee, expires, salt, leaf
            """;

    /// What [#read] expects, in this order, and what is written.
    static final String COLUMNS = WITHOUT_PRIVATE + ", private_content";

    /// How many columns there are.
    static final int WIDTH = 18;

    /// PostgreSQL counts microseconds from here.
    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

    /// Reads one row of a binary `COPY`, from its count of columns on.
    static JournalRow read(ByteBuffer from) {
        int size = from.remaining();
        try {
            if (from.getShort() != WIDTH) {
                throw new UnreadableRow("a row of the journal has " + WIDTH + " columns");
            }
            var sequence = bigint(from);
            if (sequence == null) {
                throw new UnreadableRow("a row of the journal has no sequence");
            }
            return new JournalRow(
                    sequence,
                    bigint(from),
                    instant(from),
                    uuid(from),
                    bigint(from),
                    bigint(from),
                    integer(from),
                    bigint(from),
                    smallint(from),
                    integer(from),
                    uuid(from),
                    uuid(from),
                    uuid(from),
                    bigint(from),
                    instant(from),
                    bytea(from),
                    bytea(from),
                    bytea(from),
                    size);
        } catch (BufferUnderflowException e) {
            throw new UnreadableRow("a row of the journal ends too early");
        }
    }

    /// The row at the cursor of a query for [#WITHOUT_PRIVATE].
    static JournalRow withoutPrivate(ResultSet row) throws SQLException {
        short role = row.getShort("role");
        var roleOrNull = row.wasNull() ? null : role;
        return new JournalRow(
                row.getLong("sequence"),
                row.getObject("epoch", Long.class),
                instant(row.getTimestamp("at")),
                row.getObject("id", UUID.class),
                row.getObject("debit", Long.class),
                row.getObject("credit", Long.class),
                row.getObject("asset", Integer.class),
                row.getObject("amount", Long.class),
                roleOrNull,
                row.getObject("code", Integer.class),
                row.getObject("transfer", UUID.class),
                row.getObject("hold", UUID.class),
                row.getObject("reference", UUID.class),
                row.getObject("payee", Long.class),
                instant(row.getTimestamp("expires")),
                bytes(row.getBytes("salt")),
                bytes(row.getBytes("leaf")),
                null,
                0);
    }

    private static @Nullable Instant instant(@Nullable Timestamp at) {
        return at == null ? null : at.toInstant();
    }

    private static @Nullable Bytes bytes(byte @Nullable [] column) {
        return column == null ? null : Bytes.of(column);
    }

    private static boolean isThere(ByteBuffer from, int length) {
        int found = from.getInt();
        if (found >= 0 && found != length) {
            throw new UnreadableRow("a column has " + found + " bytes, not " + length);
        }
        return found >= 0;
    }

    private static @Nullable Long bigint(ByteBuffer from) {
        return isThere(from, Long.BYTES) ? from.getLong() : null;
    }

    private static @Nullable Integer integer(ByteBuffer from) {
        return isThere(from, Integer.BYTES) ? from.getInt() : null;
    }

    private static @Nullable Short smallint(ByteBuffer from) {
        return isThere(from, Short.BYTES) ? from.getShort() : null;
    }

    private static @Nullable UUID uuid(ByteBuffer from) {
        return isThere(from, 2 * Long.BYTES) ? new UUID(from.getLong(), from.getLong()) : null;
    }

    private static @Nullable Instant instant(ByteBuffer from) {
        var micros = bigint(from);
        return micros == null ? null : EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static @Nullable Bytes bytea(ByteBuffer from) {
        int length = from.getInt();
        if (length < 0) {
            return null;
        }
        var bytes = new byte[length];
        from.get(bytes);
        return Bytes.of(bytes);
    }

    /// Whether it is a transfer rather than a leaf of its own.
    public boolean isTransfer() {
        return leaf == null;
    }

    /// Whether the entry's own row says what its command asked and was answered.
    boolean isItsOwnRecord() {
        return isTransfer() && id != null && transfer == null && role != null && role == 0;
    }

    /// The command that this is the first entry of, unless the row itself is what was asked.
    public @Nullable UUID taken() {
        return isItsOwnRecord() ? null : id;
    }

    /// Throws [UnreadableRow] unless the row keeps a leaf and, but for what that commits to,
    /// nothing else.
    public void requireLeafAlone() {
        boolean more =
                Stream.of(
                                debit, credit, asset, amount, role, code, transfer, hold, reference,
                                payee, expires)
                        .anyMatch(column -> column != null);
        if (more) {
            throw new UnreadableRow("its row is half a transfer's");
        }
    }

    TransferPosted.Role roleOfTransfer() {
        if (epoch == null
                || at == null
                || role == null
                || debit == null
                || credit == null
                || asset == null
                || amount == null) {
            throw new UnreadableRow("its row is neither a leaf nor a whole transfer");
        }
        return role(role);
    }

    /// What a transfer does to its hold, by the number in its row.
    static TransferPosted.Role role(long number) {
        try {
            return TransferPosted.Role.of(number);
        } catch (Canonical.Malformed e) {
            throw new UnreadableRow(String.valueOf(e.getMessage()));
        }
    }

    /// What has two forms in a row could be changed from one to the other unseen.
    void requireOneForm(TransferPosted posted) {
        var role = posted.role();
        require(privateContent == null, "it is a transfer and hides something");
        require(posted.isSalted() == (salt != null), "it has a salt too many or too few");
        require(salt == null || salt.length() == Commitment.SALT_BYTES, "its salt is none");
        require(code == null || code != 0, "it has a code that says nothing");
        require(role.belongsToHold() == (hold != null), "it has a hold too many or too few");
        require(
                role == TransferPosted.Role.RESERVES || posted.terms().equals(HoldTerms.NONE),
                "it has terms and makes no hold");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new UnreadableRow(otherwise);
        }
    }
}
