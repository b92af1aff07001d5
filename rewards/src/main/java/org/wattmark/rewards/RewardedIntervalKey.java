package org.wattmark.rewards;

import java.time.Instant;
import java.util.UUID;
import org.wattmark.metering.DeviceId;

/// An interval as it is rewarded once: in one programme, of one device.
public record RewardedIntervalKey(UUID programme, DeviceId device, Instant start) {}
