package org.wattmark.ledger;

import org.wattmark.units.Canonical;

/// An account exists from here on. The entry's sequence is its number.
public record AccountOpened(Account account) implements Fact {

    public static final String DOMAIN = "wattmark/account-opened/v1";

    public AccountOpened {
        account = new Account(account.id(), account.kind());
    }

    @Override
    public byte[] content() {
        return Canonical.of(DOMAIN)
                .text(account.id().value())
                .text(account.kind().name())
                .toByteArray();
    }

    public static AccountOpened of(byte[] content) throws Canonical.Malformed {
        var reader = Canonical.Reader.of(DOMAIN, content);
        try {
            var account =
                    new Account(new AccountId(reader.text()), Account.Kind.valueOf(reader.text()));
            reader.end();
            return new AccountOpened(account);
        } catch (IllegalArgumentException e) {
            throw new Canonical.Malformed(String.valueOf(e.getMessage()));
        }
    }
}
