package org.wattmark.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wattmark.registry.Given.PROPONENT_ACTS;
import static org.wattmark.registry.Given.REGISTRAR_ACTS;
import static org.wattmark.registry.Given.VERIFIER_ACTS;
import static org.wattmark.registry.Given.id;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.Year;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wattmark.attributes.ClaimId;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.Sha256;
import org.wattmark.units.Co2e;
import org.wattmark.units.Energy;
import org.wattmark.units.Period;
import org.wattmark.units.Share;
import org.wattmark.verification.Assessment;
import org.wattmark.verification.AutoApprovalPolicy;
import org.wattmark.verification.Claim;
import org.wattmark.verification.ClaimState;
import org.wattmark.verification.DeemedInstallations;
import org.wattmark.verification.Document;
import org.wattmark.verification.FactorLibraries;
import org.wattmark.verification.Leakage;
import org.wattmark.verification.MonitoredData;
import org.wattmark.verification.Reported;
import org.wattmark.verification.ReportedEvidence;
import org.wattmark.verification.UnitClass;

/// Claims on what a firm reports of its new lamps.
class ReportedClaimTest {

    private static final UUID LAMPS = id(13);

    private Office office = Office.open();

    @BeforeEach
    void register() {
        registerLamps();
    }

    private void registerLamps() {
        var project =
                new Project(
                        LAMPS,
                        Given.PROPONENT,
                        "Lamps",
                        "GBR",
                        Given.LONDON.getId(),
                        data(1).methodology(),
                        UnitClass.LIVE);
        assertThat(office.apply(new RegisterProject(PROPONENT_ACTS, project)))
                .isInstanceOf(Registration.Registered.class);
    }

    @AfterEach
    void close() {
        office.close();
    }

    private static MonitoredData data(int record) {
        var lamps =
                new DeemedInstallations.Lamps(
                        "LED tubes",
                        120,
                        new BigDecimal("90"),
                        new BigDecimal("40"),
                        Optional.empty(),
                        DeemedInstallations.RunTime.logged("600"));
        var documents =
                List.of(
                        new Document(Document.Kind.INVOICE, invoice()),
                        new Document(Document.Kind.METER_RECORD, recordOf(record)));
        return new DeemedInstallations(
                new Reported("GBR", documents, Leakage.none("scrapped")),
                List.of(lamps),
                Share.NONE,
                Optional.empty());
    }

    private static Sha256 invoice() {
        return Sha256.of(new byte[] {1});
    }

    private static Sha256 recordOf(int number) {
        return Sha256.of(new byte[] {2, (byte) number});
    }

    /// The claim of a quarter of 2025, from 0.
    private static Claim claim(int number, int quarter, int record, UUID site) {
        var start = Instant.parse("2025-0%d-01T00:00:00Z".formatted(1 + 3 * (quarter % 3)));
        var end = Instant.parse("2025-0%d-01T00:00:00Z".formatted(3 + 3 * (quarter % 3)));
        return new Claim(
                new ClaimId(id(3_000 + number)),
                LAMPS,
                Given.PROPONENT,
                PROPONENT_ACTS.person(),
                Given.OWNER,
                site,
                List.of(),
                new Period(start, end),
                AssuranceTier.T0,
                UnitClass.LIVE,
                Optional.empty(),
                true,
                Optional.of(data(record)));
    }

    private Verdict assess(Claim claim) {
        var beside =
                new ReportedEvidence(
                        Given.LONDON,
                        "GBR",
                        claim.methodology(),
                        Optional.empty(),
                        List.of(),
                        List.of());
        var carried = office.machines.claims.carriedInto(LAMPS);
        var assessment = Assessment.ofReported(claim, beside, FactorLibraries.shipped(), carried);
        return office.apply(new AssessClaim(claim.id(), 0, assessment));
    }

    private Submission.Reason refusal(Claim claim) {
        return switch (office.submit(claim)) {
            case Submission.Refused(var reason, var _) -> reason;
            case Submission.Submitted _ -> throw new AssertionError("not refused");
        };
    }

    @Test
    void aCarrierOfASiteOrProjectIsClaimedOnceForAPeriod() {
        var first = claim(1, 0, 1, LAMPS);
        assertThat(office.submit(first)).isInstanceOf(Submission.Submitted.class);

        assertThat(refusal(claim(2, 0, 2, LAMPS))).isEqualTo(Submission.Reason.ALREADY_CLAIMED);
        assertThat(refusal(claim(3, 0, 3, id(55)))).isEqualTo(Submission.Reason.ALREADY_CLAIMED);
        assertThat(office.submit(claim(4, 1, 4, LAMPS))).isInstanceOf(Submission.Submitted.class);
    }

    @Test
    void aDocumentThatProvesQuantitiesIsUsedUpForEver() {
        assertThat(office.submit(claim(1, 0, 1, LAMPS))).isInstanceOf(Submission.Submitted.class);

        assertThat(refusal(claim(2, 1, 1, LAMPS))).isEqualTo(Submission.Reason.ALREADY_CLAIMED);
    }

