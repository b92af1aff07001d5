package org.wattmark.metering;

import java.util.List;

/// What came of a batch that was held against its device's progress.
public sealed interface Admission {

    /// @param next the device's progress after this batch
    /// @param accepted readings to store
    /// @param findings of the inspection, and which intervals came late
    record Admitted(
            DeviceProgress next,
            ReadingBatch batch,
            Sha256 hash,
            List<IntervalReading> accepted,
            List<Finding> findings)
            implements Admission {}

    record Refused(Reason reason, String explanation) implements Admission {}

    /// In order of precedence: the first that holds is the one reported.
    enum Reason {
        /// The last batch, byte for byte: whoever keeps receipts answers with the first one.
        REPLAYED,
        /// This sequence, or a later one, was taken in before.
        SEQUENCE_USED,
        /// A batch before this one is missing.
        SEQUENCE_GAP,
        PREVIOUS_HASH_DIFFERS,
        /// Some interval has been spoken of before.
        OVERLAPS_STORED,
        /// The import that it is to be a part of is of another file, or undone.
        IMPORT_STANDS_FOR_ANOTHER
    }
}
