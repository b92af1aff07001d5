package org.wattmark.registry;

import java.time.Year;
import org.wattmark.attributes.ClaimId;
import org.wattmark.ledger.Fact;
import org.wattmark.units.Canonical;
import org.wattmark.verification.UnitClass;

/// A block of credits exists, on a verified statement.
public record CreditsIssued(CreditBlock block) implements Fact {

    public static final String DOMAIN = "wattmark/credits-issued/v1";

    @Override
    public byte[] content() {
        return Canonical.of(DOMAIN)
                .id(block.id())
                .id(block.project())
                .id(block.claim().value())
                .number(block.vintage().getValue())
                .text(block.unitClass().name())
                .co2e(block.issued())
                .co2e(block.buffer())
                .toByteArray();
    }

    public static CreditsIssued of(byte[] content) throws Canonical.Malformed {
        var reader = Canonical.Reader.of(DOMAIN, content);
        return ClaimBytes.checked(() -> {
            var block =
                    new CreditBlock(
                            reader.id(),
                            reader.id(),
                            new ClaimId(reader.id()),
                            Year.of(Math.toIntExact(reader.number())),
                            UnitClass.valueOf(reader.text()),
                            reader.co2e(),
                            reader.co2e(),
                            1);
            reader.end();
            return new CreditsIssued(block);
        });
    }
}
