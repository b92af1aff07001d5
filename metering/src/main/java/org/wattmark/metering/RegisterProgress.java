package org.wattmark.metering;

import java.time.Instant;
import java.util.Optional;

/// How far the register of one channel has come: what its next reading is judged against. It is a
/// value; a reading that is taken in gives the next one.
///
/// @param last the reading from which the next difference is taken; empty before the first
/// @param open the interval that is being measured, if some of it was
public record RegisterProgress(
        Register register, Optional<RegisterReading> last, Optional<Open> open) {

    /// Before the first reading.
    public static RegisterProgress of(Register register) {
        return new RegisterProgress(register, Optional.empty(), Optional.empty());
    }

    /// An interval that is being measured.
    ///
    /// @param wattHours its energy so far
    public record Open(Instant start, long wattHours) {}
}
