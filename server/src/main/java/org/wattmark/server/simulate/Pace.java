package org.wattmark.server.simulate;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.wattmark.server.client.Stop;

/// How fast simulated time goes. It never overtakes real time: what lies in the future waits, since
/// no server takes it.
final class Pace {

    private final InstantSource clock;
    private final Stop stop;
    private final Instant realStart;
    private final Instant start;
    private final double speed;

    /// @param start of the simulated time
    /// @param speed how many simulated seconds go by in one; infinite for all at once
    Pace(InstantSource clock, Stop stop, Instant start, double speed) {
        this.clock = clock;
        this.stop = stop;
        this.realStart = clock.instant();
        this.start = start;
        this.speed = speed;
    }

    /// When this simulated instant has come.
    Instant due(Instant simulated) {
        double seconds = Duration.between(start, simulated).toMillis() / 1_000.0 / speed;
        var paced = realStart.plusMillis((long) Math.ceil(Math.max(0, seconds) * 1_000));
        return paced.isBefore(simulated) ? simulated : paced;
    }

    /// Waits until this simulated instant has come.
    ///
    /// @return whether it did; otherwise the simulation was told to end
    boolean await(Instant simulated) throws InterruptedException {
        return !stop.after(Duration.between(clock.instant(), due(simulated)));
    }
}
