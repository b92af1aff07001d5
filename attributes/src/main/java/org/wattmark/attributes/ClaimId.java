package org.wattmark.attributes;

import java.util.UUID;

/// The claim that uses the attribute of metered energy, chosen by whoever claims and kept for ever.
public record ClaimId(UUID value) {

    @Override
    public String toString() {
        return value.toString();
    }
}
