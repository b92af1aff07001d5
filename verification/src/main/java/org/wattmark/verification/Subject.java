package org.wattmark.verification;

/// One thing that a claim on reported data uses up.
///
/// @param value a [Carrier]'s name, a document's SHA-256 in hexadecimal, or a batch's own number
public record Subject(Kind kind, String value) {

    public enum Kind {
        /// Of one site and for the monitoring period only.
        CARRIER,
        /// For ever: a document proves its quantities once.
        DOCUMENT,
        /// For ever: a delivery is recycled or digested once.
        BATCH
    }
}
