package org.wattmark.server.live;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/// One who listens. Whoever reads slowly misses what is out of date and nothing else: of each
/// subject only the newest event waits.
final class Subscriber {

    /// A comment after so long without an event, so that proxies do not take the line for dead.
    private static final long QUIET_SECONDS = 15;

    private final SseEmitter line = new SseEmitter(0L); // for as long as the client listens
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition something = lock.newCondition();
    private final Map<Object, Event> waiting = new LinkedHashMap<>();
    private boolean closed;

    /// @param subject that an event of the same subject replaces
    private record Event(Object subject, String name, Object data) {}

    SseEmitter line() {
        return line;
    }

    void offer(Object subject, String name, Object data) {
        lock.lock();
        try {
            waiting.put(subject, new Event(subject, name, data));
            something.signal();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            something.signal();
        } finally {
            lock.unlock();
        }
    }

    /// Sends what comes until the client is gone or the server stops.
    void run() {
        line.onCompletion(this::close);
        line.onError(_ -> close());
        try {
            line.send(SseEmitter.event().comment("listening")); // the answer begins at once
            while (true) {
                var event = next();
                if (event != null) {
                    line.send(
                            SseEmitter.event()
                                    .name(event.name())
                                    .data(event.data(), MediaType.APPLICATION_JSON));
                } else if (isClosed()) {
                    line.complete();
                    return;
                } else {
                    line.send(SseEmitter.event().comment("still here"));
                }
            }
        } catch (IOException | IllegalStateException e) {
            line.completeWithError(e); // the client is gone
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /// Null when it was quiet for long, or nobody listens any more.
    private @Nullable Event next() throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.SECONDS.toNanos(QUIET_SECONDS);
            while (waiting.isEmpty() && !closed && left > 0) {
                left = something.awaitNanos(left);
            }
            if (closed || waiting.isEmpty()) {
                return null;
            }
            var oldest = waiting.values().iterator().next();
            waiting.remove(oldest.subject());
            return oldest;
        } finally {
            lock.unlock();
        }
    }
}
