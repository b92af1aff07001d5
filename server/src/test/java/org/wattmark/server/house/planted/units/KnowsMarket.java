package org.wattmark.server.house.planted.units;

import org.wattmark.server.house.planted.market.Stall;

/// Planted: an arrow back, and with it a circle.
record KnowsMarket(Stall stall) {}
