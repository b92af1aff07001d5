package org.wattmark.metering;

import java.util.HexFormat;
import org.wattmark.units.Canonical;

/// A SHA-256 digest, as 64 lower-case hexadecimal digits.
public record Sha256(String hex) {

    /// What stands where there is nothing before: 32 zero bytes.
    public static final Sha256 NONE = new Sha256("0".repeat(64));

    public Sha256 {
        Hex.require(hex, 32, "a SHA-256 digest");
    }

    public static Sha256 of(byte[] content) {
        return new Sha256(HexFormat.of().formatHex(Canonical.sha256(content)));
    }

    /// A digest from its 32 bytes.
    public static Sha256 ofDigest(byte[] digest) {
        return new Sha256(HexFormat.of().formatHex(digest));
    }

    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
