package org.wattmark.metering;

import java.security.MessageDigest;
import org.wattmark.units.Canonical;

/// What a maker deposits of a device that it ships: the device's public key, the id in its packets,
/// and the hash of the secret that is printed in its box as a QR code. A device that only knows how
/// to send packets cannot sign a [BondChallenge]; whoever shows the secret bonds it.
///
/// @param secret SHA-256 of the 32 random bytes in the QR code
public record MakerProvision(MakerId device, DeviceKey key, Sha256 secret) {

    public static MakerProvision of(MakerId device, DeviceKey key, Nonce secret) {
        return new MakerProvision(device, key, Sha256.of(secret.bytes()));
    }

    /// Whether this is the secret of the box. The time that it takes tells nothing of the answer.
    public boolean isOpenedBy(Nonce shown) {
        return MessageDigest.isEqual(secret.bytes(), Sha256.of(shown.bytes()).bytes());
    }

    public byte[] canonicalBytes() {
        return Canonical.of("wattmark/maker-provision/v1")
                .bytes(device.bytes())
                .bytes(key.bytes())
                .bytes(secret.bytes())
                .toByteArray();
    }
}
