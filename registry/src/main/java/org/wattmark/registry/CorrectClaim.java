package org.wattmark.registry;

import java.time.Year;
import java.util.Map;
import java.util.UUID;
import org.wattmark.attributes.ClaimId;
import org.wattmark.ledger.Command;
import org.wattmark.metering.Sha256;
import org.wattmark.units.Canonical;
import org.wattmark.units.Co2e;
import org.wattmark.verification.Actor;

/// Asks to record that the reported data of an issued claim were others than it said.
///
/// @param data the restated data's hash
/// @param net what they come to in each vintage, by the claim's methodology. It is worked out of
///   the data, and no part of what is asked
public record CorrectClaim(
        UUID id, Actor actor, ClaimId claim, Sha256 data, Map<Year, Co2e> net, String reason)
        implements Command<Correcting> {

    public CorrectClaim {
        PublicWords.require(reason);
        net = Map.copyOf(net);
    }

    @Override
    public byte[] content() {
        return Canonical.of("wattmark/correct-claim/v1")
                .id(actor.person())
                .id(actor.organisation().id())
                .text(actor.role().name())
                .id(claim.value())
                .bytes(data.bytes())
                .text(reason)
                .toByteArray();
    }

    @Override
    public Correcting idStandsForAnother() {
        return new Correcting.Refused(Correcting.Reason.ID_STANDS_FOR_ANOTHER);
    }
}
