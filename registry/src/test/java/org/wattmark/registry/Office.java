package org.wattmark.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.wattmark.attributes.ClaimId;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.AccountOpened;
import org.wattmark.ledger.AccountStandingSet;
import org.wattmark.ledger.AssetFreezeSet;
import org.wattmark.ledger.BatchSealed;
import org.wattmark.ledger.Command;
import org.wattmark.ledger.Entry;
import org.wattmark.ledger.Fact;
import org.wattmark.ledger.Ledger;
import org.wattmark.ledger.MemoryJournal;
import org.wattmark.ledger.NothingChanged;
import org.wattmark.ledger.OpenAccounts;
import org.wattmark.ledger.Sequencer;
import org.wattmark.ledger.SetFreeze;
import org.wattmark.ledger.SetStanding;
import org.wattmark.ledger.Staging;
import org.wattmark.ledger.TransferPosted;
import org.wattmark.metering.Sha256;
import org.wattmark.testing.SettableClock;
import org.wattmark.units.Canonical;
import org.wattmark.units.Co2e;
import org.wattmark.verification.Actor;
import org.wattmark.verification.Assessment;
import org.wattmark.verification.AutoApprovalPolicy;
import org.wattmark.verification.Claim;
import org.wattmark.verification.ClaimState;
import org.wattmark.verification.Evidence;
import org.wattmark.verification.Organisation;
import org.wattmark.verification.UnitClass;

/// A registry with its ledger, its claims and the sequencer before them, as a server runs it. Both
/// worked projects are registered.
final class Office implements AutoCloseable {

    static final Map<UnitClass, AutoApprovalPolicy> DEMO =
            Map.of(UnitClass.TEST, AutoApprovalPolicy.DEMO);

    static final UUID CLERK = Given.id(81);
    static final UUID OTHER_CLERK = Given.id(82);
    static final Grounds GROUNDS = new Grounds("A meter was read twice", Sha256.of(new byte[] {7}));

    private static final byte[] DRAW_SECRET = new byte[32];

    final MemoryJournal journal = new MemoryJournal();
    final SettableClock clock = SettableClock.at("2026-02-01T12:00:00Z");
    final Machines machines;
    final Sequencer sequencer;
    private long lastId = 9_000;

    private Office(Map<UnitClass, AutoApprovalPolicy> policies) {
        machines = new Machines(policies);
        sequencer =
                Sequencer.on(journal, machines.staging, clock)
                        .handle(OpenAccounts.class, machines.ledger::open)
                        .handle(SetStanding.class, machines.ledger::set)
                        .handle(SetFreeze.class, machines.ledger::set)
                        .handle(Act.class, act -> act.deed().apply(machines.ledger))
                        .handle(RegisterProject.class, machines.claims::register)
                        .handle(SubmitClaim.class, machines.claims::submit)
                        .handle(AssessClaim.class, machines.claims::assess)
                        .handle(DecideClaim.class, machines.claims::decide)
                        .handle(ActOnClaim.class, machines.claims::act)
                        .handle(SubmitDesign.class, machines.claims.designs()::submit)
                        .handle(JudgeDesign.class, machines.claims.designs()::judge)
                        .handle(ChangePool.class, machines.claims.pools()::change)
                        .handle(DividePool.class, machines.divisions::divide)
                        .handle(IssueCredits.class, machines.registry::issue)
                        .handle(RetireCredits.class, machines.registry::retire)
                        .handle(CancelCredits.class, machines.cancellations::cancel)
                        .handle(ProposeIntervention.class, machines.interventions::propose)
                        .handle(DecideIntervention.class, machines.interventions::decide)
                        .handle(CorrectClaim.class, machines.corrections::correct)
                        .handle(CoverReversal.class, machines.interventions::cover)
                        .handle(RequestGranular.class, machines.granular::request)
                        .handle(DecideGranular.class, machines.granular::decide)
                        .handle(RetireGranular.class, machines.granular::retire)
                        .start();
        for (var project : List.of(Given.LIVE_PROJECT, Given.TEST_PROJECT)) {
            assertThat(apply(new RegisterProject(Given.PROPONENT_ACTS, project)))
                    .isInstanceOf(Registration.Registered.class);
        }
        givenValidated(Given.LIVE_PROJECT);
    }

    /// The project's design is validated for the years from 2020 on.
    void givenValidated(Project project) {
        assertThat(submit(Given.design(project))).isEqualTo(DesignState.SUBMITTED);
        assertThat(
                        apply(
                                new JudgeDesign(
                                        nextId(), Given.VALIDATOR_ACTS, project.id(), 1, true, "")))
                .isInstanceOf(Designing.Taken.class);
    }

