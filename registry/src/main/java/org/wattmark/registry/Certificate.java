package org.wattmark.registry;

import org.wattmark.ledger.Commitment;
import org.wattmark.ledger.Entry;
import org.wattmark.tlog.OfflineVerifier;
import org.wattmark.tlog.TlogProof;
import org.wattmark.tlog.Trust;
import org.wattmark.tlog.Verdict;
import org.wattmark.units.Bytes;
import org.wattmark.units.Canonical;

/// The proof of a retirement, of credits or of watt-hours of a granular certificate, for anyone and
/// without us: the leaf, what it only commits to, and the proof that the log holds it.
///
/// @param leaf the log's bytes of the retirement
/// @param salt of the commitment to beneficiary and purpose
public record Certificate(
        Bytes leaf, String beneficiary, String purpose, Bytes salt, TlogProof proof) {

    /// Reads the statement out of the leaf, and nowhere else: what a file says beside it counts for
    /// nothing.
    ///
    /// @throws Canonical.Malformed if the leaf is no retirement of credits, or is of another
    ///   beneficiary or purpose
    public RetirementStatement statement() throws Canonical.Malformed {
        return RetirementStatement.ofPublished(
                published(), beneficiary, purpose, salt.toByteArray());
    }

    /// The same for watt-hours of a granular certificate.
    ///
    /// @throws Canonical.Malformed if the leaf is no retirement of them, or is of another
    ///   beneficiary or purpose
    public GranularRetirement hour() throws Canonical.Malformed {
        return GranularRetirement.ofPublished(
                published(), beneficiary, purpose, salt.toByteArray());
    }

    private byte[] published() throws Canonical.Malformed {
        var published = Entry.Published.of(leaf.toByteArray());
        if (published.sequence() != proof.index()) {
            throw new Canonical.Malformed("the proof is of another leaf");
        }
        if (salt.length() != Commitment.SALT_BYTES) {
            throw new Canonical.Malformed("a salt has 32 bytes");
        }
        return published.content().toByteArray();
    }

    /// Judges the certificate by what the reader trusts: no network, no clock.
    public Verdict verify(Trust trust) {
        return new OfflineVerifier(trust).verify(leaf.toByteArray(), proof);
    }
}
