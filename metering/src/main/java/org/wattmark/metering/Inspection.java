package org.wattmark.metering;

import java.util.List;

/// What a batch says by itself, before it is held against what its device sent earlier.
public sealed interface Inspection {

    /// @param hash of the batch
    /// @param stated the time that the batch speaks of, without intervals of "no data"
    /// @param accepted readings that no finding rejects, in the order of time
    /// @param findings by time
    record Inspected(
            ReadingBatch batch,
            Sha256 hash,
            Coverage stated,
            List<IntervalReading> accepted,
            List<Finding> findings)
            implements Inspection {}

    /// @param explanation the numbers behind the reason
    record Refused(Reason reason, String explanation) implements Inspection {}

    /// In order of precedence: the first that holds is the one reported.
    enum Reason {
        ANOTHER_DEVICE,
        /// The device sends packets of samples, and its key serves that alone.
        ANOTHER_PROTOCOL,
        SIGNATURE_INVALID,
        INTERVAL_LENGTH_DIFFERS,
        INTERVAL_NOT_ALIGNED,
        READINGS_OUT_OF_ORDER,
        READINGS_OVERLAP,
        IN_THE_FUTURE
    }
}
