package org.wattmark.metering;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.wattmark.metering.Finding.Outcome;
import org.wattmark.metering.Finding.Rule;
import org.wattmark.metering.RegisterAdmission.Accepted;
import org.wattmark.metering.RegisterAdmission.Conflicting;
import org.wattmark.metering.RegisterAdmission.Reason;
import org.wattmark.metering.RegisterAdmission.Refused;
import org.wattmark.metering.RegisterAdmission.Repeated;
import org.wattmark.units.Period;

/// Turns readings of a register into intervals.
///
/// The first reading is the base and counts nothing. Each later one counts its difference, which
/// flowed evenly over the time: an interval's energy is the difference between the counts at its
/// two ends, each rounded down to a whole watt-hour, so that all intervals together are exactly
/// what the register counted. Where the difference spans more than one interval, a finding says
/// that it was spread; where it spans more than [#LONGEST_SPREAD], it counts nothing.
///
/// A count that falls is a roll-over if as much could have flowed, once around and no more, and
/// else it is refused until a [RegisterReset] explains it.
public final class RegisterIntake {

    /// Sun and load differ too much from one day to the next to be spread over more.
    public static final Duration LONGEST_SPREAD = Duration.ofDays(1);

    private RegisterIntake() {}

    /// Decides on values what a reading adds.
    ///
    /// @param length of the device's intervals
    public static RegisterAdmission admit(
            RegisterReading reading,
            RegisterProgress progress,
            Duration length,
            Instant receivedAt) {
        var register = progress.register();
        if (reading.wattHours() >= register.rollsOverAt()) {
            return new Refused(
                    Reason.COUNT_OUT_OF_RANGE,
                    reading.wattHours()
                            + " Wh, and the register ends at "
                            + register.rollsOverAt());
        }
        if (reading.at().isAfter(receivedAt.plus(Intake.CLOCK_TOLERANCE))) {
            return new Refused(
                    Reason.IN_THE_FUTURE, reading.at() + " was received at " + receivedAt);
        }
        if (progress.last().isEmpty()) {
            return new Accepted(
                    new RegisterProgress(register, Optional.of(reading), Optional.empty()),
                    0,
                    List.of(),
                    List.of());
        }
        var last = progress.last().get();
        if (reading.at().equals(last.at())) {
            return reading.equals(last) ? new Repeated() : new Conflicting(conflict(last, reading));
        }
        if (reading.at().isBefore(last.at())) {
            return new Refused(Reason.OLDER_THAN_LAST, "the last was read at " + last.at());
        }
        return later(reading, last, progress, length);
    }

    private static RegisterAdmission later(
            RegisterReading reading,
            RegisterReading last,
            RegisterProgress progress,
            Duration length) {
        var register = progress.register();
        var time = Duration.between(last.at(), reading.at());
        boolean fell = reading.wattHours() < last.wattHours();
        long difference =
                reading.wattHours() - last.wattHours() + (fell ? register.rollsOverAt() : 0);
        long most = register.mostWattHours(time);
        if (difference > most) {
            var explanation =
                    difference + " Wh in " + time.toSeconds() + " s; at most " + most + " Wh flow";
            return fell
                    ? new Refused(
                            Reason.RUNS_BACKWARDS,
                            "the count fell from "
                                    + last.wattHours()
                                    + " to "
                                    + reading.wattHours()
                                    + " Wh, which is no roll-over ("
                                    + explanation
                                    + "): if the meter was exchanged, send a reset")
                    : new Refused(Reason.ABOVE_THE_BOUND, explanation);
        }
        var findings = new ArrayList<Finding>();
        if (fell) {
            findings.add(finding(Rule.ROLL_OVER, last, reading, register.rollsOverAt() + " Wh"));
        }
        var spread = new Spread(progress.open(), length);
        if (time.compareTo(LONGEST_SPREAD) > 0) {
            findings.add(finding(Rule.GAP, last, reading, LONGEST_SPREAD.toSeconds() + " s"));
            spread.completeUntil(reading.at());
            difference = 0;
        } else {
            if (time.compareTo(length) > 0) {
                findings.add(finding(Rule.SPREAD, last, reading, length.toSeconds() + " s"));
            }
            spread.over(last.at(), reading.at(), difference);
        }
        return new Accepted(
                new RegisterProgress(register, Optional.of(reading), spread.open),
                difference,
                List.copyOf(spread.completed),
                findings.stream().sorted().toList());
    }

