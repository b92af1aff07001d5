package org.wattmark.registry;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.Year;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.wattmark.attributes.AllocationStatus;
import org.wattmark.attributes.ClaimId;
import org.wattmark.attributes.SeriesClaims;
import org.wattmark.attributes.Use;
import org.wattmark.emissions.EmissionFactorSet;
import org.wattmark.ledger.Entry;
import org.wattmark.ledger.Machine;
import org.wattmark.ledger.StagedMap;
import org.wattmark.ledger.Staging;
import org.wattmark.registry.Submission.Refused;
import org.wattmark.units.Period;
import org.wattmark.verification.Actor;
import org.wattmark.verification.AutoApproval;
import org.wattmark.verification.AutoApprovalPolicy;
import org.wattmark.verification.AutoApprovalPolicy.Past;
import org.wattmark.verification.CheckFinding;
import org.wattmark.verification.Claim;
import org.wattmark.verification.ClaimCase;
import org.wattmark.verification.ClaimState;
import org.wattmark.verification.Organisation;
import org.wattmark.verification.Reduction;
import org.wattmark.verification.Transition;
import org.wattmark.verification.UnitClass;
import org.wattmark.verification.VerificationStatement;
import org.wattmark.verification.VerifiedBy;

/// Projects, their claims and what was verified of them. One claim at most stands on any interval
/// of a series.
public final class Claims implements Machine {

    /// Wattmark itself, where it runs checks and applies the policy.
    private static final Actor MACHINE =
            new Actor(
                    new UUID(0, 0), Organisation.uncontrolled(new UUID(0, 0)), Actor.Role.MACHINE);

    private final Staging staging;
    private final EmissionFactorSet factorSet;
    private final Map<UnitClass, AutoApprovalPolicy> policies;
    private final byte[] drawSecret;

    private final StagedMap<UUID, Project> projects;
    private final StagedMap<ClaimId, ClaimRecord> claims;
    private final StagedMap<Claim.Series, SeriesClaims> allocations;
    private final StagedMap<VintageKey, BigDecimal> carried;

    /// @param policies which policy decides on claims of each class
    /// @param drawSecret by which claims are drawn for review: 32 bytes that no proponent knows
    public Claims(
            Staging staging,
            EmissionFactorSet factorSet,
            Map<UnitClass, AutoApprovalPolicy> policies,
            byte[] drawSecret) {
        this.staging = staging;
        this.factorSet = factorSet;
        this.policies = Map.copyOf(policies);
        this.drawSecret = drawSecret.clone();
        this.projects = staging.map("project");
        this.claims = staging.map("claim");
        this.allocations = staging.map("allocation");
        this.carried = staging.map("carried_remainder");
        staging.add(this);
    }

    /// What a project's statements left of a vintage: less than a gram.
    public record VintageKey(UUID project, Year vintage) {}

    /// One finding of a claim's checks: kept for whoever asks why, not needed in memory.
    public record Checked(ClaimId claim, CheckFinding finding) {}

    public Registration register(RegisterProject command) {
        var project = command.project();
        var actor = command.actor();
        if (actor.role() != Actor.Role.PROPONENT
                || !actor.organisation().equals(project.proponent())) {
            return new Registration.Refused(Registration.Reason.ROLE_MAY_NOT);
        }
        var entry = staging.record(new ProjectRegistered(project));
        return new Registration.Registered(project, entry.receipt());
    }

