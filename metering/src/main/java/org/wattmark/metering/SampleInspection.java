package org.wattmark.metering;

import java.util.List;

/// What a packet says by itself, before it is held against what its device sent earlier.
public sealed interface SampleInspection {

    /// @param findings of this packet alone: they drop nothing
    record Inspected(SamplePacket packet, Sample sample, List<Finding> findings)
            implements SampleInspection {}

    /// @param explanation the numbers behind the reason
    record Refused(Reason reason, String explanation) implements SampleInspection {}

    /// In order of precedence: the first that holds is the one reported.
    enum Reason {
        /// The device signs batches in the native form, and its key serves that alone.
        ANOTHER_PROTOCOL,
        ANOTHER_DEVICE,
        SIGNATURE_INVALID,
        TIME_OUT_OF_RANGE,
        IN_THE_FUTURE,
        /// Voltage or current is NaN.
        NOT_A_NUMBER,
        /// Voltage or current is infinite.
        INFINITE,
        /// Voltage or current is below zero: the sensor is wired the wrong way round.
        NEGATIVE,
        /// More than the panel can give even for a second.
        ABOVE_THE_PANEL
    }
}
