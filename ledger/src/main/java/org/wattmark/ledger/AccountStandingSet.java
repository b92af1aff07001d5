package org.wattmark.ledger;

import org.wattmark.units.Canonical;

/// From here on an account is open, frozen or closed.
public record AccountStandingSet(AccountId account, Account.Standing standing) implements Fact {

    public static final String DOMAIN = "wattmark/account-standing-set/v1";

    @Override
    public byte[] content() {
        return Canonical.of(DOMAIN).text(account.value()).text(standing.name()).toByteArray();
    }

    public static AccountStandingSet of(byte[] content) throws Canonical.Malformed {
        var reader = Canonical.Reader.of(DOMAIN, content);
        try {
            var set =
                    new AccountStandingSet(
                            new AccountId(reader.text()), Account.Standing.valueOf(reader.text()));
            reader.end();
            return set;
        } catch (IllegalArgumentException e) {
            throw new Canonical.Malformed(String.valueOf(e.getMessage()));
        }
    }
}
