package org.wattmark.rewards;

import java.util.UUID;
import org.wattmark.metering.DeviceId;

/// What one interval of one device earned in one programme: once, for ever. A correction is another
/// row beside it.
///
/// @param accrual the command that rewarded it
public record Reward(UUID accrual, UUID programme, DeviceId device, RewardedInterval interval) {}
