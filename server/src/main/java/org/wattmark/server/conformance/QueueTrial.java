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
        var busy = new BusyServer(sent);
        busy.comesAgain(tried(QUEUE_KEEPS), this::isSame);
        busy.waits(tried(QUEUE_RETRY_AFTER));
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

    /// The same batch may be written down with other spaces.
    private boolean isSame(Sent one, Sent other) {
        if (one.body().equals(other.body())) {
            return true;
        }
        var first = readAt(one);
        var second = readAt(other);
        return first != null && second != null && first.batch().equals(second.batch());
    }

    private @Nullable Read readAt(Sent line) {
        return read.stream().filter(each -> each.sent().equals(line)).findFirst().orElse(null);
    }
}