    @Test
    void whatIsWithdrawnIsFreeAgain() {
        var claim = claim(1, 0, 1, LAMPS);
        assertThat(office.submit(claim)).isInstanceOf(Submission.Submitted.class);

        office.act(PROPONENT_ACTS, claim, ClaimAction.WITHDRAW);

        assertThat(office.state(claim)).isEqualTo(ClaimState.WITHDRAWN);
        assertThat(office.submit(claim(2, 0, 1, LAMPS))).isInstanceOf(Submission.Submitted.class);
    }

    @Test
    void whatNobodyButItsOwnerAttestsIsVerifiedByNamingDocumentsOfTheClaim() {
        var claim = claim(1, 0, 1, LAMPS);
        office.submit(claim);
        assess(claim);
        office.act(VERIFIER_ACTS, claim, ClaimAction.TAKE);

        var unnamed = verify(claim, List.of());
        var unknown = verify(claim, List.of(recordOf(9)));
        var named = verify(claim, List.of(recordOf(1)));

        assertThat(unnamed).isEqualTo(new Verdict.Denied(Verdict.Reason.DOCUMENTS_NOT_NAMED));
        assertThat(unknown).isEqualTo(new Verdict.Denied(Verdict.Reason.DOCUMENT_UNKNOWN));
        assertThat(named).isInstanceOf(Verdict.Taken.class);
        var statement = office.record(claim.id()).statement().orElseThrow();
        assertThat(statement.tier()).isEqualTo(AssuranceTier.T1);
        assertThat(statement.documents()).containsExactly(recordOf(1));
    }

    private Verdict verify(Claim claim, List<Sha256> documents) {
        var draft = office.record(claim.id()).statement().orElseThrow().sha256();
        return office.apply(
                new DecideClaim(
                        office.nextId(),
                        VERIFIER_ACTS,
                        claim.id(),
                        true,
                        Optional.of(draft),
                        documents,
                        "seen"));
    }

    @Test
    void whatCountsIsApprovedForAProjectWhoseDesignIsValidated() {
        var claim = claim(1, 0, 1, LAMPS);
        office.submit(claim);
        assess(claim);
        office.act(VERIFIER_ACTS, claim, ClaimAction.TAKE);
        verify(claim, List.of(recordOf(1)));

        var early = office.act(REGISTRAR_ACTS, claim, ClaimAction.APPROVE_ISSUANCE);
        office.givenValidated(office.machines.claims.project(LAMPS).orElseThrow());
        var later = office.act(REGISTRAR_ACTS, claim, ClaimAction.APPROVE_ISSUANCE);

        assertThat(early).isEqualTo(new Verdict.Denied(Verdict.Reason.PROJECT_NOT_VALIDATED));
        assertThat(later).isInstanceOf(Verdict.Taken.class);
        assertThat(office.issue(claim)).isInstanceOf(Issuance.Issued.class);
    }

    private Correcting correct(Claim claim, long grams) {
        return office.apply(
                new CorrectClaim(
                        office.nextId(),
                        PROPONENT_ACTS,
                        claim.id(),
                        Sha256.of(new byte[] {9}),
                        Map.of(Year.of(2025), new Co2e(grams)),
                        "The logger ran slow"));
    }

    private static long lost(Correcting correcting) {
        return switch (correcting) {
            case Correcting.Corrected(var _, var lost, var _) -> lost.grams();
            case Correcting.Refused(var reason) -> throw new AssertionError(reason);
        };
    }

    @Test
    void lessThanWasIssuedComesOutOfTheBufferAndMoreIsRecordedAlone() {
        var claim = claim(1, 0, 1, LAMPS);
        office.givenValidated(office.machines.claims.project(LAMPS).orElseThrow());
        assertThat(office.submit(claim)).isInstanceOf(Submission.Submitted.class);
        assertThat(assess(claim)).isInstanceOf(Verdict.Taken.class);
        var early = correct(claim, 1);
        assertThat(office.act(VERIFIER_ACTS, claim, ClaimAction.TAKE))
                .isInstanceOf(Verdict.Taken.class);
        assertThat(verify(claim, List.of(recordOf(1)))).isInstanceOf(Verdict.Taken.class);
        assertThat(office.act(REGISTRAR_ACTS, claim, ClaimAction.APPROVE_ISSUANCE))
                .isInstanceOf(Verdict.Taken.class);
        assertThat(office.issue(claim)).isInstanceOf(Issuance.Issued.class);
        var block = office.machines.registry.blocks().iterator().next();
        long net = block.issued().grams();
        var buffer = SystemAccounts.buffer(UnitClass.LIVE).id();
        long before = office.held(buffer, block).grams();

        var same = correct(claim, net);
        var more = correct(claim, net + 1_000);
        var less = correct(claim, net - 100);
        var back = correct(claim, net);
        var lessAgain = correct(claim, net - 150);
        var farLess = correct(claim, 0);

        assertThat(early).isEqualTo(new Correcting.Refused(Correcting.Reason.NOT_ISSUED));
        assertThat(same).isEqualTo(new Correcting.Refused(Correcting.Reason.NOTHING_CORRECTED));
        assertThat(lost(more)).isZero();
        assertThat(lost(less)).isEqualTo(100);
        assertThat(lost(back)).isZero();
        assertThat(lost(lessAgain)).isEqualTo(50);
        assertThat(lost(farLess)).isEqualTo(net - 150);
        assertThat(office.held(buffer, block)).isEqualTo(Co2e.ZERO);
        var reversals = office.machines.registry.reversals();
        assertThat(reversals.lost(block.id())).isEqualTo(new Co2e(net));
        assertThat(reversals.owes(Given.PROPONENT.id())).isTrue();
        assertThat(before).isPositive();
        for (var entry : office.journal.entries()) {
            assertThat(Office.readBack(entry.fact().content())).isEqualTo(entry.fact());
        }
        var contents = office.contents();
        assertThat(office.replayed()).isEqualTo(contents);
    }

