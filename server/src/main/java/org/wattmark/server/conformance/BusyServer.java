package org.wattmark.server.conformance;

import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.wattmark.server.conformance.Capture.Sent;

/// How a device behaves whose server is busy.
final class BusyServer {

    private final List<Sent> sent;

    BusyServer(List<Sent> sent) {
        this.sent = sent;
    }

    /// What was answered 429 or 503 is sent again before anything else.
    ///
    /// @param same whether the second of two bodies is the first one again
    void comesAgain(Tried tried, BiPredicate<Sent, Sent> same) {
        for (int i = 0; i + 1 < sent.size(); i++) {
            var each = sent.get(i);
            var next = sent.get(i + 1);
            if (each.isToComeAgain()) {
                tried.with(
                        same.test(each, next)
                                ? Optional.empty()
                                : Optional.of(
                                        "line %d was answered %s, and line %d is another"
                                                .formatted(
                                                        each.line(), each.status(), next.line())));
            }
        }
    }

    /// Nothing is sent before `Retry-After` is over.
    void waits(Tried tried) {
        for (int i = 0; i + 1 < sent.size(); i++) {
            var seconds = sent.get(i).retryAfterSeconds();
            if (seconds != null) {
                var earliest = sent.get(i).at().plusSeconds(seconds);
                var next = sent.get(i + 1);
                tried.with(
                        next.at().isBefore(earliest)
                                ? Optional.of(
                                        "line %d is sent at %s, and it was told to wait until %s"
                                                .formatted(next.line(), next.at(), earliest))
                                : Optional.empty());
            }
        }
    }
}
