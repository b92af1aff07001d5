package org.wattmark.registry;

import org.wattmark.ledger.Commitment;
import org.wattmark.ledger.Entry;
import org.wattmark.tlog.OfflineVerifier;
import org.wattmark.tlog.TlogProof;
import org.wattmark.tlog.Trust;
import org.wattmark.tlog.Verdict;
import org.wattmark.units.Bytes;
import org.wattmark.units.Canonical;

/// The proof that watt-hours of a granular certificate were retired, for anyone and without us, as
/// [Certificate] is of credits.
///
/// @param leaf the log's bytes of the retirement
/// @param salt of the commitment to beneficiary and purpose
public record GranularProof(
        Bytes leaf, String beneficiary, String purpose, Bytes salt, TlogProof proof) {

    /// Reads the retirement out of the leaf, and nowhere else.
    ///
    /// @throws Canonical.Malformed if the leaf is no such retirement, or is of another beneficiary
    ///   or purpose
    public GranularRetirement statement() throws Canonical.Malformed {
        var published = Entry.Published.of(leaf.toByteArray());
        if (published.sequence() != proof.index()) {
            throw new Canonical.Malformed("the proof is of another leaf");
        }
        if (salt.length() != Commitment.SALT_BYTES) {
            throw new Canonical.Malformed("a salt has 32 bytes");
        }
        return GranularRetirement.ofPublished(
                published.content().toByteArray(), beneficiary, purpose, salt.toByteArray());
    }

    /// Judges it by what the reader trusts: no network, no clock.
    public Verdict verify(Trust trust) {
        return new OfflineVerifier(trust).verify(leaf.toByteArray(), proof);
    }
}
