package org.wattmark.rewards;

import java.util.UUID;
import org.wattmark.ledger.Fact;
import org.wattmark.units.Canonical;

/// A programme pays by other terms from a day on that has not begun anywhere.
///
/// @param terms its next version
public record TermsChanged(UUID programme, Terms terms) implements Fact {

    public static final String DOMAIN = "wattmark/reward-terms-changed/v1";

    @Override
    public byte[] content() {
        return terms.writeTo(Canonical.of(DOMAIN).id(programme)).toByteArray();
    }

    public static TermsChanged of(byte[] content) throws Canonical.Malformed {
        return Form.read(
                DOMAIN, content, reader -> new TermsChanged(reader.id(), Terms.read(reader)));
    }
}
