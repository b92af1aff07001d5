package org.wattmark.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wattmark.registry.Given.PROPONENT;
import static org.wattmark.registry.Given.PROPONENT_ACTS;
import static org.wattmark.registry.Given.VERIFIER_ACTS;
import static org.wattmark.registry.Given.claim;
import static org.wattmark.registry.Given.evidence;
import static org.wattmark.registry.Given.id;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Year;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.wattmark.units.Co2e;
import org.wattmark.units.Energy;
import org.wattmark.verification.Actor;
import org.wattmark.verification.Actor.Role;
import org.wattmark.verification.AutoApprovalPolicy;
import org.wattmark.verification.ClaimState;
import org.wattmark.verification.Organisation;
import org.wattmark.verification.UnitClass;
import org.wattmark.verification.VerifiedBy;

class ClaimsTest {

    private Office office = Office.open();

    @AfterEach
    void close() {
        office.close();
    }

    @Test
    void onlyAProponentRegistersAProjectAndOnlyItsOwn() {
        var project = Given.projectOf(UnitClass.LIVE);
        var another =
                new Project(
                        id(99),
                        project.proponent(),
                        project.title(),
                        project.region(),
                        project.zone(),
                        project.methodology(),
                        project.unitClass());

        var byVerifier = office.apply(new RegisterProject(VERIFIER_ACTS, another));
        var byStranger =
                office.apply(
                        new RegisterProject(
                                Office.stranger(Role.PROPONENT),
                                new Project(
                                        id(98),
                                        project.proponent(),
                                        project.title(),
                                        project.region(),
                                        project.zone(),
                                        project.methodology(),
                                        project.unitClass())));

        var roleMayNot = new Registration.Refused(Registration.Reason.ROLE_MAY_NOT);
        assertThat(byVerifier).isEqualTo(roleMayNot);
        assertThat(byStranger).isEqualTo(roleMayNot);
    }

    @Test
    void aClaimReservesItsIntervalsUntilItIsIssued() {
        var claim = claim(1, UnitClass.TEST);

        var block = office.givenIssued(claim);

        assertThat(office.state(claim)).isEqualTo(ClaimState.ISSUED);
        assertThat(office.record(claim.id()).statement().orElseThrow().net())
                .isEqualTo(block.issued());
        assertThat(office.submit(claim(2, 1, UnitClass.TEST, Optional.empty())))
                .isInstanceOf(Submission.Refused.class);
    }

    @Test
    void theSecondClaimOnAPeriodIsRefusedAndTheFirstIsNamed() {
        var first = claim(1, UnitClass.LIVE);
        office.givenAssessed(first);

        var second = office.submit(claim(2, 1, UnitClass.LIVE, Optional.empty()));

        assertThat(second)
                .isInstanceOfSatisfying(
                        Submission.Refused.class,
                        refused -> {
                            assertThat(refused.reason())
                                    .isEqualTo(Submission.Reason.ALREADY_CLAIMED);
                            assertThat(refused.explanation()).contains(first.id().toString());
                        });
    }