    /// Takes in that a meter was exchanged: what the old one counted up to then, and from where the
    /// new one counts on.
    public static RegisterAdmission reset(
            RegisterReset reset, RegisterProgress progress, Duration length, Instant receivedAt) {
        if (reset.firstWattHours() >= reset.register().rollsOverAt()) {
            return new Refused(
                    Reason.COUNT_OUT_OF_RANGE,
                    reset.firstWattHours()
                            + " Wh, and the new register ends at "
                            + reset.register().rollsOverAt());
        }
        return switch (admit(reset.last(), progress, length, receivedAt)) {
            case Accepted(var next, var wattHours, var completed, var findings) ->
                    new Accepted(countingOn(reset, next.open()), wattHours, completed, findings);
            case Repeated() ->
                    new Accepted(countingOn(reset, progress.open()), 0, List.of(), List.of());
            case Conflicting conflicting -> conflicting;
            case Refused refused -> refused;
        };
    }

    private static RegisterProgress countingOn(
            RegisterReset reset, Optional<RegisterProgress.Open> open) {
        return new RegisterProgress(reset.register(), Optional.of(reset.first()), open);
    }

    private static Finding finding(
            Rule rule, RegisterReading last, RegisterReading reading, String threshold) {
        var inputs = new LinkedHashMap<String, String>();
        inputs.put("count before", last.wattHours() + " Wh");
        inputs.put("count", reading.wattHours() + " Wh");
        inputs.put("time", Duration.between(last.at(), reading.at()).toSeconds() + " s");
        return new Finding(
                rule, inputs, threshold, Outcome.INFO, new Period(last.at(), reading.at()));
    }

    private static Finding conflict(RegisterReading last, RegisterReading reading) {
        return new Finding(
                Rule.CONFLICT,
                Map.of("count", reading.wattHours() + " Wh"),
                "the count of this second is " + last.wattHours() + " Wh",
                Outcome.HOLD,
                Period.starting(last.at(), Duration.ofSeconds(1)));
    }

    /// Cuts a difference at the ends of intervals.
    private static final class Spread {

        private final Duration length;
        private final List<IntervalReading> completed = new ArrayList<>();
        private Optional<RegisterProgress.Open> open;

        Spread(Optional<RegisterProgress.Open> open, Duration length) {
            this.open = open;
            this.length = length;
        }

        void over(Instant from, Instant to, long difference) {
            long counted = 0;
            var start = from;
            while (start.isBefore(to)) {
                completeUntil(start);
                var interval = startOfInterval(start);
                var end = interval.plus(length).isBefore(to) ? interval.plus(length) : to;
                long count = countAt(end, from, to, difference);
                long before = open.map(RegisterProgress.Open::wattHours).orElse(0L);
                open = Optional.of(new RegisterProgress.Open(interval, before + count - counted));
                counted = count;
                start = end;
            }
            completeUntil(to);
        }

        /// What the register had counted by then, if it counted evenly; rounded down.
        private static long countAt(Instant at, Instant from, Instant to, long difference) {
            return BigInteger.valueOf(difference)
                    .multiply(BigInteger.valueOf(Duration.between(from, at).toSeconds()))
                    .divide(BigInteger.valueOf(Duration.between(from, to).toSeconds()))
                    .longValueExact();
        }

        void completeUntil(Instant until) {
            open.filter(each -> !each.start().plus(length).isAfter(until))
                    .ifPresent(each -> {
                        completed.add(
                                new IntervalReading(
                                        Period.starting(each.start(), length), each.wattHours()));
                        open = Optional.empty();
                    });
        }

        private Instant startOfInterval(Instant instant) {
            long seconds = instant.getEpochSecond();
            return Instant.ofEpochSecond(seconds - Math.floorMod(seconds, length.toSeconds()));
        }
    }
}
