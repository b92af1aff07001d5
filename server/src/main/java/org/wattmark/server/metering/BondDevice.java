package org.wattmark.server.metering;

import java.util.UUID;
import org.wattmark.ledger.Command;
import org.wattmark.metering.BondChallenge;
import org.wattmark.metering.Device;
import org.wattmark.metering.DeviceSignature;
import org.wattmark.metering.ExclusivityDeclaration;
import org.wattmark.units.Canonical;

/// Asks to bond a device, whose key has answered a challenge. Its id is made of its content, so the
/// same answer sent twice is one command.
///
/// @param account who asks, as the token says
public record BondDevice(
        UUID account,
        Device device,
        ExclusivityDeclaration declaration,
        BondChallenge challenge,
        DeviceSignature signature)
        implements Command<BondAnswer> {

    @Override
    public UUID id() {
        return ContentId.of(content());
    }

    @Override
    public byte[] content() {
        return Canonical.of("wattmark/bond-device/v1")
                .id(account)
                .bytes(bonded().content())
                .bytes(challenge.canonicalBytes())
                .toByteArray();
    }

    /// The fact that this becomes, if nothing is in its way.
    DeviceBonded bonded() {
        return new DeviceBonded(device, declaration, challenge, signature);
    }

    @Override
    public BondAnswer idStandsForAnother() {
        throw new AssertionError("the id is made of the content");
    }
}
