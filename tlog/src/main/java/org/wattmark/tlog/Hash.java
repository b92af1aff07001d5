package org.wattmark.tlog;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/// A SHA-256 hash: 32 bytes, compared by value.
public final class Hash {

    public static final int BYTES = 32;

    private final byte[] bytes;

    private Hash(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new MalformedException("a hash has 32 bytes, not " + bytes.length);
        }
        this.bytes = bytes;
    }

    public static Hash of(byte[] bytes) {
        return new Hash(bytes.clone());
    }

    public static Hash ofBase64(String base64) {
        return new Hash(Strict.base64(base64));
    }

    public static Hash ofHex(String hex) {
        try {
            return new Hash(HexFormat.of().parseHex(hex));
        } catch (MalformedException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new MalformedException("not hexadecimal: " + hex, e);
        }
    }

    /// What `digest` has been given so far.
    static Hash ofDigest(MessageDigest digest) {
        return new Hash(digest.digest());
    }

    /// The hash at position `index` of a row of hashes.
    static Hash at(byte[] row, int index) {
        return new Hash(Arrays.copyOfRange(row, index * BYTES, (index + 1) * BYTES));
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    void addTo(MessageDigest digest) {
        digest.update(bytes);
    }

    public String base64() {
        return Strict.base64(bytes);
    }

    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return hex();
    }
}
