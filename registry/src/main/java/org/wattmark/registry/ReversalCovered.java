package org.wattmark.registry;

import java.util.UUID;
import org.wattmark.ledger.Fact;
import org.wattmark.units.Canonical;
import org.wattmark.units.Co2e;

/// A proponent has cancelled units of its own for reductions that were lost beyond the buffer.
///
/// @param cancellation of the units
public record ReversalCovered(UUID cancellation, UUID reversal, Co2e quantity) implements Fact {

    public static final String DOMAIN = "wattmark/reversal-covered/v1";

    public ReversalCovered {
        if (quantity.isZero()) {
            throw new IllegalArgumentException("nothing covers nothing");
        }
    }

    @Override
    public byte[] content() {
        return Canonical.of(DOMAIN).id(cancellation).id(reversal).co2e(quantity).toByteArray();
    }

    public static ReversalCovered of(byte[] content) throws Canonical.Malformed {
        return RegistryForm.read(
                DOMAIN,
                content,
                reader -> new ReversalCovered(reader.id(), reader.id(), reader.co2e()));
    }
}
