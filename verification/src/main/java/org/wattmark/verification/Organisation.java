package org.wattmark.verification;

import java.util.Optional;
import java.util.UUID;

/// Who acts in law, and who controls it.
///
/// @param controller the organisation at the top of the chain that owns or directs this one, if any
public record Organisation(UUID id, Optional<UUID> controller) {

    public static Organisation uncontrolled(UUID id) {
        return new Organisation(id, Optional.empty());
    }

    /// Whether neither is the other, controls the other, or shares its controller.
    public boolean independentOf(Organisation other) {
        return !top().equals(other.top());
    }

    /// Whoever directs it in the end: its controller, or itself.
    UUID top() {
        return controller.orElse(id);
    }
}
