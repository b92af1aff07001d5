package org.wattmark.ledger;

import java.util.Optional;
import java.util.UUID;

/// Names an account. It appears in the public log, so it is random or a role of the system, never
/// anything that tells who a person is.
public record AccountId(String value) {

    /// Enough for a role, a UUID and what an outer system puts before them; small in a leaf that
    /// names two of them.
    public static final int MAX_LENGTH = 91;

    private static final String RESERVED = "/reserved";
    private static final String TEST = "test:";
    private static final String HOLDER = "holder:";

    public AccountId {
        if (!isWellFormed(value)) {
            throw new IllegalArgumentException(
                    "an account id is 1 to 91 of a-z, 0-9, ':', '.', '/', '-', not: " + value);
        }
    }

    /// By hand, as it is asked for every account of every transfer: a regular expression costs ten
    /// times as much. [#reserved()] alone is longer than [#MAX_LENGTH].
    private static boolean isWellFormed(String value) {
        int length = value.length();
        int most = value.endsWith(RESERVED) ? MAX_LENGTH + RESERVED.length() : MAX_LENGTH;
        if (length == 0 || length > most) {
            return false;
        }
        if (!isLetterOrDigit(value.charAt(0))) {
            return false;
        }
        for (int i = 1; i < length; i++) {
            char c = value.charAt(i);
            if (!isLetterOrDigit(c) && c != ':' && c != '-' && c != '.' && c != '/') {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }

    /// The account of a holder: an organisation or a person, known by its random id.
    public static AccountId holder(UUID id) {
        return new AccountId(HOLDER + id);
    }

    /// The account of a holder that only plays: assets of class TEST live in such accounts alone.
    public static AccountId testHolder(UUID id) {
        return new AccountId(TEST + HOLDER + id);
    }

    /// An account with a role in the system itself, such as `system:issuance`.
    public static AccountId system(String role) {
        return new AccountId("system:" + role);
    }

    /// The same role for assets of class TEST, such as `test:system:issuance`.
    public static AccountId testSystem(String role) {
        return new AccountId(TEST + "system:" + role);
    }

    /// Whose account it is, by id, if it is a holder's own.
    public Optional<UUID> holderId() {
        var own = isTest() ? value.substring(TEST.length()) : value;
        try {
            return own.startsWith(HOLDER)
                    ? Optional.of(UUID.fromString(own.substring(HOLDER.length())))
                    : Optional.empty();
        } catch (IllegalArgumentException e) { // a part of a holder's account
            return Optional.empty();
        }
    }

    public boolean isTest() {
        return value.startsWith(TEST);
    }

    /// Where the part of this account lies that a hold has reserved.
    AccountId reserved() {
        return new AccountId(value + RESERVED);
    }

    boolean isReserved() {
        return value.endsWith(RESERVED);
    }

    @Override
    public String toString() {
        return value;
    }
}
