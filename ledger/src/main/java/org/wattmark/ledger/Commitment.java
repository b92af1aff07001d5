package org.wattmark.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.wattmark.units.Sha256;

/// A value that the log binds without showing it: SHA-256(salt ‖ value). Who is given the salt and
/// the value can check it; without the 32-byte salt it tells nothing, and erasing the salt erases
/// the value.
public final class Commitment {

    public static final int SALT_BYTES = 32;

    private Commitment() {}

    public static byte[] to(long amount, byte[] salt) {
        return to(ByteBuffer.allocate(Long.BYTES).putLong(amount).array(), salt);
    }

    public static byte[] to(String text, byte[] salt) {
        return to(text.getBytes(StandardCharsets.UTF_8), salt);
    }

    /// @throws IllegalArgumentException if the salt is not [#SALT_BYTES] long
    public static byte[] to(byte[] value, byte[] salt) {
        if (salt.length != SALT_BYTES) {
            throw new IllegalArgumentException("a salt has 32 bytes, not " + salt.length);
        }
        return Sha256.of(salt, value);
    }
}
