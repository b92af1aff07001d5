package org.wattmark.registry;

import java.util.UUID;
import org.wattmark.attributes.ClaimId;
import org.wattmark.ledger.Fact;
import org.wattmark.units.Canonical;

/// A verifier refused a claim; the attributes that were reserved for it are free again.
public record ClaimRefused(ClaimId claim, UUID verifier) implements Fact {

    public static final String DOMAIN = "wattmark/claim-refused/v1";

    @Override
    public byte[] content() {
        return Canonical.of(DOMAIN).id(claim.value()).id(verifier).toByteArray();
    }

    public static ClaimRefused of(byte[] content) throws Canonical.Malformed {
        var reader = Canonical.Reader.of(DOMAIN, content);
        var refused = new ClaimRefused(new ClaimId(reader.id()), reader.id());
        reader.end();
        return refused;
    }
}
