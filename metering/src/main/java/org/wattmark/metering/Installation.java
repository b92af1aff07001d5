package org.wattmark.metering;

/// What generates behind a device.
///
/// @param wattsPeak nameplate direct-current power under standard test conditions, in W
public record Installation(long wattsPeak, Mounting mounting) {

    /// The largest photovoltaic plants on Earth have a few GW peak; ten leaves room.
    public static final long MAX_WATTS_PEAK = 10_000_000_000L;

    public Installation {
        if (wattsPeak < 1 || wattsPeak > MAX_WATTS_PEAK) {
            throw new IllegalArgumentException(
                    "peak power lies between 1 and " + MAX_WATTS_PEAK + " W, not " + wattsPeak);
        }
    }

    /// How the panels look at the sun.
    public enum Mounting {
        /// They do not move.
        FIXED,
        /// A motor turns them.
        TRACKER,
        /// A person turns them.
        PORTABLE
    }
}
