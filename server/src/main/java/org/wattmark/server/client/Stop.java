package org.wattmark.server.client;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Whether a command was told to end. What waits, waits here, so that an end comes at once.
public final class Stop {

    private final CountDownLatch told = new CountDownLatch(1);

    public void now() {
        told.countDown();
    }

    public boolean isTold() {
        return told.getCount() == 0;
    }

    /// @return whether it was told to end meanwhile
    public boolean after(Duration wait) throws InterruptedException {
        return told.await(Math.max(0, wait.toMillis()), TimeUnit.MILLISECONDS);
    }
}
