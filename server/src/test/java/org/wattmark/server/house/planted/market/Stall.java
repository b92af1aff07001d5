package org.wattmark.server.house.planted.market;

import org.wattmark.server.house.planted.units.Fraction;

/// Allowed: the market may know the units.
public record Stall(Fraction fee) {}
