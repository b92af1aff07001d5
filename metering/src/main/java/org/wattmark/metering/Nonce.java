package org.wattmark.metering;

import java.util.HexFormat;

/// 32 random bytes that are used once, as 64 lower-case hexadecimal digits.
public record Nonce(String hex) {

    public Nonce {
        Hex.require(hex, 32, "a nonce");
    }

    public static Nonce of(byte[] random) {
        return new Nonce(HexFormat.of().formatHex(random));
    }

    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }
}
