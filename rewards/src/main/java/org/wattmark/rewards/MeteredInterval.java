package org.wattmark.rewards;

import org.wattmark.units.Energy;
import org.wattmark.units.Period;

/// The accepted generation of one interval, as it stands after corrections.
public record MeteredInterval(Period period, Energy energy) {}
