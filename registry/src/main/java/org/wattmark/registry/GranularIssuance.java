package org.wattmark.registry;

import java.util.List;
import java.util.UUID;
import org.wattmark.attributes.ClaimId;
import org.wattmark.ledger.Transfer;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.Channel;
import org.wattmark.metering.DeviceId;
import org.wattmark.units.Period;
import org.wattmark.verification.Claim;
import org.wattmark.verification.UnitClass;

/// The wish to have granular certificates for what a device generated in whole hours, and what came
/// of it. From the wish on, nobody else can have the attributes of these hours.
///
/// @param hours runs of whole hours, in their order, that neither touch nor overlap
/// @param requestedBy the person who asked, who may therefore not approve
public record GranularIssuance(
        UUID id,
        UUID project,
        DeviceId device,
        List<Period> hours,
        UnitClass unitClass,
        AssuranceTier tier,
        UUID requestedBy,
        State state) {

    /// What is certified: generation, as of credits. Exports are a part of it.
    public static final Channel CHANNEL = Channel.GENERATION;

    /// REQUESTED becomes one of the others, and they stay.
    public enum State {
        REQUESTED,
        ISSUED,
        REJECTED
    }

    public GranularIssuance {
        hours = List.copyOf(hours);
        if (hours.isEmpty() || !hours.stream().allMatch(Hours::areWhole)) {
            throw new IllegalArgumentException("certificates are of whole hours: " + hours);
        }
        for (int i = 1; i < hours.size(); i++) {
            if (!hours.get(i).start().isAfter(hours.get(i - 1).end())) {
                throw new IllegalArgumentException("runs of hours are apart and in order");
            }
        }
    }

    public Claim.Series series() {
        return new Claim.Series(device, CHANNEL);
    }

    /// From the first hour to the last.
    public Period span() {
        return new Period(hours.getFirst().start(), hours.getLast().end());
    }

    /// By which claim a run of hours is taken: the first under the issuance's own id.
    ClaimId claimOn(int run) {
        return new ClaimId(run == 0 ? id : Transfer.derivedId(id, run));
    }

    GranularIssuance in(State next) {
        return new GranularIssuance(id, project, device, hours, unitClass, tier, requestedBy, next);
    }
}
