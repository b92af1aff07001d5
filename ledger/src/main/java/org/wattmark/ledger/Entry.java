package org.wattmark.ledger;

import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.wattmark.units.Bytes;
import org.wattmark.units.Canonical;
import org.wattmark.units.Sha256;

/// A fact in its place in the journal.
///
/// The sequence counts from 0 without a gap, and orders the journal; the time does not. The epoch
/// is the term of the server that led when this was decided. The salt is of the fact's commitments,
/// and empty if it has none.
public final class Entry {

    /// A leaf's limit in bytes: bulk content enters as its hash.
    public static final int MAX_LEAF_BYTES = 4_096;

    private static final String DOMAIN = "wattmark/leaf/v1";
    private static final byte[] LEAF_PREFIX = {0};

    private final long sequence;
    private final long epoch;
    private final Instant at;
    private final Fact fact;
    private final Bytes salt;

    /// Made when it is first asked for, and asked for by receipt and log alike. Two threads may
    /// both make it: they make the same.
    private byte @Nullable [] leafHash;

    /// Kept for the journal, which asks after the receipt did, where it takes hashing to make.
    private byte @Nullable [] saltedLeaf;

    public Entry(long sequence, long epoch, Instant at, Fact fact, Bytes salt) {
        this.sequence = sequence;
        this.epoch = epoch;
        this.at = at;
        this.fact = fact;
        this.salt = salt;
    }

    public long sequence() {
        return sequence;
    }

    public long epoch() {
        return epoch;
    }

    public Instant at() {
        return at;
    }

    public Fact fact() {
        return fact;
    }

    public Bytes salt() {
        return salt;
    }

    /// The bytes that the transparency log keeps of it: sequence, epoch, time, published content.
    public byte[] leaf() {
        var known = saltedLeaf;
        if (known != null) {
            return known.clone();
        }
        var leaf = made();
        if (fact.isSalted()) {
            saltedLeaf = leaf.clone();
        }
        return leaf;
    }

    private byte[] made() {
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
        return new Receipt(sequence, HexFormat.of().formatHex(knownLeafHash()));
    }

    /// The hash under which the log keeps the leaf, of 32 bytes.
    public byte[] leafHash() {
        return knownLeafHash().clone();
    }

    private byte[] knownLeafHash() {
        var known = leafHash;
        if (known == null) {
            known = hash(leaf());
            leafHash = known;
        }
        return known;
    }

    /// RFC 6962 §2.1: SHA-256(0x00 ‖ leaf).
    private static byte[] hash(byte[] leaf) {
        return Sha256.of(LEAF_PREFIX, leaf);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Entry entry
                && sequence == entry.sequence
                && epoch == entry.epoch
                && at.equals(entry.at)
                && fact.equals(entry.fact)
                && salt.equals(entry.salt);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(sequence);
    }

    @Override
    public String toString() {
        return "entry %d of epoch %d at %s: %s".formatted(sequence, epoch, at, fact);
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
