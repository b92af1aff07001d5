package org.wattmark.server.metering;

import java.util.ArrayList;
import java.util.List;
import org.wattmark.metering.IntervalReading;
import org.wattmark.units.Canonical;
import org.wattmark.units.Canonical.Malformed;

/// Intervals in a fact: their number, then of each its period and its raw reading in Wh.
final class IntervalBytes {

    private IntervalBytes() {}

    static void write(Canonical bytes, List<IntervalReading> readings) {
        bytes.number(readings.size());
        readings.forEach(each -> bytes.period(each.interval()).number(each.rawWattHours()));
    }

    static List<IntervalReading> read(Canonical.Reader reader) throws Malformed {
        var readings = new ArrayList<IntervalReading>();
        for (long left = reader.number(); left > 0; left--) {
            readings.add(new IntervalReading(reader.period(), reader.number()));
        }
        return readings;
    }
}
