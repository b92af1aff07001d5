package org.wattmark.metering;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.wattmark.units.Bytes;
import org.wattmark.units.Canonical;

/// The packet of a Carbon Smart Meter: one signed sample of voltage, current and resistance. It has
/// 116 bytes, numbers little-endian, floats as IEEE 754 binary32:
///
/// | bytes | what |
/// |---|---|
/// | 0–31 | the device's id |
/// | 32–35 | voltage in V, float |
/// | 36–39 | current in A, float |
/// | 40–43 | resistance in Ω, float: derived, never a third measurement |
/// | 44–51 | seconds since 1970-01-01T00:00:00Z, a signed whole number |
/// | 52–115 | Ed25519 signature (RFC 8032) over bytes 0–51 |
///
/// It is what was sent, whatever that is: a float may be no number.
///
/// @param signed the 52 bytes under the signature
public record SamplePacket(Bytes signed, DeviceSignature signature) {

    public static final int SIGNED_BYTES = 52;
    public static final int BYTES = SIGNED_BYTES + 64;

    private static final int VOLTS = 32;
    private static final int AMPERES = 36;
    private static final int OHMS = 40;
    private static final int SECONDS = 44;

    public SamplePacket {
        if (signed.length() != SIGNED_BYTES) {
            throw new IllegalArgumentException(
                    "a packet signs " + SIGNED_BYTES + " bytes, not " + signed.length());
        }
    }

    /// Reads the bytes of a packet; any other number of them is malformed.
    public static SamplePacket read(byte[] packet) throws Canonical.Malformed {
        if (packet.length != BYTES) {
            throw new Canonical.Malformed("a packet has " + BYTES + " bytes, not " + packet.length);
        }
        return new SamplePacket(
                Bytes.of(Arrays.copyOf(packet, SIGNED_BYTES)),
                DeviceSignature.of(Arrays.copyOfRange(packet, SIGNED_BYTES, BYTES)));
    }

    /// What a device signs.
    static Bytes toSign(MakerId device, float volts, float amperes, float ohms, long seconds) {
        return Bytes.of(
                ByteBuffer.allocate(SIGNED_BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .put(device.bytes())
                        .putFloat(volts)
                        .putFloat(amperes)
                        .putFloat(ohms)
                        .putLong(seconds)
                        .array());
    }

    public byte[] toByteArray() {
        return ByteBuffer.allocate(BYTES).put(signed.toByteArray()).put(signature.bytes()).array();
    }

    public MakerId device() {
        return MakerId.of(Arrays.copyOf(signed.toByteArray(), MakerId.BYTES));
    }

    public float volts() {
        return numbers().getFloat(VOLTS);
    }

    public float amperes() {
        return numbers().getFloat(AMPERES);
    }

    public float ohms() {
        return numbers().getFloat(OHMS);
    }

    public long unixSeconds() {
        return numbers().getLong(SECONDS);
    }

    private ByteBuffer numbers() {
        return ByteBuffer.wrap(signed.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// Of the signed bytes: the same sample signed twice is the same sample.
    public Sha256 sha256() {
        return Sha256.of(signed.toByteArray());
    }
}
