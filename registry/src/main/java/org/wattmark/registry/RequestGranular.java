package org.wattmark.registry;

import java.util.List;
import java.util.UUID;
import org.wattmark.ledger.Command;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.DeviceId;
import org.wattmark.units.Canonical;
import org.wattmark.units.Period;
import org.wattmark.verification.Actor;
import org.wattmark.verification.Claim;

/// Asks for granular certificates of what a device generated in some hours.
///
/// @param asked for which time
/// @param whole runs of hours in it for which all was metered, as the caller found them; what is
///   claimed of them already is left out
/// @param tier of the device
/// @param simulated whether the device is
public record RequestGranular(
        UUID id,
        Actor actor,
        UUID project,
        DeviceId device,
        Period asked,
        List<Period> whole,
        AssuranceTier tier,
        boolean simulated)
        implements Command<GranularRequesting> {

    public RequestGranular {
        whole = List.copyOf(whole);
    }

    Claim.Series series() {
        return new Claim.Series(device, GranularIssuance.CHANNEL);
    }

    /// What was found when it was asked is no part of what was asked.
    @Override
    public byte[] content() {
        return Canonical.of("wattmark/request-granular/v1")
                .id(actor.person())
                .id(actor.organisation().id())
                .text(actor.role().name())
                .id(project)
                .id(device.value())
                .period(asked)
                .toByteArray();
    }

    @Override
    public GranularRequesting idStandsForAnother() {
        return new GranularRequesting.Refused(GranularRequesting.Reason.ID_STANDS_FOR_ANOTHER, "");
    }
}
