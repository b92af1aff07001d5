package org.wattmark.registry;

import java.security.MessageDigest;
import org.wattmark.ledger.Commitment;
import org.wattmark.units.Canonical;

/// The words of a retirement: for whom, and what for. The log does not show them, it commits to
/// them.
record Disclosed(String beneficiary, String purpose) {

    /// From the content itself, where both follow what the log shows.
    static final Source IN_CONTENT = reader -> new Disclosed(reader.text(), reader.text());

    /// Where the words are, once what the log shows has been read.
    interface Source {

        Disclosed from(Canonical.Reader reader) throws Canonical.Malformed;
    }

    Disclosed {
        require(beneficiary, purpose);
    }

    /// @throws IllegalArgumentException for words that no retirement has
    static void require(String beneficiary, String purpose) {
        if (beneficiary.isBlank() || beneficiary.length() > RetirementStatement.MAX_BENEFICIARY) {
            throw new IllegalArgumentException(
                    "a beneficiary has 1 to "
                            + RetirementStatement.MAX_BENEFICIARY
                            + " characters");
        }
        if (purpose.length() > RetirementStatement.MAX_PURPOSE) {
            throw new IllegalArgumentException(
                    "a purpose has at most " + RetirementStatement.MAX_PURPOSE);
        }
        if (!isText(beneficiary) || !isText(purpose)) {
            throw new IllegalArgumentException("half a character, or none: not a text");
        }
    }

    /// Half a surrogate pair has no bytes of its own, and no database keeps U+0000.
    private static boolean isText(String words) {
        return words.codePoints()
                .allMatch(c -> c != 0 && Character.getType(c) != Character.SURROGATE);
    }

    byte[] commitment(byte[] salt) {
        var disclosed =
                Canonical.of("wattmark/retirement-beneficiary/v1").text(beneficiary).text(purpose);
        return Commitment.to(disclosed.toByteArray(), salt);
    }

    /// @throws Canonical.Malformed when it is other words that were committed to
    void requireCommitted(byte[] committed, byte[] salt) throws Canonical.Malformed {
        if (!MessageDigest.isEqual(committed, commitment(salt))) {
            throw new Canonical.Malformed(
                    "beneficiary or purpose are not those that the log commits to");
        }
    }
}
