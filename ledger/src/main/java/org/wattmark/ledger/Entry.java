package org.wattmark.ledger;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import org.wattmark.units.Bytes;
import org.wattmark.units.Canonical;

/// A fact in its place in the journal.
///
/// @param sequence counts from 0 without a gap; it orders the journal, the time does not
/// @param epoch the term of the server that led when this was decided
/// @param salt of the fact's commitments; empty if it has none
public record Entry(long sequence, long epoch, Instant at, Fact fact, Bytes salt) {

    /// A leaf's limit in bytes: bulk content enters as its hash.
    public static final int MAX_LEAF_BYTES = 4_096;

    private static final String DOMAIN = "wattmark/leaf/v1";

    /// The bytes that the transparency log keeps of it: sequence, epoch, time, published content.
    public byte[] leaf() {
        var leaf =
                Canonical.of(DOMAIN)
                        .number(sequence)
                        .number(epoch)
                        .instant(at)
                        .bytes(fact.published(salt.toByteArray()))
                        .toByteArray();
        if (leaf.length > MAX_LEAF_BYTES) {
            throw new IllegalArgumentException(
                    "a leaf of " + leaf.length + " bytes, more than " + MAX_LEAF_BYTES);
        }
        return leaf;
    }

    public Receipt receipt() {
        return new Receipt(sequence, HexFormat.of().formatHex(leafHash(leaf())));
    }

    /// RFC 6962 §2.1: SHA-256(0x00 ‖ leaf).
    private static byte[] leafHash(byte[] leaf) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update((byte) 0);
            return sha256.digest(leaf);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /// What a leaf says, read back from its bytes.
    public record Published(long sequence, long epoch, Instant at, Bytes content) {

        public static Published of(byte[] leaf) throws Canonical.Malformed {
            var reader = Canonical.Reader.of(DOMAIN, leaf);
            var published =
                    new Published(
                            reader.number(),
                            reader.number(),
                            reader.instant(),
                            Bytes.of(reader.bytes()));
            reader.end();
            return published;
        }
    }
}
