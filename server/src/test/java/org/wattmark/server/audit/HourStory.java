package org.wattmark.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Sequencer;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.Sha256;
import org.wattmark.registry.DecideGranular;
import org.wattmark.registry.GranularCertificate;
import org.wattmark.registry.GranularDecision;
import org.wattmark.registry.GranularRequesting;
import org.wattmark.registry.GranularRetiring;
import org.wattmark.registry.HourEnergy;
import org.wattmark.registry.Hours;
import org.wattmark.registry.RequestGranular;
import org.wattmark.registry.RetireGranular;
import org.wattmark.units.Energy;
import org.wattmark.units.Period;
import org.wattmark.verification.Actor;
import org.wattmark.verification.Organisation;

/// A part of a history in which hours are certified and retired.
record HourStory(Sequencer sequencer, Actor proponent, UUID project, AccountId holder) {

    void play(Panel hourly) {
        var issued = asked(hourly, Panel.days(0, 1));
        decide(issued, true);
        decide(asked(hourly, hours(1, 3)), false);
        asked(hourly, hours(10, 2));
        var noon = hours(-12, 1);
        retire(issued, noon, 5);
        retire(issued, noon, 7);
    }

    /// So many hours, from so many after the second day began.
    private static Period hours(int from, int count) {
        var start = Panel.days(1, 1).start().plus(Hours.ONE.multipliedBy(from));
        return Period.starting(start, Hours.ONE.multipliedBy(count));
    }

    private UUID asked(Panel hourly, Period period) {
        var id = UUID.randomUUID();
        var command =
                new RequestGranular(
                        id,
                        proponent,
                        project,
                        new DeviceId(hourly.id()),
                        period,
                        List.of(period),
                        AssuranceTier.T2,
                        true);
        assertThat(sequencer.apply(command)).isInstanceOf(GranularRequesting.Requested.class);
        return id;
    }

    private void decide(UUID issuance, boolean approve) {
        var operator =
                new Actor(
                        UUID.randomUUID(),
                        Organisation.uncontrolled(UUID.randomUUID()),
                        Actor.Role.OPERATOR);
        var noon = Panel.days(0, 1).start().plus(Hours.ONE.multipliedBy(12));
        var metered =
                approve
                        ? List.of(
                                new HourEnergy(noon, new Energy(100)),
                                new HourEnergy(noon.plus(Hours.ONE), new Energy(50)))
                        : List.<HourEnergy>of();
        var command =
                new DecideGranular(
                        UUID.randomUUID(),
                        operator,
                        issuance,
                        approve,
                        Sha256.of(new byte[] {1}),
                        metered);
        assertThat(sequencer.apply(command)).isNotInstanceOf(GranularDecision.Denied.class);
    }

    private void retire(UUID issuance, Period hour, long wattHours) {
        var certificate = GranularCertificate.idOf(issuance, hour.start());
        var command =
                new RetireGranular(
                        UUID.randomUUID(),
                        holder,
                        certificate,
                        new Energy(wattHours),
                        hour,
                        "A bakery",
                        "Its ovens");
        assertThat(sequencer.apply(command)).isInstanceOf(GranularRetiring.Retired.class);
    }
}
