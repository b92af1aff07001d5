package org.wattmark.metering;

import java.util.HexFormat;

/// How a maker's device names itself in its packets: 32 bytes, as 64 lower-case hexadecimal digits.
public record MakerId(String hex) {

    public static final int BYTES = 32;

    public MakerId {
        Hex.require(hex, BYTES, "a maker's device id");
    }

    public static MakerId of(byte[] id) {
        return new MakerId(HexFormat.of().formatHex(id));
    }

    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