    /// Closes a monitoring period into a claim, and reserves all that is left of its intervals.
    public Submission submit(SubmitClaim command) {
        var claim = command.claim();
        var project = projects.get(claim.project());
        if (project == null) {
            return new Refused(Submission.Reason.PROJECT_UNKNOWN, claim.project().toString());
        }
        if (ClaimCase.submit(command.actor(), claim) instanceof Transition.Denied(var reason)) {
            return switch (reason) {
                case CLAIMS_FOR_ANOTHER ->
                        new Refused(Submission.Reason.NOT_YOUR_PROJECT, "another organisation's");
                default -> new Refused(Submission.Reason.ROLE_MAY_NOT, "a proponent submits");
            };
        }
        if (!project.proponent().equals(claim.proponent())) {
            return new Refused(Submission.Reason.NOT_YOUR_PROJECT, "another organisation's");
        }
        if (project.unitClass() != claim.unitClass()) {
            return new Refused(
                    Submission.Reason.CLASS_DIFFERS_FROM_PROJECT,
                    "the project is of class " + project.unitClass());
        }
        if (claim.monitoringPeriod().end().isAfter(staging.now())) {
            return new Refused(
                    Submission.Reason.PERIOD_NOT_OVER,
                    "it ends at " + claim.monitoringPeriod().end());
        }
        var inTheWay = standing(claim);
        if (inTheWay.isPresent()) {
            return new Refused(
                    Submission.Reason.ALREADY_CLAIMED,
                    "claim " + inTheWay.get().claim() + " stands on " + inTheWay.get().period());
        }
        return new Submission.Submitted(staging.record(new ClaimSubmitted(claim)).receipt());
    }

    private Optional<SeriesClaims.Claimed> standing(Claim claim) {
        return claim.series().stream()
                .flatMap(series -> claimsOn(series).inTheWayOf(claim.monitoringPeriod()).stream())
                .findFirst();
    }

    private SeriesClaims claimsOn(Claim.Series series) {
        return allocations.getOrDefault(series, SeriesClaims.NONE);
    }

    /// Takes a claim's assessment over: refuses it, approves it if the policy lets it pass, or
    /// leaves it to a person.
    public Verdict assess(AssessClaim command) {
        var known = claims.get(command.claim());
        if (known == null) {
            return new Verdict.Denied(Verdict.Reason.CLAIM_UNKNOWN);
        }
        var assessment = command.assessment();
        if (isOutdated(known.claimCase().claim(), assessment.reduction())) {
            return new Verdict.Denied(Verdict.Reason.ASSESSMENT_OUTDATED);
        }
        return switch (known.claimCase().check(MACHINE, assessment.report())) {
            case Transition.Denied(var reason) -> denied(reason);
            case Transition.Taken(var checked) -> assessed(command, checked);
        };
    }

    /// A remainder is carried once: into the next statement that stands, not into two drafts.
    private boolean isOutdated(Claim claim, Optional<Reduction> reduction) {
        return reduction.stream()
                .flatMap(each -> each.lines().stream())
                .anyMatch(line ->
                        line.carriedIn().compareTo(carriedInto(claim.project(), line.vintage()))
                                != 0);
    }

    private Verdict assessed(AssessClaim command, ClaimCase checked) {
        var assessment = command.assessment();
        var draft =
                assessment
                        .reduction()
                        .filter(reduction -> !reduction.lines().isEmpty())
                        .map(_ ->
                                VerificationStatement.of(
                                        approvedBy(checked, UNDECIDED),
                                        assessment,
                                        command.evidence(),
                                        factorSet,
                                        staging.now()));
        var policy = draft.isPresent() ? decide(checked, command, draft.get()) : UNQUANTIFIED;
        var next =
                checked.state() == ClaimState.CHECKED
                        ? switch (policy) {
                            case AutoApproval.AutoApproved _ -> ClaimState.CHECKED;
                            case AutoApproval.NeedsPerson _ -> ClaimState.NEEDS_REVIEW;
                        }
                        : checked.state();
        var entry =
                staging.record(
                        new ClaimAssessed(
                                command.claim(), next, draft, assessment.report().sha256()));
        for (var finding : assessment.report().findings()) {
            staging.write(new Checked(command.claim(), finding));
        }
        if (next == ClaimState.CHECKED
                && policy instanceof AutoApproval.AutoApproved(var machine)) {
            return made(draft.orElseThrow(), machine);
        }
        return new Verdict.Taken(next, entry.receipt());
    }

