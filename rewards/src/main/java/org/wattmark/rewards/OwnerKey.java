package org.wattmark.rewards;

import java.util.UUID;

/// An owner of devices in a programme.
public record OwnerKey(UUID programme, UUID owner) {}
