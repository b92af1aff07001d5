package org.wattmark.units;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// SHA-256 (FIPS 180-4) as everything here uses it. To look a provider up costs as much as to hash
/// a small content, so each thread keeps what it found.
public final class Sha256 {

    public static final int BYTES = 32;

    private static final ThreadLocal<MessageDigest> DIGEST =
            ThreadLocal.withInitial(Sha256::inParts);

    private Sha256() {}

    public static byte[] of(byte[] content) {
        return DIGEST.get().digest(content);
    }

    /// Of both, one after the other.
    public static byte[] of(byte[] first, byte[] second) {
        var digest = DIGEST.get();
        digest.update(first);
        return digest.digest(second);
    }

    /// A digest of its own, for content that comes in parts.
    public static MessageDigest inParts() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
