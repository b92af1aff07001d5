package org.wattmark.registry;

import org.wattmark.ledger.Fact;
import org.wattmark.units.Canonical;
import org.wattmark.verification.UnitClass;

/// Reductions were lost. What was drawn of the buffer is cancelled by entries of its own.
///
/// @param reversal as it begins: all that is owed is left
/// @param reason the intervention's
public record ReductionReversed(Reversal reversal, String reason) implements Fact {

    public static final String DOMAIN = "wattmark/reduction-reversed/v1";

    public ReductionReversed {
        PublicWords.require(reason);
        if (!reversal.left().equals(reversal.owed())) {
            throw new IllegalArgumentException("a reversal begins with all that is owed");
        }
    }

    @Override
    public byte[] content() {
        return Canonical.of(DOMAIN)
                .id(reversal.id())
                .id(reversal.block())
                .id(reversal.project())
                .id(reversal.proponent())
                .text(reversal.unitClass().name())
                .co2e(reversal.lost())
                .co2e(reversal.drawn())
                .co2e(reversal.owed())
                .text(reason)
                .toByteArray();
    }

    public static ReductionReversed of(byte[] content) throws Canonical.Malformed {
        return RegistryForm.read(DOMAIN, content, ReductionReversed::read);
    }

    private static ReductionReversed read(Canonical.Reader reader) throws Canonical.Malformed {
        var id = reader.id();
        var block = reader.id();
        var project = reader.id();
        var proponent = reader.id();
        var unitClass = UnitClass.valueOf(reader.text());
        var lost = reader.co2e();
        var drawn = reader.co2e();
        var owed = reader.co2e();
        return new ReductionReversed(
                new Reversal(id, block, project, proponent, unitClass, lost, drawn, owed, owed),
                reader.text());
    }
}
