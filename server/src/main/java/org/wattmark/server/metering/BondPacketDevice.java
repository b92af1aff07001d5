package org.wattmark.server.metering;

import java.util.UUID;
import org.wattmark.ledger.Command;
import org.wattmark.metering.Sha256;
import org.wattmark.units.Canonical;

/// Asks to bond a device by the secret in its box. Its id is made of its content, so the same
/// secret sent twice with the same words is one command.
///
/// @param account who asks, as the token says
/// @param secret SHA-256 of the secret that was shown
record BondPacketDevice(UUID account, PacketDeviceBonded bonded, Sha256 secret)
        implements Command<BondAnswer> {

    @Override
    public UUID id() {
        return ContentId.of(content());
    }

    @Override
    public byte[] content() {
        return Canonical.of("wattmark/bond-packet-device/v1")
                .id(account)
                .bytes(bonded.content())
                .bytes(secret.bytes())
                .toByteArray();
    }

    @Override
    public BondAnswer idStandsForAnother() {
        throw new AssertionError("the id is made of the content");
    }
}
