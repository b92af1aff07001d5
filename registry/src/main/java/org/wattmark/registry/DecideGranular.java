package org.wattmark.registry;

import java.util.List;
import java.util.UUID;
import org.wattmark.ledger.Command;
import org.wattmark.metering.Sha256;
import org.wattmark.units.Canonical;
import org.wattmark.verification.Actor;

/// Asks to issue the granular certificates that somebody wished for, or to reject the wish.
///
/// @param report SHA-256 of the check report
/// @param metered of each whole hour; the hours are closed, so it stays as it is
public record DecideGranular(
        UUID id,
        Actor actor,
        UUID issuance,
        boolean approve,
        Sha256 report,
        List<HourEnergy> metered)
        implements Command<GranularDecision> {

    public DecideGranular {
        metered = List.copyOf(metered);
    }

    /// Reports tell the time of the day on which they are made: they are no part of what is asked.
    @Override
    public byte[] content() {
        return Canonical.of("wattmark/decide-granular/v1")
                .id(actor.person())
                .id(actor.organisation().id())
                .text(actor.role().name())
                .id(issuance)
                .number(approve ? 1 : 0)
                .toByteArray();
    }

    @Override
    public GranularDecision idStandsForAnother() {
        return new GranularDecision.Denied(GranularDecision.Reason.ID_STANDS_FOR_ANOTHER);
    }
}
