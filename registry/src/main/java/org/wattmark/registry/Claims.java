package org.wattmark.registry;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.Year;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.wattmark.attributes.AllocationStatus;
import org.wattmark.attributes.ClaimId;
import org.wattmark.attributes.SeriesClaims;
import org.wattmark.attributes.Use;
import org.wattmark.ledger.Staging;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.Sha256;
import org.wattmark.registry.Submission.Refused;
import org.wattmark.units.Period;
import org.wattmark.verification.Actor;
import org.wattmark.verification.Assessment;
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

/// Decides on projects, their claims and what was verified of them. One claim at most stands on any
/// interval of a series, and on anything that was reported.
public final class Claims {

    /// Wattmark itself, where it runs checks and applies the policy.
    private static final Actor MACHINE =
            new Actor(
                    new UUID(0, 0), Organisation.uncontrolled(new UUID(0, 0)), Actor.Role.MACHINE);

    private final Staging staging;
    private final Map<UnitClass, AutoApprovalPolicy> policies;
    private final byte[] drawSecret;

    private final ClaimBook book;

    /// @param policies which policy decides on claims of each class
    /// @param drawSecret by which claims are drawn for review: 32 bytes that no proponent knows
    public Claims(Staging staging, Map<UnitClass, AutoApprovalPolicy> policies, byte[] drawSecret) {
        this.staging = staging;
        this.policies = Map.copyOf(policies);
        this.drawSecret = drawSecret.clone();
        this.book = new ClaimBook(staging);
    }

    public Designs designs() {
        return book.designs();
    }

    public Pools pools() {
        return book.pools();
    }

    /// What a project's statements left of a vintage: less than a gram.
    public record VintageKey(UUID project, Year vintage) {}

    /// One finding of a claim's checks: kept for whoever asks why, not needed in memory.
    public record Checked(ClaimId claim, CheckFinding finding) {}

