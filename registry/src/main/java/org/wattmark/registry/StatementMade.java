package org.wattmark.registry;

import org.wattmark.ledger.Fact;
import org.wattmark.units.Canonical;
import org.wattmark.verification.VerificationStatement;

/// A claim is verified: its statement's own bytes are the leaf.
public record StatementMade(VerificationStatement statement) implements Fact {

    public static final String DOMAIN = "wattmark/verification-statement/v1";

    @Override
    public byte[] content() {
        return statement.canonicalBytes();
    }

    public static StatementMade of(byte[] content) throws Canonical.Malformed {
        return new StatementMade(VerificationStatement.parse(content));
    }
}
