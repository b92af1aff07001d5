package org.wattmark.rewards;

import org.wattmark.ledger.Fact;
import org.wattmark.units.Canonical;

/// There is a programme from here on.
///
/// @param terms its first version
public record ProgrammeBegun(Programme programme, Terms terms) implements Fact {

    public static final String DOMAIN = "wattmark/reward-programme-begun/v1";

    @Override
    public byte[] content() {
        return terms.writeTo(programme.writeTo(Canonical.of(DOMAIN))).toByteArray();
    }

    public static ProgrammeBegun of(byte[] content) throws Canonical.Malformed {
        return Form.read(
                DOMAIN,
                content,
                reader -> new ProgrammeBegun(Programme.read(reader), Terms.read(reader)));
    }
}
