package org.wattmark.ledger;

import java.util.UUID;
import java.util.regex.Pattern;

/// Names an account. It appears in the public log, so it is random or a role of the system, never
/// anything that tells who a person is.
public record AccountId(String value) {

    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9:./-]{0,99}");
    private static final String RESERVED = "/reserved";

    public AccountId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "an account id is 1 to 100 of a-z, 0-9, ':', '.', '/', '-', not: " + value);
        }
    }

    /// The account of a holder: an organisation or a person, known by its random id.
    public static AccountId holder(UUID id) {
        return new AccountId("holder:" + id);
    }

    /// An account with a role in the system itself, such as `system:issuance`.
    public static AccountId system(String role) {
        return new AccountId("system:" + role);
    }

    /// Where the part of this account lies that a hold has reserved.
    AccountId reserved() {
        return new AccountId(value + RESERVED);
    }

    @Override
    public String toString() {
        return value;
    }
}
