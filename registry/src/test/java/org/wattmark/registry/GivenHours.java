package org.wattmark.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.wattmark.ledger.AccountId;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.Sha256;
import org.wattmark.units.Energy;
import org.wattmark.units.Period;
import org.wattmark.verification.Actor;
import org.wattmark.verification.Organisation;
import org.wattmark.verification.UnitClass;

/// Steps of stories about granular certificates: three hours of a day in June 2025, in which a
/// device generated 100, 0 and 300 Wh.
///
/// Devices and issuances have numbers; issuance 1 is of device 1.
record GivenHours(Office office) {

    static final Instant NOON = Instant.parse("2025-06-21T12:00:00Z");
    static final Period THREE = new Period(NOON, NOON.plus(Hours.ONE.multipliedBy(3)));
    static final Actor MACHINE =
            new Actor(
                    GranularDecided.MACHINE,
                    Organisation.uncontrolled(GranularDecided.MACHINE),
                    Actor.Role.MACHINE,
                    Set.of());

    static UUID issuance(int number) {
        return Given.id(600 + number);
    }

    static DeviceId device(int number) {
        return new DeviceId(Given.id(100 + number));
    }

    GranularRequesting request(UnitClass unitClass, int number) {
        return request(unitClass, issuance(number), number, List.of(THREE));
    }

    GranularRequesting request(UnitClass unitClass, UUID id, int device, List<Period> whole) {
        return office.apply(
                new RequestGranular(
                        id,
                        Given.PROPONENT_ACTS,
                        Given.projectOf(unitClass).id(),
                        device(device),
                        THREE,
                        whole,
                        AssuranceTier.T2,
                        unitClass == UnitClass.TEST));
    }

    GranularDecision decide(int number, Actor actor, boolean approve) {
        return office.apply(
                new DecideGranular(
                        office.nextId(),
                        actor,
                        issuance(number),
                        approve,
                        Sha256.of(new byte[] {3}),
                        List.of(metered(0, 100), metered(1, 0), metered(2, 300))));
    }

    private static HourEnergy metered(int hour, long wattHours) {
        return new HourEnergy(NOON.plus(Hours.ONE.multipliedBy(hour)), new Energy(wattHours));
    }

    /// The certificate of the hour with 300 Wh, which is of class TEST.
    GranularCertificate issued(int number) {
        assertThat(request(UnitClass.TEST, number))
                .isInstanceOf(GranularRequesting.Requested.class);
        assertThat(decide(number, MACHINE, true)).isInstanceOf(GranularDecision.Issued.class);
        var last = NOON.plus(Hours.ONE.multipliedBy(2));
        var id = GranularCertificate.idOf(issuance(number), last);
        return office.machines.granular.certificate(id).orElseThrow();
    }

    GranularRetiring retire(AccountId holder, GranularCertificate certificate, long wattHours) {
        return retire(holder, certificate, wattHours, certificate.period());
    }

    GranularRetiring retire(
            AccountId holder, GranularCertificate certificate, long wattHours, Period consumed) {
        return office.apply(
                new RetireGranular(
                        office.nextId(),
                        holder,
                        certificate.id(),
                        new Energy(wattHours),
                        consumed,
                        "Example Ltd",
                        "travel"));
    }
}
