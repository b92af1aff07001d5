package org.wattmark.testing;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// Waits for what another thread, process or server does: looks often, and gives up loudly.
public final class Eventually {

    /// Long, because a machine that runs many tests at once is slow; a failing test alone waits it
    /// out.
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Eventually() {}

    /// @param what for the failure: "it is connected"
    public static void await(String what, BooleanSupplier happened) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        var never = new CountDownLatch(1);
        while (!happened.getAsBoolean()) {
            try {
                if (never.await(20, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
                    throw new AssertionError("not so: " + what);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
