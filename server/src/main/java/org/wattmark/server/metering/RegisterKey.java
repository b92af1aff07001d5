package org.wattmark.server.metering;

import org.wattmark.metering.Channel;
import org.wattmark.metering.DeviceId;

/// A device's register of one channel.
record RegisterKey(DeviceId device, Channel channel) {}
