package org.wattmark.rewards;

import java.util.UUID;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Command;
import org.wattmark.metering.Device;
import org.wattmark.units.Canonical;

/// Asks that a device earns rewards from today on.
///
/// @param account of the organisation that acts, which is to be the device's owner
/// @param device as it was bonded
public record EnrolDevice(UUID id, AccountId account, UUID programme, Device device)
        implements Command<Joining> {

    @Override
    public byte[] content() {
        return Canonical.of("wattmark/enrol-reward-device/v1")
                .text(account.value())
                .id(programme)
                .id(device.id().value())
                .toByteArray();
    }

    @Override
    public Joining idStandsForAnother() {
        return new Joining.Refused(Joining.Reason.ID_STANDS_FOR_ANOTHER);
    }
}
