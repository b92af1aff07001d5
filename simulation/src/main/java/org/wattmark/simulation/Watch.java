package org.wattmark.simulation;

import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Plays seeds on several cores, each world on one thread, and says how far it is.
final class Watch {

    private static final long TELL_NANOS = 10_000_000_000L;

    private final AtomicLong next;
    private final long last;
    private final long end;
    private final long start = System.nanoTime();
    private final AtomicLong worlds = new AtomicLong();
    private final AtomicLong operations = new AtomicLong();
    private final AtomicLong told = new AtomicLong(start);
    private final AtomicReference<@Nullable Failure> failure = new AtomicReference<>();

    /// @param last the last seed
    /// @param end when to stop, by [System#nanoTime]
    Watch(long first, long last, long end) {
        this.next = new AtomicLong(first);
        this.last = last;
        this.end = end;
    }

    /// The first failure, if there is one.
    Optional<Failure> run(int threads) {
        System.out.println("from seed " + next.get() + " on " + threads + " threads");
        var running = new ArrayList<Thread>();
        for (int i = 0; i < threads; i++) {
            running.add(Thread.ofPlatform().name("world-" + i).start(this::play));
        }
        for (var thread : running) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return Optional.ofNullable(failure.get());
    }

    private void play() {
        try (var simulation = new Simulation()) {
            while (failure.get() == null && System.nanoTime() - end < 0) {
                long seed = next.getAndIncrement();
                if (seed > last) {
                    return;
                }
                long before = simulation.operations();
                simulation.play(seed).ifPresent(found -> failure.compareAndSet(null, found));
                operations.addAndGet(simulation.operations() - before);
                worlds.incrementAndGet();
                tell();
            }
        }
    }

    private void tell() {
        long now = System.nanoTime();
        long before = told.get();
        if (now - before > TELL_NANOS && told.compareAndSet(before, now)) {
            System.out.println(progress());
        }
    }

    String progress() {
        double seconds = SimulateFaults.seconds(start);
        return String.format(
                Locale.ROOT,
                "%,d worlds, %,d operations in %.0f s (%,.0f/s), next seed %d",
                worlds.get(),
                operations.get(),
                seconds,
                operations.get() / seconds,
                next.get());
    }
}
