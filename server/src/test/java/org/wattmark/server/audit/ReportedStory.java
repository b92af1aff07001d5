package org.wattmark.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.wattmark.attributes.ClaimId;
import org.wattmark.ledger.Command;
import org.wattmark.ledger.Sequencer;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.Sha256;
import org.wattmark.registry.ActOnClaim;
import org.wattmark.registry.AssessClaim;
import org.wattmark.registry.ClaimAction;
import org.wattmark.registry.DecideClaim;
import org.wattmark.registry.Project;
import org.wattmark.registry.RegisterProject;
import org.wattmark.registry.Registration;
import org.wattmark.registry.Submission;
import org.wattmark.registry.SubmitClaim;
import org.wattmark.registry.Verdict;
import org.wattmark.server.market.Workflow;
import org.wattmark.units.Period;
import org.wattmark.units.Share;
import org.wattmark.verification.Actor;
import org.wattmark.verification.Assessment;
import org.wattmark.verification.Claim;
import org.wattmark.verification.DeemedInstallations;
import org.wattmark.verification.Document;
import org.wattmark.verification.FactorLibraries;
import org.wattmark.verification.Leakage;
import org.wattmark.verification.MonitoredData;
import org.wattmark.verification.Organisation;
import org.wattmark.verification.Reported;
import org.wattmark.verification.ReportedEvidence;
import org.wattmark.verification.UnitClass;

/// A firm reports what its new lamps saved: one year is verified after a question and an answer,
/// one is withdrawn, one goes to another verifier.
final class ReportedStory {

    private final Sequencer sequencer;
    private final Organisation firm;
    private final Project project;
    private final Actor proponent;
    private final Actor verifier = actor(Actor.Role.VERIFIER);

    ReportedStory(Sequencer sequencer, UUID firm) {
        this.sequencer = sequencer;
        this.firm = Organisation.uncontrolled(firm);
        proponent = new Actor(UUID.randomUUID(), this.firm, Actor.Role.PROPONENT);
        project =
                new Project(
                        UUID.randomUUID(),
                        this.firm,
                        "Lamps",
                        "GBR",
                        "Europe/London",
                        data(0).methodology(),
                        UnitClass.LIVE);
    }

    void play() {
        assertThat(sequencer.apply(new RegisterProject(proponent, project)))
                .isInstanceOf(Registration.Registered.class);
        new Workflow(sequencer).validated(project.id(), firm);
        var verified = claimed(2022);
        step(verifier, verified, ClaimAction.TAKE);
        var question = UUID.randomUUID();
        var photograph = Sha256.of(new byte[] {9});
        taken(about(question, verifier, verified, ClaimAction.ASK, question, List.of()));
        taken(
                about(
                        UUID.randomUUID(),
                        proponent,
                        verified,
                        ClaimAction.ANSWER,
                        question,
                        List.of(photograph)));
        taken(
                new DecideClaim(
                        UUID.randomUUID(),
                        verifier,
                        verified,
                        true,
                        Optional.empty(),
                        List.of(photograph),
                        "The lamps are there."));
        step(proponent, claimed(2023), ClaimAction.WITHDRAW);
        var handedBack = claimed(2024);
        step(verifier, handedBack, ClaimAction.DECLARE_CONFLICT);
        step(actor(Actor.Role.VERIFIER), handedBack, ClaimAction.TAKE);
    }

    private ClaimId claimed(int year) {
        var id = new ClaimId(UUID.randomUUID());
        var claim =
                new Claim(
                        id,
                        project.id(),
                        firm,
                        proponent.person(),
                        firm.id(),
                        project.id(),
                        List.of(),
                        new Period(
                                Instant.parse(year + "-01-01T00:00:00Z"),
                                Instant.parse((year + 1) + "-01-01T00:00:00Z")),
                        AssuranceTier.T0,
                        UnitClass.LIVE,
                        Optional.empty(),
                        true,
                        Optional.of(data(year)));
        assertThat(sequencer.apply(new SubmitClaim(proponent, claim)))
                .isInstanceOf(Submission.Submitted.class);
        var beside =
                new ReportedEvidence(
                        ZoneId.of(project.zone()),
                        project.region(),
                        project.methodology(),
                        Optional.empty(),
                        List.of(),
                        List.of());
        var assessment = Assessment.ofReported(claim, beside, FactorLibraries.shipped(), Map.of());
        taken(new AssessClaim(id, 0, assessment));
        return id;
    }

    private static MonitoredData data(int year) {
        var lamps =
                new DeemedInstallations.Lamps(
                        "LED tubes",
                        120,
                        new BigDecimal("90"),
                        new BigDecimal("40"),
                        Optional.empty(),
                        DeemedInstallations.RunTime.logged("2500"));
        var documents =
                List.of(
                        new Document(Document.Kind.INVOICE, Sha256.of(new byte[] {1})),
                        new Document(
                                Document.Kind.METER_RECORD,
                                Sha256.of(new byte[] {2, (byte) year})));
        var reported = new Reported("GBR", documents, Leakage.none("The old lamps were scrapped."));
        return new DeemedInstallations(reported, List.of(lamps), Share.NONE, Optional.empty());
    }

    private void step(Actor actor, ClaimId claim, ClaimAction action) {
        taken(new ActOnClaim(UUID.randomUUID(), actor, claim, action, "Nothing else."));
    }

    private static ActOnClaim about(
            UUID id,
            Actor actor,
            ClaimId claim,
            ClaimAction action,
            UUID question,
            List<Sha256> attachments) {
        return new ActOnClaim(id, actor, claim, action, question, "Which lamps?", attachments);
    }

    private void taken(Command<Verdict> command) {
        assertThat(sequencer.apply(command)).isInstanceOf(Verdict.Taken.class);
    }

    private static Actor actor(Actor.Role role) {
        return new Actor(UUID.randomUUID(), Organisation.uncontrolled(UUID.randomUUID()), role);
    }
}
