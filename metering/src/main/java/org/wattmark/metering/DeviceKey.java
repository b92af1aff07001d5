package org.wattmark.metering;

import java.util.HexFormat;
import java.util.Set;

/// A device's public key: the 32 bytes of Ed25519 (RFC 8032) as lower-case hexadecimal digits.
public record DeviceKey(String hex) {

    /// Points whose order divides 8, in every encoding that decoders take: under such a key anyone
    /// can sign anything (RFC 8032 §7; the list is that of libsodium's `ge25519_has_small_order`).
    /// The sign bit is left out here and masked before the look-up.
    private static final Set<String> SMALL_ORDER =
            Set.of(
                    "0000000000000000000000000000000000000000000000000000000000000000",
                    "0100000000000000000000000000000000000000000000000000000000000000",
                    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");

    public DeviceKey {
        Hex.require(hex, 32, "an Ed25519 public key");
        if (SMALL_ORDER.contains(withoutSign(hex))) {
            throw new IllegalArgumentException("under this key anyone can sign: it is no key");
        }
    }

    private static String withoutSign(String hex) {
        var bytes = HexFormat.of().parseHex(hex);
        bytes[31] &= 0x7f;
        return HexFormat.of().formatHex(bytes);
    }

    public static DeviceKey of(byte[] raw) {
        return new DeviceKey(HexFormat.of().formatHex(raw));
    }

    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    /// SHA-256 of the 32 bytes: what people compare when they bond a device.
    public Sha256 fingerprint() {
        return Sha256.of(bytes());
    }

    /// Whether this key signed exactly these bytes.
    public boolean verifies(byte[] message, DeviceSignature signature) {
        return Ed25519.verify(bytes(), message, signature.bytes());
    }
}
