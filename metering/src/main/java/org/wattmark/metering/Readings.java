package org.wattmark.metering;

import java.util.Collection;
import java.util.List;
import org.wattmark.units.Energy;
import org.wattmark.units.Period;

/// The accepted readings of all devices. What is stored stays: no call changes a reading.
public interface Readings {

    /// Stores readings of one channel. Each is taken by itself: sending them again, in parts or in
    /// another order changes nothing.
    Stored store(DeviceId device, Channel channel, Collection<IntervalReading> readings);

    /// The readings whose interval lies wholly in the period, in the order of time.
    List<IntervalReading> in(DeviceId device, Channel channel, Period period);

    /// What those readings add up to.
    default Energy energyIn(DeviceId device, Channel channel, Period period) {
        return Energy.sum(
                in(device, channel, period).stream().map(IntervalReading::energy).toList());
    }

    /// How many readings were new, were there already, or contradict what is there (and were not
    /// stored): another value or another end for the same start.
    record Stored(int fresh, int duplicate, int conflicting) {}
}
