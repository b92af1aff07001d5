package org.wattmark.server.metering;

import org.jspecify.annotations.Nullable;
import org.wattmark.metering.DeviceId;
import org.wattmark.server.problem.Problem;

/// A batch among many of one request: which device's it says it is, and its content or what is
/// wrong with it.
///
/// @param device null if that could not be read
/// @param sequence as far as it was read
/// @param body null if there is a fault
/// @param fault null if there is a body
record SentBatch(
        @Nullable DeviceId device,
        long sequence,
        @Nullable BatchBody body,
        @Nullable Problem fault) {}
