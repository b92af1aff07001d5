package org.wattmark.metering;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.wattmark.units.Canonical;
import org.wattmark.units.Period;

/// What a check says about an interval, with the numbers that it compared: whoever reads it can do
/// the sum again.
///
/// @param inputs what went into the check, each with its unit, in the order of the sum
/// @param threshold what the inputs were compared with, with its unit
public record Finding(
        Rule rule, Map<String, String> inputs, String threshold, Outcome outcome, Period interval)
        implements Comparable<Finding> {

    public Finding {
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    }

    /// The checks, in the order in which they are made: the first that rejects is the last made.
    public enum Rule {
        /// A logger's code for "no data" stands where energy should.
        NO_DATA,
        /// A small negative number is an inverter's own consumption and counts as nothing.
        STANDBY,
        /// A large negative number is no generation.
        NEGATIVE,
        /// More than these panels could make above the atmosphere.
        CAPACITY,
        /// Energy while the sun was deep below the horizon.
        NIGHT,
        /// More than a clear sky gives.
        CLEAR_SKY,
        /// A day that is too good for panels that do not move.
        DAY,
        /// The interval lies in a period that was closed before it arrived.
        LATE,
        /// Nothing was measured for a time, so nothing counts for it.
        GAP,
        /// The device said two different things for one second.
        CONFLICT,
        /// The resistance in a packet is not its voltage over its current.
        RESISTANCE,
        /// A register went past its last count and began again at 0.
        ROLL_OVER,
        /// Energy that a register counted over several intervals was spread over them evenly.
        SPREAD
    }

    /// What follows: only REJECT drops energy; HOLD waits for a person; INFO is for the reader.
    public enum Outcome {
        INFO,
        HOLD,
        REJECT
    }

    /// `CLEAR_SKY REJECT [start, end): energy 4000 Wh, …; threshold 1723 Wh`
    public String explanation() {
        return inputs.entrySet().stream()
                .map(input -> input.getKey() + " " + input.getValue())
                .collect(
                        Collectors.joining(
                                ", ",
                                rule + " " + outcome + " " + interval + ": ",
                                "; threshold " + threshold));
    }

    /// By time, then by rule.
    @Override
    public int compareTo(Finding other) {
        int byInterval = interval.compareTo(other.interval);
        return byInterval != 0 ? byInterval : rule.compareTo(other.rule);
    }

    /// The canonical bytes of findings in their order.
    public static byte[] canonicalBytes(List<Finding> findings) {
        var bytes = Canonical.of("wattmark/findings/v1").number(findings.size());
        for (var finding : findings) {
            bytes.text(finding.rule.name())
                    .text(finding.outcome.name())
                    .period(finding.interval)
                    .number(finding.inputs.size());
            finding.inputs.forEach((name, value) -> bytes.text(name).text(value));
            bytes.text(finding.threshold);
        }
        return bytes.toByteArray();
    }
}
