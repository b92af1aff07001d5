package org.wattmark.verification;

import java.util.Collection;
import java.util.List;
import org.wattmark.emissions.HourlyGridFactors;
import org.wattmark.verification.VintageEnergy.Metered;

/// What [HourlySolarDisplacement] needs beside the evidence of [SolarDisplacement].
///
/// @param table of the grid, as an operator has loaded it
/// @param intervals all that were metered and not rejected
public record HourlyEvidence(HourlyGridFactors table, Collection<Metered> intervals) {

    public HourlyEvidence {
        intervals = List.copyOf(intervals);
    }
}
