package org.wattmark.ledger;

import java.util.UUID;
import java.util.regex.Pattern;

/// Names an account. It appears in the public log, so it is random or a role of the system, never
/// anything that tells who a person is.
public record AccountId(String value) {

    private static final String RESERVED = "/reserved";
    private static final String TEST = "test:";

    /// At most 100 characters, of which the last 9 are for [#reserved()] alone.
    private static final Pattern FORM =
            Pattern.compile("[a-z0-9][a-z0-9:./-]{0,90}(" + RESERVED + ")?");

    public AccountId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "an account id is 1 to 91 of a-z, 0-9, ':', '.', '/', '-', not: " + value);
        }
    }

    /// The account of a holder: an organisation or a person, known by its random id.
    public static AccountId holder(UUID id) {
        return new AccountId("holder:" + id);
    }

    /// The account of a holder that only plays: assets of class TEST live in such accounts alone.
    public static AccountId testHolder(UUID id) {
        return new AccountId(TEST + "holder:" + id);
    }

    /// An account with a role in the system itself, such as `system:issuance`.
    public static AccountId system(String role) {
        return new AccountId("system:" + role);
    }

    /// The same role for assets of class TEST, such as `test:system:issuance`.
    public static AccountId testSystem(String role) {
        return new AccountId(TEST + "system:" + role);
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
