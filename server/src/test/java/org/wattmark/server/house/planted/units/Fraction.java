package org.wattmark.server.house.planted.units;

/// Planted: an amount in floating point.
public record Fraction(double share) {}
