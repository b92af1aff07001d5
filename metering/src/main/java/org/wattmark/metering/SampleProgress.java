package org.wattmark.metering;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/// How far a device has come that sends samples: what its next packet is judged against. It is a
/// value; a packet that is taken in gives the next one.
///
/// Energy waits in three places, so that none is lost or made: what is below a milliwatt-second in
/// `fraction`, what intervals that are complete left below a watt-hour in `carried`, and the
/// interval that is not complete in `open`.
///
/// @param last the sample taken in last; empty before the first
/// @param open the interval that is being measured, if a sample of it counted
/// @param carried mW·s, 0 to below 3,600,000
/// @param fraction mW·s, 0 to below 1
public record SampleProgress(
        Optional<Sample> last, Optional<Open> open, long carried, BigDecimal fraction) {

    public static final long MILLIWATT_SECONDS_PER_WATT_HOUR = 3_600_000;

    public static final SampleProgress NONE =
            new SampleProgress(Optional.empty(), Optional.empty(), 0, BigDecimal.ZERO);

    public SampleProgress {
        if (carried < 0 || carried >= MILLIWATT_SECONDS_PER_WATT_HOUR) {
            throw new IllegalArgumentException("carried is below a watt-hour, not " + carried);
        }
        if (fraction.signum() < 0 || fraction.compareTo(BigDecimal.ONE) >= 0) {
            throw new IllegalArgumentException("a fraction is below 1 mW·s, not " + fraction);
        }
    }

    /// An interval that is being measured.
    ///
    /// @param milliwattSeconds its energy so far
    public record Open(Instant start, long milliwattSeconds) {}
}
