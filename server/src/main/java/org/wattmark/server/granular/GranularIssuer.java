package org.wattmark.server.granular;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.Sequencer;
import org.wattmark.metering.Finding.Outcome;
import org.wattmark.registry.DecideGranular;
import org.wattmark.registry.GranularDecided;
import org.wattmark.registry.GranularDecision;
import org.wattmark.registry.GranularIssuance;
import org.wattmark.registry.GranularRequesting;
import org.wattmark.registry.RequestGranular;
import org.wattmark.server.metering.BondedDevice;
import org.wattmark.server.registry.HourChecks;
import org.wattmark.units.Canonical;
import org.wattmark.units.Period;
import org.wattmark.verification.Actor;
import org.wattmark.verification.CheckReport;
import org.wattmark.verification.Organisation;
import org.wattmark.verification.UnitClass;

/// Takes a wish for granular certificates from the meter's hours to a decision.
final class GranularIssuer {

    private static final Actor MACHINE =
            new Actor(
                    GranularDecided.MACHINE,
                    Organisation.uncontrolled(GranularDecided.MACHINE),
                    Actor.Role.MACHINE,
                    Set.of());

    private final Sequencer sequencer;
    private final JdbcClient jdbc;
    private final MeteredHours metered;
    private final HourChecks checks;

    GranularIssuer(Sequencer sequencer, JdbcClient jdbc, HourChecks checks) {
        this.sequencer = sequencer;
        this.jdbc = jdbc;
        this.metered = new MeteredHours(jdbc);
        this.checks = checks;
    }

    /// Reserves the hours, then has them judged. Sent again after a crash between the two it goes
    /// on with the second.
    GranularRequesting request(
            UUID id, Actor actor, UUID project, BondedDevice bonded, Period period) {
        var device = bonded.device();
        var command =
                new RequestGranular(
                        id,
                        actor,
                        project,
                        device.id(),
                        period,
                        MeteredHours.runs(metered.whole(device.id(), period)),
                        device.tier(),
                        device.simulated());
        var outcome = sequencer.apply(command);
        if (outcome instanceof GranularRequesting.Requested) {
            judge(id);
        }
        return outcome;
    }

    /// All green, and only of class TEST: the machine issues. Something is plainly wrong: it
    /// rejects. Everything else waits for an operator.
    private void judge(UUID id) {
        var issuance = issuance(id).orElseThrow();
        if (issuance.state() != GranularIssuance.State.REQUESTED) {
            return;
        }
        var report = report(issuance);
        boolean passes = report.worst() == Outcome.INFO && issuance.unitClass() == UnitClass.TEST;
        if (passes || report.worst() == Outcome.REJECT) {
            var step = Canonical.of("wattmark/granular-judgement/v1").id(id).derivedId();
            decide(step, MACHINE, issuance, passes, report);
        }
    }

    CheckReport report(GranularIssuance issuance) {
        return checks.of(issuance, checks.project(issuance.project()).orElseThrow());
    }

    GranularDecision decide(UUID id, Actor actor, GranularIssuance issuance, boolean approve) {
        return decide(id, actor, issuance, approve, report(issuance));
    }

    private GranularDecision decide(
            UUID id, Actor actor, GranularIssuance issuance, boolean approve, CheckReport report) {
        return sequencer.apply(
                new DecideGranular(
                        id, actor, issuance.id(), approve, report.sha256(), metered.of(issuance)));
    }

    Optional<GranularIssuance> issuance(UUID id) {
        return jdbc.sql(GranularIssuanceTable.SELECT + " where id = :id")
                .param("id", id)
                .query((row, _) -> GranularIssuanceTable.read(row))
                .optional();
    }
}
