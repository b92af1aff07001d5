package org.wattmark.registry;

import java.util.Optional;
import java.util.UUID;

/// A design where it stands.
///
/// @param validator the organisation that judged it
/// @param opinion in the validator's words; empty before
public record DesignRecord(
        Design design, DesignState state, Optional<UUID> validator, String opinion) {}
