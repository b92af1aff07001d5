package org.wattmark.rewards;

import java.util.UUID;
import org.wattmark.ledger.Command;
import org.wattmark.metering.DeviceId;
import org.wattmark.units.Canonical;
import org.wattmark.units.Energy;
import org.wattmark.units.Period;

/// Says that a rewarded interval had less energy than it was rewarded for.
///
/// @param counted what the interval was rewarded with, as its [Reward] says; of an interval that
///   was corrected before, the last correction counts instead
/// @param corrected what stands now, 0 if none of it was true
public record CorrectReward(
        UUID id, UUID programme, DeviceId device, Period interval, Energy counted, Energy corrected)
        implements Command<Correction> {

    @Override
    public byte[] content() {
        return Canonical.of("wattmark/correct-reward/v1")
                .id(programme)
                .id(device.value())
                .period(interval)
                .energy(counted)
                .energy(corrected)
                .toByteArray();
    }

    @Override
    public Correction idStandsForAnother() {
        return new Correction.Refused(Correction.Reason.ID_STANDS_FOR_ANOTHER);
    }
}
