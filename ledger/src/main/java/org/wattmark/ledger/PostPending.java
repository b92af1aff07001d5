package org.wattmark.ledger;

import java.util.UUID;
import org.wattmark.units.Canonical;

/// Posts a pending transfer. What is left of it goes back at once.
///
/// @param pending the id of the pending transfer
/// @param amount in the asset's base unit, or [#WHOLE]
public record PostPending(UUID id, UUID pending, long amount) implements Leg {

    /// All that is reserved.
    public static final long WHOLE = 0;

    private static final String DOMAIN = "wattmark/post-pending/v1";

    public PostPending {
        if (amount < 0) {
            throw new IllegalArgumentException("a transfer moves at least 1, not " + amount);
        }
    }

    public static PostPending whole(UUID id, UUID pending) {
        return new PostPending(id, pending, WHOLE);
    }

    @Override
    public PostPending withId(UUID other) {
        return new PostPending(other, pending, amount);
    }

    @Override
    public byte[] content() {
        return writeTo(Canonical.of(DOMAIN)).toByteArray();
    }

    @Override
    public Canonical writeTo(Canonical canonical) {
        return canonical.id(pending).number(amount);
    }
}
