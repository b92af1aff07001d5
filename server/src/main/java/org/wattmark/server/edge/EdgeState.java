package org.wattmark.server.edge;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.Channel;
import org.wattmark.metering.IntervalReading;
import org.wattmark.metering.RegisterReading;
import org.wattmark.units.Period;

/// All that an agent has to remember: it is written as one file, so that what a counter showed and
/// the intervals that follow from it are kept together or not at all.
///
/// @param device its id, chosen here before anybody is asked
/// @param bonded what the server said of it last, null before it is bonded
/// @param counters the last reading of each counter, and the interval that is being measured
/// @param stated to when each channel has said something: no interval before it is said again
/// @param sequence of the batch before the first of `signed`, 0 before the first
/// @param batch its hash
/// @param signed readings whose batches were signed, and may have been sent
/// @param unsigned readings that are in no batch yet
record EdgeState(
        UUID device,
        @Nullable BondedAs bonded,
        Map<Channel, Counter> counters,
        Map<Channel, Instant> stated,
        long sequence,
        String batch,
        List<Run> signed,
        List<Run> unsigned) {

    EdgeState {
        counters = Map.copyOf(counters);
        stated = Map.copyOf(stated);
        signed = List.copyOf(signed);
        unsigned = List.copyOf(unsigned);
    }

    /// @param wattsPeak of the installation: what its counter can count at the most
    record BondedAs(AssuranceTier tier, long intervalSeconds, long wattsPeak) {

        Duration interval() {
            return Duration.ofSeconds(intervalSeconds);
        }
    }

    /// @param at of the last reading
    /// @param openStart of the interval that is being measured, null if none is
    record Counter(Instant at, long wattHours, @Nullable Instant openStart, long openWattHours) {

        RegisterReading reading() {
            return new RegisterReading(at, wattHours);
        }
    }

    /// Readings of one channel, in the order of time.
    record Run(Channel channel, List<Reading> readings) {

        Run {
            readings = List.copyOf(readings);
        }

        static Run of(Channel channel, List<IntervalReading> readings) {
            return new Run(channel, readings.stream().map(Reading::of).toList());
        }

        List<IntervalReading> intervals() {
            return readings.stream().map(Reading::interval).toList();
        }
    }

    record Reading(Instant start, long seconds, long wattHours) {

        static Reading of(IntervalReading reading) {
            var interval = reading.interval();
            return new Reading(
                    interval.start(), interval.length().toSeconds(), reading.rawWattHours());
        }

        IntervalReading interval() {
            return new IntervalReading(
                    Period.starting(start, Duration.ofSeconds(seconds)), wattHours);
        }
    }
}
