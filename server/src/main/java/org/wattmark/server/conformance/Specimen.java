package org.wattmark.server.conformance;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.Device;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.DeviceKey;
import org.wattmark.metering.Installation;
import org.wattmark.metering.Installation.Mounting;
import org.wattmark.metering.Site;
import org.wattmark.server.client.PanelSite;

/// The device under test, as far as its maker says.
///
/// @param site without it nothing can be said of the sun
record Specimen(DeviceId id, DeviceKey key, Duration interval, Optional<PanelSite> site) {

    /// Any place will do where the sun is not asked for.
    private static final Site NOWHERE = Site.of("UTC", "0", "0", 0, "GB");

    /// Of a size that nothing exceeds, where nobody says how large it is.
    private static final Installation LARGEST =
            new Installation(Installation.MAX_WATTS_PEAK, Mounting.FIXED);

    Device device() {
        return new Device(
                id,
                key,
                new UUID(0, 0),
                site.map(PanelSite::site).orElse(NOWHERE),
                site.map(PanelSite::installation).orElse(LARGEST),
                AssuranceTier.T2,
                interval,
                true);
    }
}
