package org.wattmark.server.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/// Many rows for one table in PostgreSQL's binary `COPY` format: the quickest way in, and all or
/// nothing like any other statement.
///
/// See the PostgreSQL documentation, "COPY", "Binary Format".
public final class BinaryCopy {

    private static final byte[] SIGNATURE = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0
    };

    /// PostgreSQL counts microseconds from here.
    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

    private ByteBuffer buffer;

    /// @param expectedBytes of all rows; it grows when they need more
    public BinaryCopy(int expectedBytes) {
        buffer = ByteBuffer.allocate(Math.max(64, expectedBytes));
        buffer.put(SIGNATURE).putInt(0).putInt(0);
    }

    /// Begins a row. As many columns must follow.
    public BinaryCopy row(int columns) {
        room(Short.BYTES).putShort((short) columns);
        return this;
    }

    public BinaryCopy nothing() {
        room(Integer.BYTES).putInt(-1);
        return this;
    }

    public BinaryCopy bigint(long value) {
        room(Integer.BYTES + Long.BYTES).putInt(Long.BYTES).putLong(value);
        return this;
    }

    public BinaryCopy integer(int value) {
        room(2 * Integer.BYTES).putInt(Integer.BYTES).putInt(value);
        return this;
    }

    public BinaryCopy smallint(int value) {
        room(Integer.BYTES + Short.BYTES).putInt(Short.BYTES).putShort((short) value);
        return this;
    }

    public BinaryCopy bool(boolean value) {
        room(Integer.BYTES + 1).putInt(1).put((byte) (value ? 1 : 0));
        return this;
    }

    public BinaryCopy uuid(@Nullable UUID value) {
        if (value == null) {
            return nothing();
        }
        room(Integer.BYTES + 2 * Long.BYTES)
                .putInt(2 * Long.BYTES)
                .putLong(value.getMostSignificantBits())
                .putLong(value.getLeastSignificantBits());
        return this;
    }

    /// Whole microseconds, rounded down as PostgreSQL has no finer ones.
    public BinaryCopy timestamptz(@Nullable Instant value) {
        return value == null ? nothing() : bigint(EPOCH.until(value, ChronoUnit.MICROS));
    }

    public BinaryCopy text(String value) {
        return bytea(value.getBytes(StandardCharsets.UTF_8));
    }

    public BinaryCopy bytea(byte @Nullable [] value) {
        if (value == null) {
            return nothing();
        }
        room(Integer.BYTES + value.length).putInt(value.length).put(value);
        return this;
    }

    private ByteBuffer room(int bytes) {
        if (buffer.remaining() < bytes) {
            int capacity = Math.max(2 * buffer.capacity(), buffer.position() + bytes);
            buffer =
                    ByteBuffer.wrap(
                            Arrays.copyOf(buffer.array(), capacity),
                            buffer.position(),
                            capacity - buffer.position());
        }
        return buffer;
    }

    /// Writes the rows within the connection's transaction. It ends this copy.
    ///
    /// @param table with its columns, such as `journal (sequence, at)`
    public void into(Connection connection, String table) throws SQLException {
        room(Short.BYTES).putShort((short) -1);
        var copy =
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn("copy " + table + " from stdin (format binary)");
        try {
            copy.writeToCopy(buffer.array(), 0, buffer.position());
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }
}
