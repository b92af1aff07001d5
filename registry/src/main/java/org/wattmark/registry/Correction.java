package org.wattmark.registry;

import java.time.Year;
import java.util.List;
import java.util.UUID;
import org.wattmark.attributes.ClaimId;
import org.wattmark.metering.Sha256;
import org.wattmark.units.Co2e;
import org.wattmark.units.Energy;

/// What came to be known of a monitoring period after it was closed. It changes nothing that was
/// stated or issued: it stands beside them.
///
/// @param by the person who restated; of late readings nobody, a UUID of zeros
/// @param evidence the late batch, or the restated data, by their hash
/// @param late energy of readings that came late: more than was claimed, and no claim can take it
/// @param lines of restated data, one for each vintage
/// @param reason public
public record Correction(
        UUID id,
        ClaimId claim,
        Cause cause,
        UUID by,
        Sha256 evidence,
        Energy late,
        List<Line> lines,
        String reason) {

    public static final UUID NOBODY = new UUID(0, 0);

    public enum Cause {
        LATE_READINGS,
        RESTATED_DATA
    }

    /// @param before what was last known
    /// @param after what is known now
    public record Line(Year vintage, Co2e before, Co2e after) {}

    public Correction {
        PublicWords.require(reason);
        lines = List.copyOf(lines);
    }

    /// Of all vintages, before.
    public Co2e before() {
        return lines.stream().map(Line::before).reduce(Co2e.ZERO, Co2e::plus);
    }

    /// Of all vintages, now.
    public Co2e after() {
        return lines.stream().map(Line::after).reduce(Co2e.ZERO, Co2e::plus);
    }
}
