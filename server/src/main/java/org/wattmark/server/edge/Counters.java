package org.wattmark.server.edge;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.wattmark.metering.Channel;
import org.wattmark.metering.IntervalReading;
import org.wattmark.metering.Register;
import org.wattmark.metering.RegisterAdmission;
import org.wattmark.metering.RegisterIntake;
import org.wattmark.metering.RegisterProgress;
import org.wattmark.metering.RegisterReading;
import org.wattmark.server.edge.EdgeState.Counter;

/// Turns what a source's counters show into intervals, by the rules of [RegisterIntake], and says
/// what it does not take.
final class Counters {

    /// In the place of a time: what is wrong with a counter was said.
    private static final Instant SAID = Instant.EPOCH;

    private final Duration interval;
    private final ToLongFunction<Channel> mostWatts;
    private final Consumer<String> say;
    private final Map<Channel, Counter> counters = new EnumMap<>(Channel.class);
    private final Map<Channel, Instant> stated = new EnumMap<>(Channel.class);
    private final Map<Channel, Instant> refusedSince = new EnumMap<>(Channel.class);
    private final Set<Channel> beginAnew = EnumSet.noneOf(Channel.class);

    /// @param mostWatts what can flow through each counter
    Counters(
            EdgeState state,
            Duration interval,
            ToLongFunction<Channel> mostWatts,
            Consumer<String> say) {
        this.interval = interval;
        this.mostWatts = mostWatts;
        this.say = say;
        counters.putAll(state.counters());
        stated.putAll(state.stated());
    }

    /// The owner says that meters were exchanged: the next count of each is a base.
    void beginAnew() {
        beginAnew.addAll(EnumSet.allOf(Channel.class));
    }

    /// The latest time at which a counter was read.
    Optional<Instant> last() {
        return counters.values().stream().map(Counter::at).max(Instant::compareTo);
    }

    /// The clock was wrong and is right now: counters begin anew, and nothing of before is said
    /// again.
    void beginAnewAt(Instant now) {
        beginAnew();
        stated.replaceAll((_, until) -> until.isAfter(now) ? now : until);
    }

    /// Takes a count, and returns the intervals that it completes; most of the time none.
    List<IntervalReading> take(Count count, Instant now) {
        var channel = count.channel();
        var register = new Register(count.rollsOverAt(), mostWatts.applyAsLong(channel));
        var before = counters.get(channel);
        if (before == null || beginAnew.remove(channel)) {
            begin(count, before);
            return List.of();
        }
        return switch (RegisterIntake.admit(
                count.reading(), progress(before, register), interval, now)) {
            case RegisterAdmission.Accepted accepted -> accepted(channel, accepted);
            case RegisterAdmission.Repeated _ -> List.of();
            case RegisterAdmission.Conflicting _ -> List.of(); // the next second tells
            case RegisterAdmission.Refused(var reason, var explanation) -> {
                refused(count, reason, explanation);
                yield List.of();
            }
        };
    }

    /// What was measured of an interval before the meter was exchanged stays in it; what a wrong
    /// clock measured does not.
    private void begin(Count count, @Nullable Counter before) {
        var channel = count.channel();
        boolean goesOn = before != null && !before.at().isAfter(count.at());
        say.accept(
                "%s begins at %,d Wh: what was counted before counts nothing"
                        .formatted(channel, count.wattHours()));
        counters.put(
                channel,
                new Counter(
                        count.at(),
                        count.wattHours(),
                        goesOn && before != null ? before.openStart() : null,
                        goesOn && before != null ? before.openWattHours() : 0));
        refusedSince.remove(channel);
    }

    private static RegisterProgress progress(Counter before, Register register) {
        var openStart = before.openStart();
        return new RegisterProgress(
                register,
                Optional.of(before.reading()),
                openStart == null
                        ? Optional.empty()
                        : Optional.of(
                                new RegisterProgress.Open(openStart, before.openWattHours())));
    }

    private List<IntervalReading> accepted(Channel channel, RegisterAdmission.Accepted accepted) {
        accepted.findings().forEach(finding -> say.accept(channel + ": " + finding.explanation()));
        var next = accepted.next();
        counters.put(channel, counter(next.last().orElseThrow(), next.open()));
        if (refusedSince.remove(channel) != null) {
            say.accept(channel + " counts on");
        }
        var until = stated.getOrDefault(channel, Instant.MIN);
        var completed =
                accepted.completed().stream()
                        .filter(each -> !each.interval().start().isBefore(until))
                        .toList();
        if (completed.size() < accepted.completed().size()) {
            say.accept(channel + ": intervals before " + until + " were stated, and stay");
        }
        if (!completed.isEmpty()) {
            stated.put(channel, completed.getLast().interval().end());
        }
        return completed;
    }

    private static Counter counter(RegisterReading last, Optional<RegisterProgress.Open> open) {
        return new Counter(
                last.at(),
                last.wattHours(),
                open.map(RegisterProgress.Open::start).orElse(null),
                open.map(RegisterProgress.Open::wattHours).orElse(0L));
    }

    /// A counter that is shown in large steps, or is told late, counts more for a moment than can
    /// flow: that passes by itself, and is worth a word only if it lasts. Everything is said once.
    private void refused(Count count, RegisterAdmission.Reason reason, String explanation) {
        var channel = count.channel();
        boolean passes = reason == RegisterAdmission.Reason.ABOVE_THE_BOUND;
        var since = refusedSince.putIfAbsent(channel, count.at());
        boolean isNews =
                passes
                        ? since != null
                                && !since.equals(SAID)
                                && !since.plus(interval).isAfter(count.at())
                        : since == null;
        if (!isNews) {
            return;
        }
        refusedSince.put(channel, SAID);
        boolean isAnotherMeter = passes || reason == RegisterAdmission.Reason.RUNS_BACKWARDS;
        say.accept(
                channel
                        + " is not taken ("
                        + reason
                        + "): "
                        + explanation
                        + (isAnotherMeter
                                ? "; if the meter was exchanged, start with --new-register"
                                : ""));
    }

    Map<Channel, Counter> counters() {
        return Map.copyOf(counters);
    }

    Map<Channel, Instant> stated() {
        return Map.copyOf(stated);
    }
}
