package org.wattmark.registry;

import java.time.Instant;

/// A correction, and where the journal has it.
public record CorrectionEntry(Correction correction, long sequence, Instant at) {}
