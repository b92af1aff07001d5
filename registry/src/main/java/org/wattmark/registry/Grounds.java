package org.wattmark.registry;

import org.wattmark.metering.Sha256;
import org.wattmark.units.Canonical;

/// Why something is done to units that were issued. It is public, so it names no person.
///
/// @param reason for everybody to read, 1 to 500 characters
/// @param evidence the hash of the file that proves it, which the registry keeps
public record Grounds(String reason, Sha256 evidence) {

    public static final int MAX_REASON = PublicWords.MAX;

    public Grounds {
        PublicWords.require(reason);
    }

    Canonical writeTo(Canonical canonical) {
        return canonical.text(reason).bytes(evidence.bytes());
    }

    static Grounds read(Canonical.Reader reader) throws Canonical.Malformed {
        return new Grounds(reader.text(), Sha256.ofDigest(reader.bytes()));
    }
}