    /// A step of a claim's review, and where the journal has it.
    public record StepTaken(long sequence, Instant at, ClaimStep step) {}

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
        var project = book.project(claim.project());
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
        if (!project.methodology().equals(claim.methodology())) {
            return new Refused(
                    Submission.Reason.METHODOLOGY_DIFFERS_FROM_PROJECT,
                    "the project is registered for " + project.methodology());
        }
        if (!book.pools().haveJoined(project.id(), command.otherOwners())) {
            return new Refused(
                    Submission.Reason.OWNER_NOT_IN_POOL,
                    "whose devices these are has not joined the project's pool");
        }
        if (claim.monitoringPeriod().end().isAfter(staging.now())) {
            return new Refused(
                    Submission.Reason.PERIOD_NOT_OVER,
                    "it ends at " + claim.monitoringPeriod().end());
        }
        if (book.designs().excludes(project.id(), claim.monitoringPeriod())) {
            return new Refused(
                    Submission.Reason.OUTSIDE_CREDITING_PERIOD,
                    "it lies in no crediting period of a validated design");
        }
        var inTheWay = book.inTheWayOf(claim);
        if (inTheWay.isPresent()) {
            return new Refused(
                    Submission.Reason.ALREADY_CLAIMED,
                    "claim " + inTheWay.get().claim() + " stands on " + inTheWay.get().period());
        }
        return new Submission.Submitted(staging.record(new ClaimSubmitted(claim)).receipt());
    }

    /// Takes a claim's assessment over: refuses it, approves it if the policy lets it pass, or
    /// leaves it to a person.
    public Verdict assess(AssessClaim command) {
        var known = book.claim(command.claim());
        if (known == null) {
            return new Verdict.Denied(Verdict.Reason.CLAIM_UNKNOWN);
        }
        var assessment = command.assessment();
        if (isOutdated(known.claimCase().claim(), assessment.reduction())) {
            return new Verdict.Denied(Verdict.Reason.ASSESSMENT_OUTDATED);
        }
        if (isOpenAndOutdated(known)) {
            return assessedAgain(known, assessment);
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

    /// Another statement of the project came first, and what this claim carries in changed with it.
    private boolean isOpenAndOutdated(ClaimRecord known) {
        return OPEN.contains(known.claimCase().state())
                && isOutdated(
                        known.claimCase().claim(),
                        known.statement().map(VerificationStatement::reduction));
    }

    private static final Set<ClaimState> OPEN =
            Set.of(ClaimState.NEEDS_REVIEW, ClaimState.IN_REVIEW, ClaimState.INFORMATION_REQUESTED);

    /// The evidence is the same, and so is what was found of it: less than a gram is another.
    private Verdict assessedAgain(ClaimRecord known, Assessment assessment) {
        var before = known.statement().orElseThrow();
        var draft = before.carrying(assessment.reduction().orElseThrow());
        var state = known.claimCase().state();
        var entry =
                staging.record(
                        new ClaimAssessed(
                                before.claim(), state, Optional.of(draft), before.findings()));
        return new Verdict.Taken(state, entry.receipt());
    }

    private Verdict assessed(AssessClaim command, ClaimCase checked) {
        var assessment = command.assessment();
        var draft =
                assessment
                        .reduction()
                        .filter(reduction -> !reduction.lines().isEmpty())
                        .map(_ ->
                                VerificationStatement.draft(
                                        checked.claim(), assessment, staging.now()));
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
            return made(draft.orElseThrow(), machine, List.of());
        }
        return new Verdict.Taken(next, entry.receipt());
    }

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
        for (var each : book.claims()) {
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

    /// Takes a verifier's verdict.
    public Verdict decide(DecideClaim command) {
        var known = book.claim(command.claim());
        if (known == null) {
            return new Verdict.Denied(Verdict.Reason.CLAIM_UNKNOWN);
        }
        var before = known.claimCase();
        var transition =
                command.approve() ? before.verify(command.actor()) : before.refuse(command.actor());
        if (transition instanceof Transition.Denied(var reason)) {
            return denied(reason);
        }
        var verifier = command.actor().organisation().id();
        if (!command.approve()) {
            staging.record(command.step());
            var entry = staging.record(new ClaimRefused(command.claim(), verifier));
            return new Verdict.Taken(ClaimState.REFUSED, entry.receipt());
        }
        var hindrance = hindrance(command, known);
        if (hindrance.isPresent()) {
            return new Verdict.Denied(hindrance.get());
        }
        staging.record(command.step());
        return made(
                known.statement().orElseThrow(),
                new VerifiedBy.Verifier(verifier),
                command.documents());
    }

    private Optional<Verdict.Reason> hindrance(DecideClaim command, ClaimRecord known) {
        var claim = known.claimCase().claim();
        var draft = known.statement();
        if (draft.isEmpty()) {
            return Optional.of(Verdict.Reason.NOT_QUANTIFIED);
        }
        if (isOutdated(claim, draft.map(VerificationStatement::reduction))) {
            return Optional.of(Verdict.Reason.ASSESSMENT_OUTDATED);
        }
        var seen = command.statement();
        if (seen.isPresent() && !seen.get().equals(draft.get().sha256())) {
            return Optional.of(Verdict.Reason.STATEMENT_DIFFERS);
        }
        if (claim.tier() == AssuranceTier.T0 && command.documents().isEmpty()) {
            return Optional.of(Verdict.Reason.DOCUMENTS_NOT_NAMED);
        }
        return command.documents().stream().allMatch(known::has)
                ? Optional.empty()
                : Optional.of(Verdict.Reason.DOCUMENT_UNKNOWN);
    }

    private Verdict made(
            VerificationStatement draft, VerifiedBy verifiedBy, List<Sha256> documents) {
        var statement = draft.by(verifiedBy, documents, staging.now());
        var entry = staging.record(new StatementMade(statement));
        return new Verdict.Taken(ClaimBook.stateOf(statement), entry.receipt());
    }

    /// Takes any other step of a claim's review.
    public Verdict act(ActOnClaim command) {
        var known = book.claim(command.claim());
        if (known == null) {
            return new Verdict.Denied(Verdict.Reason.CLAIM_UNKNOWN);
        }
        var actor = command.actor();
        var before = known.claimCase();
        var transition =
                switch (command.action()) {
                    case TAKE -> before.take(actor);
                    case DECLARE_CONFLICT -> before.declareConflict(actor);
                    case HAND_BACK -> before.handBack(actor);
                    case ASK -> before.ask(actor, command.about());
                    case ANSWER -> before.answer(actor, command.about());
                    case APPROVE_ISSUANCE -> before.approveIssuance(actor);
                    case DECLINE_ISSUANCE -> before.declineIssuance(actor);
                    case WITHDRAW -> before.withdraw(actor);
                    case VERIFY, REFUSE -> throw new IllegalArgumentException("a verdict");
                };
        return switch (transition) {
            case Transition.Denied(var reason) -> denied(reason);
            case Transition.Taken(var next) -> {
                if (command.action() == ClaimAction.APPROVE_ISSUANCE && isNotValidated(before)) {
                    yield new Verdict.Denied(Verdict.Reason.PROJECT_NOT_VALIDATED);
                }
                var entry = staging.record(command.step());
                yield new Verdict.Taken(next.state(), entry.receipt());
            }
        };
    }

    private boolean isNotValidated(ClaimCase verified) {
        var claim = verified.claim();
        return claim.unitClass() == UnitClass.LIVE
                && book.designs().covering(claim.project(), claim.monitoringPeriod()).isEmpty();
    }

    private static Verdict denied(Transition.Reason reason) {
        return new Verdict.Denied(
                switch (reason) {
                    case ROLE_MAY_NOT -> Verdict.Reason.ROLE_MAY_NOT;
                    case CLAIMS_FOR_ANOTHER -> Verdict.Reason.CLAIMS_FOR_ANOTHER;
                    case REQUESTER_DECIDES -> Verdict.Reason.REQUESTER_DECIDES;
                    case NOT_INDEPENDENT -> Verdict.Reason.NOT_INDEPENDENT;
                    case CONFLICT_DECLARED -> Verdict.Reason.CONFLICT_DECLARED;
                    case VERIFIER_APPROVES -> Verdict.Reason.VERIFIER_APPROVES;
                    case NOT_IN_THIS_STATE -> Verdict.Reason.NOT_IN_THIS_STATE;
                    case NOT_THE_REVIEWER -> Verdict.Reason.NOT_THE_REVIEWER;
                    case QUESTION_UNKNOWN -> Verdict.Reason.QUESTION_UNKNOWN;
                });
    }

    public Optional<Project> project(UUID id) {
        return Optional.ofNullable(book.project(id));
    }

    /// The live claim that has taken some of this time of a series, if there is one.
    public Optional<SeriesClaims.Claimed> inTheWayOf(Claim.Series series, Period period) {
        return book.claimsOn(series).inTheWayOf(period);
    }

    /// What stands on a series, whatever it is used for.
    SeriesClaims on(Claim.Series series) {
        return book.claimsOn(series);
    }

    /// Takes over that a run of a series is reserved for something else than credits.
    void reserve(Claim.Series series, ClaimId claim, Use use, Period period) {
        book.put(series, book.claimsOn(series).reserving(claim, use, period));
    }

    /// Takes over what came of it.
    void settle(Claim.Series series, ClaimId claim, AllocationStatus status) {
        book.put(series, book.claimsOn(series).ending(claim, status));
    }

    public Optional<ClaimRecord> claim(ClaimId id) {
        return Optional.ofNullable(book.claim(id));
    }

    /// What the project's statements so far leave of a vintage, in g: less than 1.
    public BigDecimal carriedInto(UUID project, Year vintage) {
        return book.carriedInto(project, vintage);
    }

    /// [#carriedInto] for all vintages of a project.
    public Map<Year, BigDecimal> carriedInto(UUID project) {
        return book.carriedInto(project);
    }
}
