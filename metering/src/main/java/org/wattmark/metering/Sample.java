package org.wattmark.metering;

import java.math.BigDecimal;
import java.time.Instant;

/// Power at one second, as a packet that passed its inspection says.
///
/// @param at a whole second
/// @param watts V · I, exact: the product of two binary32 numbers has at most 48 significant bits
/// @param hash of the packet's signed bytes
public record Sample(Instant at, BigDecimal watts, Sha256 hash) {

    public Sample {
        if (!at.equals(Instant.ofEpochSecond(at.getEpochSecond())) || watts.signum() < 0) {
            throw new IllegalArgumentException("a sample is of a whole second, and not negative");
        }
    }

    /// @throws NumberFormatException if voltage or current is no number: inspect the packet first
    public static Sample of(SamplePacket packet) {
        return new Sample(
                Instant.ofEpochSecond(packet.unixSeconds()),
                exact(packet.volts()).multiply(exact(packet.amperes())),
                packet.sha256());
    }

    /// Every finite float is a finite decimal.
    static BigDecimal exact(float value) {
        return new BigDecimal(value);
    }
}