    private static final VerifiedBy.Machine UNDECIDED = new VerifiedBy.Machine("undecided", 1);
    private static final AutoApproval UNQUANTIFIED =
            new AutoApproval.NeedsPerson(AutoApproval.Reason.CHECKS_NOT_GREEN);

    private AutoApproval decide(
            ClaimCase checked, AssessClaim command, VerificationStatement draft) {
        var policy = policies.getOrDefault(checked.claim().unitClass(), AutoApprovalPolicy.NOTHING);
        return policy.decide(
                checked.claim(),
                command.assessment().report(),
                draft.net(),
                approvedByPolicy(),
                staging.now(),
                drawSecret);
    }

    private List<Past> approvedByPolicy() {
        var past = new ArrayList<Past>();
        for (var each : claims.values()) {
            var by = each.claimCase().verifiedBy();
            if (by.isPresent() && by.get() instanceof VerifiedBy.Machine) {
                var claim = each.claimCase().claim();
                var statement = each.statement().orElseThrow();
                past.add(
                        new Past(
                                statement.at(),
                                claim.beneficialOwner(),
                                claim.site(),
                                claim.series().stream().map(Claim.Series::device).toList(),
                                statement.net()));
            }
        }
        return past;
    }

    /// Takes a verifier's decision.
    public Verdict decide(DecideClaim command) {
        var known = claims.get(command.claim());
        if (known == null) {
            return new Verdict.Denied(Verdict.Reason.CLAIM_UNKNOWN);
        }
        var before = known.claimCase();
        var transition =
                command.approve()
                        ? before.approve(command.actor())
                        : before.refuse(command.actor());
        if (transition instanceof Transition.Denied(var reason)) {
            return denied(reason);
        }
        var verifier = command.actor().organisation().id();
        if (!command.approve()) {
            var entry = staging.record(new ClaimRefused(command.claim(), verifier));
            return new Verdict.Taken(ClaimState.REFUSED, entry.receipt());
        }
        if (known.statement().isEmpty()) {
            return new Verdict.Denied(Verdict.Reason.NOT_QUANTIFIED);
        }
        if (isOutdated(before.claim(), known.statement().map(VerificationStatement::reduction))) {
            return new Verdict.Denied(Verdict.Reason.ASSESSMENT_OUTDATED);
        }
        return made(known.statement().get(), new VerifiedBy.Verifier(verifier));
    }

    private Verdict made(VerificationStatement draft, VerifiedBy verifiedBy) {
        var statement = by(draft, verifiedBy, staging.now());
        var entry = staging.record(new StatementMade(statement));
        return new Verdict.Taken(ClaimState.APPROVED, entry.receipt());
    }

    private static VerificationStatement by(
            VerificationStatement draft, VerifiedBy verifiedBy, Instant at) {
        return new VerificationStatement(
                draft.claim(),
                draft.project(),
                draft.monitoringPeriod(),
                draft.methodology(),
                draft.factor(),
                draft.meterClass(),
                draft.reduction(),
                draft.tier(),
                draft.unitClass(),
                verifiedBy,
                draft.findings(),
                draft.evidence(),
                at);
    }

    private static Verdict denied(Transition.Reason reason) {
        return new Verdict.Denied(
                switch (reason) {
                    case ROLE_MAY_NOT -> Verdict.Reason.ROLE_MAY_NOT;
                    case CLAIMS_FOR_ANOTHER -> Verdict.Reason.CLAIMS_FOR_ANOTHER;
                    case REQUESTER_DECIDES -> Verdict.Reason.REQUESTER_DECIDES;
                    case NOT_INDEPENDENT -> Verdict.Reason.NOT_INDEPENDENT;
                    case NOT_IN_THIS_STATE -> Verdict.Reason.NOT_IN_THIS_STATE;
                });
    }

    public Optional<Project> project(UUID id) {
        return Optional.ofNullable(projects.get(id));
    }