    @Test
    void aRefusedClaimFreesItsPeriod() {
        var refused = claim(1, UnitClass.LIVE);
        office.givenAssessed(refused);

        office.act(VERIFIER_ACTS, refused, ClaimAction.TAKE);
        var verdict = office.refuse(VERIFIER_ACTS, refused);
        var next = office.submit(claim(2, 1, UnitClass.LIVE, Optional.empty()));

        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Taken.class,
                        taken -> assertThat(taken.state()).isEqualTo(ClaimState.REFUSED));
        assertThat(next).isInstanceOf(Submission.Submitted.class);
    }

    @Test
    void aClaimThatACheckRejectsIsRefusedAndFreesItsPeriod() {
        var claim = claim(1, UnitClass.LIVE);
        assertThat(office.submit(claim)).isInstanceOf(Submission.Submitted.class);

        var verdict = office.assess(claim, evidence(Energy.ofKilowattHours(1_000_000_000)));
        var next = office.submit(claim(2, 1, UnitClass.LIVE, Optional.empty()));

        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Taken.class,
                        taken -> assertThat(taken.state()).isEqualTo(ClaimState.REFUSED));
        assertThat(next).isInstanceOf(Submission.Submitted.class);
    }

    @Test
    void ofSixtyFourClaimsAtOnceOneStands() throws Exception {
        var answers = new ArrayList<CompletableFuture<Submission>>();
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 64; i++) {
                var command =
                        new SubmitClaim(
                                PROPONENT_ACTS, claim(i, 1, UnitClass.LIVE, Optional.empty()));
                answers.add(CompletableFuture.supplyAsync(() -> office.apply(command), clients));
            }
        }

        var outcomes = answers.stream().map(CompletableFuture::join).toList();

        assertThat(outcomes).filteredOn(Submission.Submitted.class::isInstance).hasSize(1);
        assertThat(outcomes)
                .filteredOn(Submission.Refused.class::isInstance)
                .hasSize(63)
                .allMatch(each ->
                        ((Submission.Refused) each).reason() == Submission.Reason.ALREADY_CLAIMED);
    }

    @Test
    void nobodySubmitsForAnotherOrForAnUnknownProject() {
        var claim = claim(1, UnitClass.LIVE);

        var byVerifier = office.apply(new SubmitClaim(VERIFIER_ACTS, claim));
        var byStranger =
                office.apply(
                        new SubmitClaim(Office.stranger(Role.PROPONENT), claim(2, UnitClass.LIVE)));

        assertThat(byVerifier).satisfies(reason(Submission.Reason.ROLE_MAY_NOT));
        assertThat(byStranger).satisfies(reason(Submission.Reason.NOT_YOUR_PROJECT));
    }

    @Test
    void aPeriodIsClaimedWhenItIsOver() {
        office.clock.set(Given.YEAR_2025.end().minusNanos(1_000));

        var early = office.submit(claim(1, UnitClass.LIVE));
        office.clock.set(Given.YEAR_2025.end());
        var inTime = office.submit(claim(2, UnitClass.LIVE));

        assertThat(early).satisfies(reason(Submission.Reason.PERIOD_NOT_OVER));
        assertThat(inTime).isInstanceOf(Submission.Submitted.class);
    }

    private static Consumer<Submission> reason(Submission.Reason reason) {
        return submission ->
                assertThat(submission)
                        .isInstanceOfSatisfying(
                                Submission.Refused.class,
                                refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    @Test
    void nobodyApprovesHisOwnClaim() {
        var claim = claim(1, UnitClass.LIVE);
        office.givenAssessed(claim);
        var sister = new Organisation(id(50), Optional.of(PROPONENT.id()));

        var sameOrganisation = office.approve(new Actor(id(51), PROPONENT, Role.VERIFIER), claim);
        var commonControl = office.approve(new Actor(id(51), sister, Role.VERIFIER), claim);
        var samePerson =
                office.approve(
                        new Actor(PROPONENT_ACTS.person(), Given.VERIFIER, Role.VERIFIER), claim);
        var asProponent = office.approve(PROPONENT_ACTS, claim);

        assertThat(sameOrganisation).isEqualTo(denied(Verdict.Reason.NOT_INDEPENDENT));
        assertThat(commonControl).isEqualTo(denied(Verdict.Reason.NOT_INDEPENDENT));
        assertThat(samePerson).isEqualTo(denied(Verdict.Reason.REQUESTER_DECIDES));
        assertThat(asProponent).isEqualTo(denied(Verdict.Reason.ROLE_MAY_NOT));
        assertThat(office.approve(VERIFIER_ACTS, claim))
                .isEqualTo(denied(Verdict.Reason.NOT_IN_THIS_STATE)); // nobody has taken it
        assertThat(office.state(claim)).isEqualTo(ClaimState.NEEDS_REVIEW);
    }

    private static Verdict denied(Verdict.Reason reason) {
        return new Verdict.Denied(reason);
    }

    @Test
    void aVerifierOfAnotherOrganisationStandsForTheStatement() {
        var claim = claim(1, UnitClass.LIVE);
        office.givenAssessed(claim);

        office.act(VERIFIER_ACTS, claim, ClaimAction.TAKE);
        var verdict = office.approve(VERIFIER_ACTS, claim);
        var again = office.approve(VERIFIER_ACTS, claim);

        assertThat(verdict).isInstanceOf(Verdict.Taken.class);
        assertThat(office.record(claim.id()).statement().orElseThrow().verifiedBy())
                .isEqualTo(new VerifiedBy.Verifier(Given.VERIFIER.id()));
        assertThat(again).isEqualTo(denied(Verdict.Reason.NOT_IN_THIS_STATE));
    }

    @Test
    void aPolicyLimitHoldsForTheSumOfTwelveMonths() {
        office.close();
        office = Office.with(limitedTo(Co2e.ofTonnes(4)));

        office.givenAssessed(claim(1, UnitClass.TEST)); // 2,649,038 g each
        office.givenAssessed(claim(2, UnitClass.TEST));
        office.clock.advance(Duration.ofDays(366));
        office.givenAssessed(claim(3, UnitClass.TEST));

        assertThat(office.state(claim(1, UnitClass.TEST))).isEqualTo(ClaimState.APPROVED);
        assertThat(office.state(claim(2, UnitClass.TEST))).isEqualTo(ClaimState.NEEDS_REVIEW);
        assertThat(office.state(claim(3, UnitClass.TEST))).isEqualTo(ClaimState.APPROVED);
        assertThat(office.record(claim(1, UnitClass.TEST).id()).statement().orElseThrow())
                .satisfies(statement ->
                        assertThat(statement.verifiedBy())
                                .isEqualTo(new VerifiedBy.Machine("limited", 1)));
    }

    private static AutoApprovalPolicy limitedTo(Co2e perOwner) {
        return new AutoApprovalPolicy(
                "limited",
                1,
                Set.of(UnitClass.TEST),
                perOwner,
                Co2e.ofTonnes(1_000),
                Co2e.ofTonnes(1_000),
                0);
    }

    @Test
    void aRemainderIsCarriedIntoTheNextStatementOnce() {
        // 7,007 Wh × 215.79 g/kWh = 1,512.04053 g: whole grams are deducted or issued.
        var little = evidence(new Energy(7_007));
        office.givenAssessed(claim(1, UnitClass.LIVE), little);
        office.givenAssessed(claim(2, UnitClass.LIVE), little);

        office.act(VERIFIER_ACTS, claim(1, UnitClass.LIVE), ClaimAction.TAKE);
        office.act(VERIFIER_ACTS, claim(2, UnitClass.LIVE), ClaimAction.TAKE);

        var first = office.approve(VERIFIER_ACTS, claim(1, UnitClass.LIVE));
        var outdated = office.approve(VERIFIER_ACTS, claim(2, UnitClass.LIVE));

        assertThat(first).isInstanceOf(Verdict.Taken.class);
        assertThat(office.machines.claims.carriedInto(Given.LIVE_PROJECT.id(), Year.of(2025)))
                .isEqualByComparingTo(new BigDecimal("0.04053"));
        assertThat(outdated).isEqualTo(denied(Verdict.Reason.ASSESSMENT_OUTDATED));
    }

    @Test
    void anAssessmentMadeBeforeAnotherStatementIsMadeAgain() {
        var little = evidence(new Energy(7_007));
        var claim = claim(2, UnitClass.TEST);
        assertThat(office.submit(claim)).isInstanceOf(Submission.Submitted.class);
        var early = office.assessment(claim, 0, little);
        office.givenAssessed(claim(1, UnitClass.TEST), little);

        var outdated = office.apply(early);
        var again = office.apply(office.assessment(claim, 1, little));

        assertThat(outdated).isEqualTo(denied(Verdict.Reason.ASSESSMENT_OUTDATED));
        assertThat(again)
                .isInstanceOfSatisfying(
                        Verdict.Taken.class,
                        taken -> assertThat(taken.state()).isEqualTo(ClaimState.APPROVED));
    }

    @Test
    void anUnknownClaimIsNeitherAssessedNorDecided() {
        var claim = claim(1, UnitClass.LIVE);

        var assessed = office.assess(claim, evidence());
        var decided = office.approve(VERIFIER_ACTS, claim);

        assertThat(assessed).isEqualTo(denied(Verdict.Reason.CLAIM_UNKNOWN));
        assertThat(decided).isEqualTo(denied(Verdict.Reason.CLAIM_UNKNOWN));
    }
}
