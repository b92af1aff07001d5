package org.wattmark.registry;

import org.wattmark.ledger.Commitment;
import org.wattmark.ledger.Entry;
import org.wattmark.tlog.OfflineVerifier;
import org.wattmark.tlog.TlogProof;
import org.wattmark.tlog.Trust;
import org.wattmark.tlog.Verdict;
import org.wattmark.units.Bytes;
import org.wattmark.units.Canonical;

/// The proof of a retirement, for anyone and without us: the leaf, what it only commits to, and the
/// proof that the log holds it.
///
/// @param leaf the log's bytes of the retirement statement
/// @param salt of the commitment to beneficiary and purpose
public record Certificate(
        Bytes leaf, String beneficiary, String purpose, Bytes salt, TlogProof proof) {

    /// Reads the statement out of the leaf, and nowhere else: what a file says beside it counts for
    /// nothing.
    ///
    /// @throws Canonical.Malformed if the leaf is no retirement, or is of another beneficiary or
    ///   purpose
    public RetirementStatement statement() throws Canonical.Malformed {
        var published = Entry.Published.of(leaf.toByteArray());
        if (published.sequence() != proof.index()) {
            throw new Canonical.Malformed("the proof is of another leaf");
        }
        if (salt.length() != Commitment.SALT_BYTES) {
            throw new Canonical.Malformed("a salt has 32 bytes");
        }
        return RetirementStatement.ofPublished(
                published.content().toByteArray(), beneficiary, purpose, salt.toByteArray());
    }

    /// Judges the certificate by what the reader trusts: no network, no clock.
    public Verdict verify(Trust trust) {
        return new OfflineVerifier(trust).verify(leaf.toByteArray(), proof);
    }
}
