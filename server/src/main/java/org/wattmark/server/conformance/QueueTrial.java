package org.wattmark.server.conformance;

import static org.wattmark.server.conformance.DeviceRule.QUEUE_KEEPS;
import static org.wattmark.server.conformance.DeviceRule.QUEUE_LATE;
import static org.wattmark.server.conformance.DeviceRule.QUEUE_ORDER;
import static org.wattmark.server.conformance.DeviceRule.QUEUE_RETRY_AFTER;

import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wattmark.metering.Channel;
import org.wattmark.server.conformance.Capture.Sent;
import org.wattmark.server.conformance.CaptureTrial.Read;

/// How a device behaves while the network or the server is away.
final class QueueTrial {

    /// From then on a batch has waited.
    private static final Duration LATE = Duration.ofHours(1);

    private final List<Sent> sent;
    private final List<Read> read;
    private final Map<DeviceRule, Tried> tried;

    QueueTrial(Capture capture, List<Read> read, Map<DeviceRule, Tried> tried) {
        this.sent = capture.sent();
        this.read = read;
        this.tried = tried;
    }

    void run() {
        order();
        late();
        comesAgain();
        waits();
    }

    private Tried tried(DeviceRule rule) {
        return Optional.ofNullable(tried.get(rule)).orElseThrow();
    }

    private void order() {
        var known = new HashSet<Long>();
        Read highest = null;
        for (var each : read) {
            boolean isNew = known.add(each.batch().sequence());
            if (highest != null && isNew) {
                tried(QUEUE_ORDER).with(before(each, highest));
            }
            if (highest == null || each.batch().sequence() > highest.batch().sequence()) {
                highest = each;
            }
        }
    }

    private static Optional<String> before(Read each, Read highest) {
        return each.batch().sequence() > highest.batch().sequence()
                ? Optional.empty()
                : Optional.of(each.where() + " is sent after " + highest.batch().sequence());
    }

    /// Tried if some batch had to wait: then intervals go forward from batch to batch.
    private void late() {
        if (read.stream().noneMatch(QueueTrial::hasWaited)) {
            return;
        }
        var latest = new EnumMap<Channel, Read>(Channel.class);
        var known = new HashSet<Long>();
        for (var each : read) {
            if (!known.add(each.batch().sequence())) {
                continue;
            }
            var before = latest.put(each.batch().channel(), each);
            if (before != null) {
                tried(QUEUE_LATE).with(goesForward(before, each));
            }
        }
    }

    private static boolean hasWaited(Read each) {
        var end = each.batch().readings().getLast().interval().end();
        return each.sent().at().isAfter(end.plus(LATE));
    }

    private static Optional<String> goesForward(Read before, Read each) {
        var end = before.batch().readings().getLast().interval().end();
        var start = each.batch().readings().getFirst().interval().start();
        return start.isBefore(end)
                ? Optional.of(each.where() + " goes back to " + start + ", after " + end)
                : Optional.empty();
    }

    private void comesAgain() {
        for (int i = 0; i + 1 < sent.size(); i++) {
            if (sent.get(i).isToComeAgain()) {
                var next = sent.get(i + 1);
                boolean same = next.body().equals(sent.get(i).body()) || isSame(i);
                tried(QUEUE_KEEPS)
                        .with(
                                same
                                        ? Optional.empty()
                                        : Optional.of(
                                                "line %d was answered %s, and line %d is another"
                                                        .formatted(
                                                                sent.get(i).line(),
                                                                sent.get(i).status(),
                                                                next.line())));
            }
        }
    }

    /// The same batch may be written down with other spaces.
    private boolean isSame(int index) {
        var one = readAt(sent.get(index));
        var other = readAt(sent.get(index + 1));
        return one != null && other != null && one.batch().equals(other.batch());
    }

    private @Nullable Read readAt(Sent line) {
        return read.stream().filter(each -> each.sent().equals(line)).findFirst().orElse(null);
    }

    private void waits() {
        for (int i = 0; i + 1 < sent.size(); i++) {
            var seconds = sent.get(i).retryAfterSeconds();
            if (seconds != null) {
                var earliest = sent.get(i).at().plusSeconds(seconds);
                var next = sent.get(i + 1);
                tried(QUEUE_RETRY_AFTER)
                        .with(
                                next.at().isBefore(earliest)
                                        ? Optional.of(
                                                "line %d is sent at %s, and it was told to wait"
                                                                .formatted(next.line(), next.at())
                                                        + " until "
                                                        + earliest)
                                        : Optional.empty());
            }
        }
    }
}
