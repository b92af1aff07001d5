package org.wattmark.server.interventions;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.wattmark.attributes.ClaimId;
import org.wattmark.registry.Claims;
import org.wattmark.registry.Corrections;
import org.wattmark.server.metering.BatchReceived;
import org.wattmark.server.metering.LateReadings;
import org.wattmark.units.Energy;
import org.wattmark.verification.Claim;

/// Records late readings as corrections of the claims whose periods they would have been in.
final class LateCorrections implements LateReadings {

    private final Claims claims;
    private final Corrections corrections;

    LateCorrections(Claims claims, Corrections corrections) {
        this.claims = claims;
        this.corrections = corrections;
    }

    /// Where the claim that closed a period was refused there is nothing to correct.
    @Override
    public void came(BatchReceived received) {
        var late = new HashSet<>(received.late());
        if (late.isEmpty()) {
            return;
        }
        var batch = received.batch();
        var series = new Claim.Series(batch.device(), batch.channel());
        Map<ClaimId, Energy> byClaim = new LinkedHashMap<>();
        for (var reading : received.accepted()) {
            if (late.contains(reading.interval())) {
                claims.inTheWayOf(series, reading.interval())
                        .ifPresent(claimed ->
                                byClaim.merge(claimed.claim(), reading.energy(), Energy::plus));
            }
        }
        byClaim.forEach((claim, energy) -> corrections.late(claim, received.hash(), energy));
    }
}
