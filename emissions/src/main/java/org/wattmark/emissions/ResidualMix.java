package org.wattmark.emissions;

import java.math.BigDecimal;
import java.time.Year;

/// What a market's grid emits once all claimed electricity is taken out of it.
///
/// @param source the publication that says so
/// @param url where it is; may be empty
public record ResidualMix(
        Region market, Year year, BigDecimal gramsPerKilowattHour, String source, String url) {}
