package org.wattmark.server.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.Year;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.wattmark.attributes.ClaimId;
import org.wattmark.emissions.GridFactors;
import org.wattmark.ledger.Sequencer;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.Channel;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.ExclusivityDeclaration;
import org.wattmark.metering.Sha256;
import org.wattmark.registry.AssessClaim;
import org.wattmark.registry.CreditBlock;
import org.wattmark.registry.Issuance;
import org.wattmark.registry.IssueCredits;
import org.wattmark.registry.Project;
import org.wattmark.registry.RegisterProject;
import org.wattmark.registry.Registration;
import org.wattmark.registry.Submission;
import org.wattmark.registry.SubmitClaim;
import org.wattmark.registry.Verdict;
import org.wattmark.units.Energy;
import org.wattmark.units.Period;
import org.wattmark.verification.Actor;
import org.wattmark.verification.Assessment;
import org.wattmark.verification.Claim;
import org.wattmark.verification.ClaimState;
import org.wattmark.verification.Evidence;
import org.wattmark.verification.MeterClass;
import org.wattmark.verification.Organisation;
import org.wattmark.verification.SolarDisplacement;
import org.wattmark.verification.UnitClass;
import org.wattmark.verification.VintageEnergy;

/// Gives an organisation credits by the registry's own commands, without meters: a British roof of
/// 15 kWp that generated 12,400 kWh in 2025.
public record IssuedCredits(Sequencer sequencer, GridFactors factors) {

    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private static final Period YEAR_2025 =
            new Period(
                    Instant.parse("2025-01-01T00:00:00Z"), Instant.parse("2026-01-01T00:00:00Z"));

    public CreditBlock to(UUID organisation, UnitClass unitClass) {
        var proponent = actor(organisation, Actor.Role.PROPONENT);
        var claim = claim(registered(proponent, unitClass), proponent);
        assertThat(sequencer.apply(new SubmitClaim(proponent, claim)))
                .isInstanceOf(Submission.Submitted.class);
        approve(claim);
        var issuance = new IssueCredits(UUID.randomUUID(), proponent, claim.id());
        return switch (sequencer.apply(issuance)) {
            case Issuance.Issued(var blocks, var _) -> blocks.getFirst();
            case Issuance.Refused(var reason) -> throw new AssertionError(reason);
        };
    }

    private Project registered(Actor proponent, UnitClass unitClass) {
        var project =
                new Project(
                        UUID.randomUUID(),
                        proponent.organisation(),
                        "A roof",
                        "GBR",
                        LONDON.getId(),
                        SolarDisplacement.ID,
                        unitClass);
        assertThat(sequencer.apply(new RegisterProject(proponent, project)))
                .isInstanceOf(Registration.Registered.class);
        return project;
    }

    private static Claim claim(Project project, Actor proponent) {
        var device = new DeviceId(UUID.randomUUID());
        return new Claim(
                new ClaimId(UUID.randomUUID()),
                project.id(),
                proponent.organisation(),
                proponent.person(),
                UUID.randomUUID(),
                UUID.randomUUID(),
                List.of(new Claim.Series(device, Channel.GENERATION)),
                YEAR_2025,
                AssuranceTier.T2,
                project.unitClass(),
                Optional.empty(),
                true);
    }

    private void approve(Claim claim) {
        var assessment = Assessment.of(claim, EVIDENCE, factors, Map.of(), YEAR_2025.end());
        var assessed = sequencer.apply(new AssessClaim(claim.id(), 0, assessment));
        if (assessed instanceof Verdict.Taken(var state, var _) && state == ClaimState.APPROVED) {
            return;
        }
        new Workflow(sequencer).verifyAndApprove(claim);
    }

    private static Actor actor(UUID organisation, Actor.Role role) {
        return new Actor(UUID.randomUUID(), Organisation.uncontrolled(organisation), role);
    }

    private static final Evidence EVIDENCE = evidence(Energy.ofKilowattHours(12_400));

    private static Evidence evidence(Energy generated) {
        return new Evidence(
                "GB",
                LONDON,
                List.of(new VintageEnergy(Year.of(2025), generated)),
                generated,
                MeterClass.CLASS_1,
                AssuranceTier.T2,
                false,
                15_000,
                new Evidence.Intervals(35_040, 34_900, 3, 5),
                Evidence.Days.NONE,
                List.of(ExclusivityDeclaration.NOTHING_ELSE),
                Sha256.of(new byte[] {1}));
    }
}
