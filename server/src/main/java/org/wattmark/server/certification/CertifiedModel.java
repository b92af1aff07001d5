package org.wattmark.server.certification;

import java.time.LocalDate;
import java.util.UUID;
import org.wattmark.units.Bytes;

/// A model of a maker with one firmware, which has passed the rules for devices.
///
/// @param reportSha256 of the conformance report that was looked at, byte for byte
/// @param certifiedOn the day of that report
public record CertifiedModel(
        UUID id,
        String maker,
        String model,
        String firmware,
        Protocol protocol,
        Bytes reportSha256,
        LocalDate certifiedOn) {

    /// A name is for people, and a leaf of the log has 4,096 bytes.
    static final int MAX_NAME = 100;

    private static final int HASH_BYTES = 32;

    public CertifiedModel {
        requireName("maker", maker);
        requireName("model", model);
        requireName("firmware", firmware);
        if (reportSha256.length() != HASH_BYTES) {
            throw new IllegalArgumentException("a report's SHA-256 has 32 bytes");
        }
        int year = certifiedOn.getYear();
        if (year < 2000 || year > 2199) {
            throw new IllegalArgumentException("certified_on lies in the years 2000 to 2199");
        }
    }

    static void requireName(String what, String name) {
        if (name.isBlank()
                || !name.equals(name.strip())
                || name.length() > MAX_NAME
                || name.codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    what
                            + " has 1 to "
                            + MAX_NAME
                            + " characters, no control character, and no blank at an end");
        }
    }

    /// How the model speaks to the server.
    public enum Protocol {
        /// Batches of intervals under one signature.
        SIGNED_BATCH,
        /// The 116-byte packets of a Carbon Smart Meter.
        SAMPLE_PACKET
    }

    /// What is certified: once at a time.
    record Subject(String maker, String model, String firmware, Protocol protocol) {}

    Subject subject() {
        return new Subject(maker, model, firmware, protocol);
    }
}