    @Test
    void aStatementThatCameFirstLeavesTheOthersNewFiguresAndNoneIsStuck() {
        var first = claim(1, 0, 1, LAMPS);
        var second = claim(2, 1, 2, LAMPS);
        for (var claim : List.of(first, second)) {
            office.submit(claim);
            assess(claim);
            office.act(VERIFIER_ACTS, claim, ClaimAction.TAKE);
        }

        verify(first, List.of(recordOf(1)));
        var outdated = verify(second, List.of(recordOf(2)));
        assess(second);
        var again = verify(second, List.of(recordOf(2)));

        var left = office.machines.claims.carriedInto(LAMPS);
        if (outdated instanceof Verdict.Denied(var reason)) {
            assertThat(reason).isEqualTo(Verdict.Reason.ASSESSMENT_OUTDATED);
            assertThat(again).isInstanceOf(Verdict.Taken.class);
        } else {
            assertThat(left.values()).allMatch(grams -> grams.signum() == 0);
        }
    }

    @Test
    void whatAVerifiedClaimTookOfTheRemainderGoesBackIfIssuanceIsDeclined() {
        var claim = claim(1, 0, 1, LAMPS);
        office.submit(claim);
        assess(claim);
        office.act(VERIFIER_ACTS, claim, ClaimAction.TAKE);
        verify(claim, List.of(recordOf(1)));

        office.act(REGISTRAR_ACTS, claim, ClaimAction.DECLINE_ISSUANCE);

        assertThat(office.state(claim)).isEqualTo(ClaimState.REFUSED);
        assertThat(office.machines.claims.carriedInto(LAMPS).values())
                .allMatch(grams -> grams.signum() == 0);
        assertThat(office.submit(claim(2, 0, 1, LAMPS))).isInstanceOf(Submission.Submitted.class);
    }

    /// 12,400 kWh in a hundred parts, under a limit of one tonne for an owner and twelve months.
    @Test
    void aClaimInAHundredPartsPassesNoMoreThanOneWould() {
        office.close();
        office = Office.with(limited());

        for (int part = 0; part < 100; part++) {
            office.givenAssessed(
                    Given.claim(part, UnitClass.TEST), Given.evidence(new Energy(124_000)));
        }

        long passed = 0;
        long grams = 0;
        for (int part = 0; part < 100; part++) {
            var claim = Given.claim(part, UnitClass.TEST);
            if (office.state(claim) == ClaimState.APPROVED) {
                passed++;
                grams += office.record(claim.id()).statement().orElseThrow().net().grams();
            } else {
                assertThat(office.state(claim)).isEqualTo(ClaimState.NEEDS_REVIEW);
            }
        }
        assertThat(grams).isLessThanOrEqualTo(Co2e.ofTonnes(1).grams());
        assertThat(passed).isBetween(36L, 38L);
    }

    private static AutoApprovalPolicy limited() {
        return new AutoApprovalPolicy(
                "limited",
                1,
                Set.of(UnitClass.TEST),
                Co2e.ofTonnes(1),
                Co2e.ofTonnes(1_000),
                Co2e.ofTonnes(1_000),
                0);
    }

    @Test
    void aReplayOfReportedClaimsGivesTheSameState() {
        var claim = claim(1, 0, 1, LAMPS);
        office.submit(claim);
        assess(claim);
        office.act(VERIFIER_ACTS, claim, ClaimAction.TAKE);
        verify(claim, List.of(recordOf(1)));
        office.submit(claim(2, 1, 2, LAMPS));

        var contents = office.contents();

        assertThat(office.replayed()).isEqualTo(contents);
        assertThat(contents.getOrDefault("claim_subject", Map.of())).isNotEmpty();
    }
}
