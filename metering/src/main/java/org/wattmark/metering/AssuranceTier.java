package org.wattmark.metering;

/// How well readings are attested. It is a property of the evidence, not of a file's format.
public enum AssuranceTier {
    /// Nobody but the owner attests; it never reaches issuance.
    T0,
    /// An authenticated feed, or a file that a verifier's statement or a supplier's bill backs.
    T1,
    /// Signed by a key inside the meter.
    T2,
    /// T2, attested, and visited by a verifier.
    T3
}
