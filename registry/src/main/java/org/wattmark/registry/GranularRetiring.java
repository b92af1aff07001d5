package org.wattmark.registry;

import org.wattmark.ledger.Receipt;

/// What came of a request to retire watt-hours of a granular certificate.
public sealed interface GranularRetiring {

    /// @param receipt of the statement's entry: its leaf is what is proved
    record Retired(GranularRetirement statement, Receipt receipt) implements GranularRetiring {}

    record Refused(Reason reason) implements GranularRetiring {}

    /// In order of precedence: the first that holds is the one reported.
    enum Reason {
        ID_STANDS_FOR_ANOTHER,
        HOLDER_UNKNOWN,
        CERTIFICATE_UNKNOWN,
        /// What was made in one hour covers what was used in that hour, and no other.
        HOUR_DIFFERS,
        /// Units of class TEST and live accounts have nothing to do with each other.
        TEST_AND_LIVE_DO_NOT_MIX,
        /// The account where retired units end takes nothing in.
        RETIREMENT_SUSPENDED,
        HOLDER_FROZEN,
        CERTIFICATE_FROZEN,
        QUANTITY_EXCEEDS_HOLDING
    }
}
