package org.wattmark.registry;

/// A schedule that was approved, in the order of approval.
///
/// @param number counts from 1
public record FeeVersion(int number, FeeSchedule schedule) {}
