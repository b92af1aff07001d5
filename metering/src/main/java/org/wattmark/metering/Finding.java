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
        SPREAD,
        /// The day says what another day said, moved, turned, scaled or noisy.
        REPLAYED,
        /// The day says what another device said.
        COPIED,
        /// A number repeats within the day, or a straight line joins its numbers.
        REPEATED,
        /// The numbers do not end as this meter's numbers do.
        DIGITS,
        /// By night the meter no longer shows what it always did.
        STANDBY_CHANGED,
        /// More than these panels ever made under this sun.
        INFLATED,
        /// The day lies beside the sun.
        CLOCK,
        /// No sun of the stated place explains the device's days.
        PLACE,
        /// The curve is that of a formula.
        SYNTHETIC,
        /// The unrest is not that of weather.
        TEXTURE,
        /// The neighbours saw another sky.
        NEIGHBOURS,
        /// Taken together, the day is like no other of the device. It never holds a day alone.
        UNUSUAL;

        /// What a person looks for before the finding is set aside.
        public String clearedBy() {
            return switch (this) {
                case NO_DATA -> "the meter's own memory, read out for these intervals";
                case STANDBY -> "nothing is needed: it counts as no energy";
                case NEGATIVE -> "the wiring of the meter: a clamp may sit the wrong way round";
                case CAPACITY, DAY, INFLATED ->
                        "the nameplates and number of the panels, or a report of cleaned, added"
                                + " or repaired panels";
                case CLEAR_SKY, NIGHT -> "the meter's clock and place, or another source behind it";
                case LATE -> "a correction of the closed period";
                case GAP -> "the meter's own memory of that time, where it has one";
                case CONFLICT -> "the maker's account of how one second could be said twice";
                case RESISTANCE -> "nothing is needed: the resistance decides nothing";
                case ROLL_OVER -> "nothing is needed, if the register has that many digits";
                case SPREAD -> "nothing is needed: the sum is as the register counted it";
                case REPLAYED -> "the meter's own signed memory of both days";
                case COPIED -> "a visit that finds two meters on two plants";
                case REPEATED -> "the logger's record of lost connections, or the inverter's limit";
                case DIGITS -> "a record of changed firmware or of a changed transformer ratio";
                case STANDBY_CHANGED -> "a record of a changed inverter, meter or firmware";
                case CLOCK -> "the meter's clock beside a reference clock, or its time zone";
                case PLACE -> "a photograph with place and time, or the right coordinates";
                case SYNTHETIC, TEXTURE, UNUSUAL ->
                        "satellite irradiance or a neighbour's curve of the same day";
                case NEIGHBOURS -> "a report of snow, shade, dirt or an outage on either side";
            };
        }
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