    /// The live claim that has taken some of this time of a series, if there is one.
    public Optional<SeriesClaims.Claimed> inTheWayOf(Claim.Series series, Period period) {
        return allocations.getOrDefault(series, SeriesClaims.NONE).inTheWayOf(period);
    }

    public Optional<ClaimRecord> claim(ClaimId id) {
        return Optional.ofNullable(claims.get(id));
    }

    /// What the project's statements so far leave of a vintage, in g: less than 1.
    public BigDecimal carriedInto(UUID project, Year vintage) {
        return carried.getOrDefault(new VintageKey(project, vintage), BigDecimal.ZERO);
    }

    /// [#carriedInto] for all vintages of a project.
    public Map<Year, BigDecimal> carriedInto(UUID project) {
        var remainders = new HashMap<Year, BigDecimal>();
        carried.asMap()
                .forEach((key, grams) -> {
                    if (key.project().equals(project)) {
                        remainders.put(key.vintage(), grams);
                    }
                });
        return remainders;
    }

    @Override
    public void apply(Entry entry) {
        switch (entry.fact()) {
            case ProjectRegistered(var project) -> projects.put(project.id(), project);
            case ClaimSubmitted(var claim) -> apply(claim);
            case ClaimAssessed assessed -> apply(assessed);
            case StatementMade(var statement) -> apply(statement);
            case ClaimRefused refused -> end(refused.claim(), ClaimState.REFUSED);
            case CreditsIssued(var block) -> end(block.claim(), ClaimState.ISSUED);
            default -> {}
        }
    }

    private void apply(Claim claim) {
        var submitted = new ClaimCase(claim, ClaimState.SUBMITTED, Optional.empty());
        claims.put(claim.id(), new ClaimRecord(submitted, Optional.empty()));
        for (var series : claim.series()) {
            allocations.put(
                    series,
                    claimsOn(series)
                            .reserving(claim.id(), Use.CARBON_CREDIT, claim.monitoringPeriod()));
        }
    }

    private void apply(ClaimAssessed assessed) {
        var claim = recordOf(assessed.claim()).claimCase().claim();
        claims.put(
                claim.id(),
                new ClaimRecord(
                        new ClaimCase(claim, assessed.next(), Optional.empty()), assessed.draft()));
        if (assessed.next() == ClaimState.REFUSED) {
            settle(claim, AllocationStatus.RELEASED);
        }
    }

    private void apply(VerificationStatement statement) {
        var before = recordOf(statement.claim()).claimCase();
        claims.put(
                statement.claim(),
                new ClaimRecord(
                        approvedBy(before, statement.verifiedBy()), Optional.of(statement)));
        statement
                .reduction()
                .carriedOut()
                .forEach((vintage, grams) ->
                        carried.put(new VintageKey(statement.project(), vintage), grams));
    }

    private static ClaimCase approvedBy(ClaimCase before, VerifiedBy by) {
        return new ClaimCase(before.claim(), ClaimState.APPROVED, Optional.of(by));
    }

    private void end(ClaimId id, ClaimState state) {
        var known = recordOf(id);
        var before = known.claimCase();
        if (before.state() == state) {
            return; // a claim of two vintages is issued as two blocks
        }
        claims.put(
                id,
                new ClaimRecord(
                        new ClaimCase(
                                before.claim(),
                                state,
                                state == ClaimState.ISSUED
                                        ? before.verifiedBy()
                                        : Optional.empty()),
                        known.statement()));
        settle(
                before.claim(),
                state == ClaimState.ISSUED ? AllocationStatus.CONSUMED : AllocationStatus.RELEASED);
    }

    private void settle(Claim claim, AllocationStatus status) {
        for (var series : claim.series()) {
            allocations.put(series, claimsOn(series).ending(claim.id(), status));
        }
    }

    private ClaimRecord recordOf(ClaimId id) {
        var known = claims.get(id);
        if (known == null) {
            throw new IllegalStateException("no such claim: " + id);
        }
        return known;
    }
}
