package org.wattmark.units;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Currency;
import java.util.UUID;

/// The one byte form of a content, for hashing and signing: two contents never share their bytes.
///
/// It begins with a domain (such as `wattmark/leaf/v1`) that says what the bytes are and in which
/// version, so that bytes of one purpose are never taken for another's. Each field follows as its
/// length, 4 bytes big-endian, and its bytes: text in UTF-8, whole numbers as 8 bytes big-endian
/// two's complement, exact decimals as plain text without trailing zeros, instants as microseconds
/// since 1970-01-01T00:00:00Z, ids as 16 bytes. A list is its size and then its parts.
public final class Canonical {

    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /// What most contents fit into: a transfer and its leaf have about 300 bytes.
    private static final int START = 384;

    private byte[] bytes = new byte[START];
    private int size;

    private Canonical() {}

    public static Canonical of(String domain) {
        return new Canonical().text(domain);
    }

    public Canonical bytes(byte[] value) {
        int at = field(value.length);
        System.arraycopy(value, 0, bytes, at, value.length);
        return this;
    }

    public Canonical text(String value) {
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    public Canonical number(long value) {
        int at = field(Long.BYTES);
        LONG.set(bytes, at, value);
        return this;
    }

    /// Makes room for a field, writes its length, and says where its bytes belong.
    private int field(int length) {
        int at = size + Integer.BYTES;
        int end = Math.addExact(at, length);
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(end, 2 * bytes.length));
        }
        INT.set(bytes, size, length);
        size = end;
        return at;
    }

    public Canonical decimal(BigDecimal value) {
        return text(plainText(value));
    }

    private static String plainText(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    /// Microseconds, as the database keeps them; a finer instant is `IllegalArgumentException`.
    public Canonical instant(Instant value) {
        if (value.getNano() % 1_000 != 0) {
            throw new IllegalArgumentException("finer than a microsecond: " + value);
        }
        return number(
                Math.addExact(
                        Math.multiplyExact(value.getEpochSecond(), 1_000_000L),
                        value.getNano() / 1_000));
    }

    public Canonical id(UUID value) {
        int at = field(2 * Long.BYTES);
        LONG.set(bytes, at, value.getMostSignificantBits());
        LONG.set(bytes, at + Long.BYTES, value.getLeastSignificantBits());
        return this;
    }

    public Canonical energy(Energy value) {
        return number(value.wattHours());
    }

    public Canonical co2e(Co2e value) {
        return number(value.grams());
    }

    public Canonical money(Money value) {
        return number(value.minorUnits()).text(value.currency().getCurrencyCode());
    }

    public Canonical period(Period value) {
        return instant(value.start()).instant(value.end());
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    public byte[] sha256() {
        return sha256(toByteArray());
    }

    /// The id that stands for this content: the first bits of its SHA-256 as an RFC 9562 UUID of
    /// version 8, the version for ids of one's own making.
    public UUID derivedId() {
        var hash = ByteBuffer.wrap(sha256());
        return new UUID(
                (hash.getLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x8000L,
                (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L);
    }

    public static byte[] sha256(byte[] content) {
        return Sha256.of(content);
    }

    /// The domain that content begins with, to find who reads it.
    public static String domainOf(byte[] content) throws Malformed {
        return new Reader(content).text();
    }

    /// Reads what [Canonical] wrote, field by field in the same order.
    ///
    /// Bytes may come from a stranger's file: whatever is wrong with them is [Malformed].
    public static final class Reader {

        private final ByteBuffer rest;

        private Reader(byte[] content) {
            this.rest = ByteBuffer.wrap(content);
        }

        /// Begins to read content that must be of this domain.
        public static Reader of(String domain, byte[] content) throws Malformed {
            var reader = new Reader(content);
            var found = reader.text();
            if (!found.equals(domain)) {
                throw new Malformed("expected " + domain + ", found " + found);
            }
            return reader;
        }

        public byte[] bytes() throws Malformed {
            if (rest.remaining() < Integer.BYTES) {
                throw new Malformed("ends inside a field's length");
            }
            int length = rest.getInt();
            if (length < 0 || length > rest.remaining()) {
                throw new Malformed("a field of " + length + " bytes does not fit");
            }
            var value = new byte[length];
            rest.get(value);
            return value;
        }

        public String text() throws Malformed {
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes()))
                        .toString();
            } catch (CharacterCodingException e) {
                throw new Malformed("text is not UTF-8");
            }
        }

        public long number() throws Malformed {
            return fixed(Long.BYTES).getLong();
        }

        public BigDecimal decimal() throws Malformed {
            var text = text();
            if (!text.matches("-?[0-9]{1,40}(\\.[0-9]{1,40})?")) {
                throw new Malformed("not a plain decimal");
            }
            var value = new BigDecimal(text);
            if (!plainText(value).equals(text)) {
                throw new Malformed("not a canonical decimal");
            }
            return value;
        }

        public Instant instant() throws Malformed {
            long micros = number();
            return Instant.ofEpochSecond(
                    Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L);
        }

        public UUID id() throws Malformed {
            var field = fixed(2 * Long.BYTES);
            return new UUID(field.getLong(), field.getLong());
        }

        public Energy energy() throws Malformed {
            return new Energy(nonNegative());
        }

        public Co2e co2e() throws Malformed {
            return new Co2e(nonNegative());
        }

        public Money money() throws Malformed {
            long minorUnits = nonNegative();
            try {
                return new Money(minorUnits, Currency.getInstance(text()));
            } catch (IllegalArgumentException e) {
                throw new Malformed("not an ISO 4217 currency");
            }
        }

        public Period period() throws Malformed {
            var start = instant();
            var end = instant();
            if (!start.isBefore(end)) {
                throw new Malformed("a period ends before it starts");
            }
            return new Period(start, end);
        }

        /// Says that nothing may follow.
        public void end() throws Malformed {
            if (rest.hasRemaining()) {
                throw new Malformed(rest.remaining() + " bytes too many");
            }
        }

        private long nonNegative() throws Malformed {
            long value = number();
            if (value < 0) {
                throw new Malformed("a quantity is negative: " + value);
            }
            return value;
        }

        private ByteBuffer fixed(int length) throws Malformed {
            var field = bytes();
            if (field.length != length) {
                throw new Malformed("expected " + length + " bytes, found " + field.length);
            }
            return ByteBuffer.wrap(field);
        }
    }

    /// The bytes are not what they claim to be.
    public static final class Malformed extends Exception {

        public Malformed(String what) {
            super(what);
        }
    }
}