    DesignState submit(Design design) {
        return switch (apply(new SubmitDesign(nextId(), Given.PROPONENT_ACTS, design))) {
            case Designing.Taken(var _, var state, var _) -> state;
            case Designing.Denied(var reason) -> throw new AssertionError(reason);
        };
    }

    /// TEST claims pass by the demo policy; LIVE ones wait for a verifier.
    static Office open() {
        return new Office(DEMO);
    }

    static Office with(AutoApprovalPolicy forTest) {
        return new Office(Map.of(UnitClass.TEST, forTest));
    }

    /// The state, and what decides on it.
    static final class Machines {

        private byte salts;
        final Staging staging = new Staging(this::nextSalt);
        final Ledger ledger = new Ledger(staging);
        final Claims claims;
        final Registry registry;
        final Cancellations cancellations;
        final Interventions interventions;
        final GranularCertificates granular;
        final PoolDivisions divisions;
        final Corrections corrections;

        Machines(Map<UnitClass, AutoApprovalPolicy> policies) {
            claims = new Claims(staging, policies, DRAW_SECRET);
            registry = new Registry(staging, ledger, claims);
            cancellations = new Cancellations(staging, ledger, registry);
            interventions = new Interventions(staging, ledger, registry, Unwinding.NOTHING);
            granular = new GranularCertificates(staging, ledger, claims);
            corrections = new Corrections(staging, claims, registry, interventions);
            divisions = new PoolDivisions(staging, ledger, registry, claims);
        }

        private byte[] nextSalt() {
            return Canonical.sha256(new byte[] {salts++});
        }
    }

    <O> O apply(Command<O> command) {
        return sequencer.apply(command);
    }

    UUID nextId() {
        return Given.id(++lastId);
    }

    Submission submit(Claim claim) {
        return apply(new SubmitClaim(Given.PROPONENT_ACTS, claim));
    }

    Verdict assess(Claim claim, Evidence evidence) {
        return apply(assessment(claim, 0, evidence));
    }

    /// What Wattmark finds out about the claim as things stand.
    AssessClaim assessment(Claim claim, int attempt, Evidence evidence) {
        var carried = machines.claims.carriedInto(claim.project());
        var assessment = Assessment.of(claim, evidence, Given.FACTORS, carried, clock.instant());
        return new AssessClaim(claim.id(), attempt, assessment);
    }

    /// The verifier takes the claim and stands for it, and the registrar approves issuance.
    Verdict verifyAndApprove(Claim claim) {
        assertThat(act(Given.VERIFIER_ACTS, claim, ClaimAction.TAKE))
                .isInstanceOf(Verdict.Taken.class);
        assertThat(approve(Given.VERIFIER_ACTS, claim)).isInstanceOf(Verdict.Taken.class);
        return act(Given.REGISTRAR_ACTS, claim, ClaimAction.APPROVE_ISSUANCE);
    }

    Verdict act(Actor actor, Claim claim, ClaimAction action) {
        return apply(new ActOnClaim(nextId(), actor, claim.id(), action, "words"));
    }

    Verdict approve(Actor actor, Claim claim) {
        return apply(new DecideClaim(nextId(), actor, claim.id(), true));
    }

    Verdict refuse(Actor actor, Claim claim) {
        return apply(new DecideClaim(nextId(), actor, claim.id(), false));
    }

    Issuance issue(Claim claim) {
        return apply(new IssueCredits(nextId(), Given.PROPONENT_ACTS, claim.id()));
    }

    /// A claim with green checks that waits for a verifier, unless a policy lets it pass.
    void givenAssessed(Claim claim) {
        givenAssessed(claim, Given.evidence());
    }

    void givenAssessed(Claim claim, Evidence evidence) {
        assertThat(submit(claim)).isInstanceOf(Submission.Submitted.class);
        assertThat(assess(claim, evidence)).isInstanceOf(Verdict.Taken.class);
    }

    /// The block that the claim became.
    CreditBlock givenIssued(Claim claim) {
        return givenIssued(claim, Given.evidence());
    }

    CreditBlock givenIssued(Claim claim, Evidence evidence) {
        givenAssessed(claim, evidence);
        if (state(claim) != ClaimState.APPROVED) {
            assertThat(verifyAndApprove(claim)).isInstanceOf(Verdict.Taken.class);
        }
        if (issue(claim) instanceof Issuance.Issued(var blocks, var _)) {
            return blocks.getFirst();
        }
        throw new AssertionError("not issued: " + claim);
    }

    Retirement retire(UUID id, AccountId holder, CreditBlock block, Co2e quantity) {
        return apply(new RetireCredits(id, holder, block.id(), quantity, "Example Ltd", "travel"));
    }

