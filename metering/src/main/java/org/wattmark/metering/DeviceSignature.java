package org.wattmark.metering;

import java.util.HexFormat;

/// An Ed25519 signature (RFC 8032) by a device's key: 64 bytes as lower-case hexadecimal digits.
public record DeviceSignature(String hex) {

    public DeviceSignature {
        Hex.require(hex, 64, "an Ed25519 signature");
    }

    public static DeviceSignature of(byte[] signature) {
        return new DeviceSignature(HexFormat.of().formatHex(signature));
    }

    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }
}
