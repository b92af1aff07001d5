package org.wattmark.verification;

import java.time.Instant;
import java.time.Year;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.wattmark.attributes.ClaimId;
import org.wattmark.emissions.GridFactors;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.Channel;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.ExclusivityDeclaration;
import org.wattmark.metering.Sha256;
import org.wattmark.units.Energy;
import org.wattmark.units.Period;
import org.wattmark.verification.Actor.Role;

/// The worked claim: a British roof of 15 kWp that generated 12,400 kWh in 2025.
final class Given {

    static final GridFactors FACTORS = GridFactors.shipped();
    static final String SOLAR_MARGIN = "ifi-2021/GBR/cm-intermittent";
    static final ZoneId LONDON = ZoneId.of("Europe/London");
    static final Instant NOW = Instant.parse("2026-02-01T12:00:00Z");
    static final Period YEAR_2025 =
            new Period(
                    Instant.parse("2025-01-01T00:00:00Z"), Instant.parse("2026-01-01T00:00:00Z"));

    static final UUID PROPONENT_PERSON = id(1);
    static final Organisation PROPONENT = Organisation.uncontrolled(id(2));
    static final UUID VERIFIER_PERSON = id(3);
    static final Organisation VERIFIER = Organisation.uncontrolled(id(4));
    static final UUID OWNER = id(5);
    static final UUID SITE = id(6);
    static final DeviceId DEVICE = new DeviceId(id(7));

    static final Actor PROPONENT_ACTS = new Actor(PROPONENT_PERSON, PROPONENT, Role.PROPONENT);
    static final Actor VERIFIER_ACTS = new Actor(VERIFIER_PERSON, VERIFIER, Role.VERIFIER);
    static final Actor MACHINE_ACTS =
            new Actor(id(8), Organisation.uncontrolled(id(9)), Role.MACHINE);

    private Given() {}

    static UUID id(long number) {
        return new UUID(0x0193_0000_0000_7000L, 0x8000_0000_0000_0000L + number);
    }

    static Claim claim() {
        return claim(UnitClass.LIVE, Optional.empty());
    }

    static Claim claim(UnitClass unitClass, Optional<String> forcedFactor) {
        return new Claim(
                new ClaimId(id(10)),
                id(11),
                PROPONENT,
                PROPONENT_PERSON,
                OWNER,
                SITE,
                List.of(new Claim.Series(DEVICE, Channel.GENERATION)),
                YEAR_2025,
                AssuranceTier.T2,
                unitClass,
                forcedFactor,
                true);
    }

    static List<VintageEnergy> energy() {
        return List.of(new VintageEnergy(Year.of(2025), Energy.ofKilowattHours(12_400)));
    }

    static Evidence evidence() {
        return evidence(Energy.ofKilowattHours(12_400));
    }

    static Evidence evidence(Energy metered) {
        return new Evidence(
                "GB",
                LONDON,
                List.of(new VintageEnergy(Year.of(2025), metered)),
                metered,
                MeterClass.CLASS_1,
                AssuranceTier.T2,
                false,
                15_000,
                new Evidence.Intervals(35_040, 34_900, 3, 5),
                Evidence.Days.NONE,
                List.of(ExclusivityDeclaration.NOTHING_ELSE),
                Sha256.of(new byte[] {1}));
    }

    static Assessment assess(Claim claim) {
        return assess(claim, evidence());
    }

    static Assessment assess(Claim claim, Evidence evidence) {
        return Assessment.of(claim, evidence, FACTORS, Map.of(), NOW);
    }

    static CheckReport green() {
        return assess(claim()).report();
    }

    static ClaimCase submitted(Claim claim) {
        return taken(ClaimCase.submit(PROPONENT_ACTS, claim));
    }

    static ClaimCase taken(Transition transition) {
        if (transition instanceof Transition.Taken(var next)) {
            return next;
        }
        throw new AssertionError(transition);
    }

    /// The statement of the worked claim, approved by the verifier.
    static VerificationStatement statement(Claim claim) {
        var verifier = new VerifiedBy.Verifier(VERIFIER.id());
        return VerificationStatement.draft(claim, assess(claim), NOW).by(verifier, List.of(), NOW);
    }
}
