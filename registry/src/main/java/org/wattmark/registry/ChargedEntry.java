package org.wattmark.registry;

/// A fee, and where the journal has it: kept for answers, not needed in memory.
public record ChargedEntry(long sequence, FeeCharged fee) {}