    /// What two persons of the registry do, for a reason that everybody may read.
    InterventionStep intervene(Intervention intervention) {
        var id = nextId();
        var proposed = propose(id, intervention);
        return proposed instanceof InterventionStep.Taken
                ? decide(id, OTHER_CLERK, true)
                : proposed;
    }

    InterventionStep propose(UUID id, Intervention intervention) {
        return apply(new ProposeIntervention(id, CLERK, intervention, GROUNDS));
    }

    InterventionStep decide(UUID intervention, UUID person, boolean approve) {
        return apply(new DecideIntervention(nextId(), person, intervention, approve));
    }

    ClaimState state(Claim claim) {
        return record(claim.id()).claimCase().state();
    }

    ClaimRecord record(ClaimId id) {
        return machines.claims.claim(id).orElseThrow();
    }

    Co2e held(AccountId account, CreditBlock block) {
        return new Co2e(machines.ledger.balance(account, block.asset()));
    }

    /// An actor of another organisation.
    static Actor stranger(Actor.Role role) {
        return new Actor(Given.id(77), Organisation.uncontrolled(Given.id(78)), role);
    }

    /// What the machines add up to, once nothing more is decided.
    Map<String, Map<?, ?>> contents() {
        sequencer.close();
        return new HashMap<>(machines.staging.contents());
    }

    /// What new machines add up to that take the journal over from its facts' bytes alone.
    Map<String, Map<?, ?>> replayed() {
        var fresh = new Machines(DEMO);
        for (var entry : journal.entries()) {
            fresh.staging.replay(
                    new Entry(
                            entry.sequence(),
                            entry.epoch(),
                            entry.at(),
                            readBack(entry.fact().content()),
                            entry.salt()));
        }
        return new HashMap<>(fresh.staging.contents());
    }

    static Fact readBack(byte[] content) {
        try {
            return parse(content);
        } catch (Canonical.Malformed e) {
            throw new AssertionError("cannot be read back", e);
        }
    }

    static Fact parse(byte[] content) throws Canonical.Malformed {
        return switch (Canonical.domainOf(content)) {
            case AccountOpened.DOMAIN -> AccountOpened.of(content);
            case TransferPosted.DOMAIN -> TransferPosted.of(content);
            case BatchSealed.DOMAIN -> BatchSealed.of(content);
            case NothingChanged.DOMAIN -> NothingChanged.of(content);
            case ProjectRegistered.DOMAIN -> ProjectRegistered.of(content);
            case ClaimSubmitted.DOMAIN -> ClaimSubmitted.of(content);
            case ClaimAssessed.DOMAIN -> ClaimAssessed.of(content);
            case ClaimRefused.DOMAIN -> ClaimRefused.of(content);
            case ClaimStep.DOMAIN -> ClaimStep.of(content);
            case DesignSubmitted.DOMAIN -> DesignSubmitted.of(content);
            case DesignJudged.DOMAIN -> DesignJudged.of(content);
            case StatementMade.DOMAIN -> StatementMade.of(content);
            case CreditsIssued.DOMAIN -> CreditsIssued.of(content);
            case RetirementStatement.DOMAIN -> RetirementStatement.of(content);
            case UnitsCancelled.DOMAIN -> UnitsCancelled.of(content);
            case InterventionProposed.DOMAIN -> InterventionProposed.of(content);
            case InterventionDecided.DOMAIN -> InterventionDecided.of(content);
            case InterventionMade.DOMAIN -> InterventionMade.of(content);
            case ReductionReversed.DOMAIN -> ReductionReversed.of(content);
            case ReversalCovered.DOMAIN -> ReversalCovered.of(content);
            case PoolMembership.DOMAIN -> PoolMembership.of(content);
            case PoolDivided.DOMAIN -> PoolDivided.of(content);
            case ClaimCorrected.DOMAIN -> ClaimCorrected.of(content);
            case FeesSet.DOMAIN -> FeesSet.of(content);
            case FeeCharged.DOMAIN -> FeeCharged.of(content);
            case GranularRequested.DOMAIN -> GranularRequested.of(content);
            case GranularDecided.DOMAIN -> GranularDecided.of(content);
            case GranularIssued.DOMAIN -> GranularIssued.of(content);
            case GranularRetirement.DOMAIN -> GranularRetirement.of(content);
            case AccountStandingSet.DOMAIN -> AccountStandingSet.of(content);
            case AssetFreezeSet.DOMAIN -> AssetFreezeSet.of(content);
            default -> throw new Canonical.Malformed("nobody reads this");
        };
    }

    @Override
    public void close() {
        sequencer.close();
    }
}
