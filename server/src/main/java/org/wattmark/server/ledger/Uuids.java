package org.wattmark.server.ledger;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// UUIDs from characters, in their one form of 36: `UUID.fromString` takes others too, and needs a
/// string and an exception.
final class Uuids {

    private static final int LENGTH = 36;

    private Uuids() {}

    /// The UUID that stands there, in lower or upper case; null if none does.
    static @Nullable UUID parse(char[] text, int from, int length) {
        if (length != LENGTH
                || text[from + 8] != '-'
                || text[from + 13] != '-'
                || text[from + 18] != '-'
                || text[from + 23] != '-') {
            return null;
        }
        long high = digits(text, from, 8);
        long mid = digits(text, from + 9, 4);
        long version = digits(text, from + 14, 4);
        long variant = digits(text, from + 19, 4);
        long low = digits(text, from + 24, 12);
        return (high | mid | version | variant | low) < 0
                ? null
                : new UUID(high << 32 | mid << 16 | version, variant << 48 | low);
    }

    /// Negative if one of them is no digit.
    private static long digits(char[] text, int from, int count) {
        long value = 0;
        for (int i = from; i < from + count; i++) {
            int digit = digit(text[i]);
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    /// ASCII only, unlike `Character.digit`.
    private static int digit(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        if (c >= 'a' && c <= 'f') {
            return c - 'a' + 10;
        }
        return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
    }
}
