package org.wattmark.ledger;

import java.util.UUID;
import org.wattmark.units.Canonical;

/// Gives back what a pending transfer has reserved. It can be done at any time, also when the
/// transfer has expired or an account is frozen.
///
/// @param pending the id of the pending transfer
public record VoidPending(UUID id, UUID pending) implements Leg {

    private static final String DOMAIN = "wattmark/void-pending/v1";

    @Override
    public VoidPending withId(UUID other) {
        return new VoidPending(other, pending);
    }

    @Override
    public byte[] content() {
        return writeTo(Canonical.of(DOMAIN)).toByteArray();
    }

    @Override
    public Canonical writeTo(Canonical canonical) {
        return canonical.id(pending);
    }
}
