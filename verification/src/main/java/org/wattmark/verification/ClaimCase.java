package org.wattmark.verification;

import static org.wattmark.verification.ClaimState.APPROVED;
import static org.wattmark.verification.ClaimState.CHECKED;
import static org.wattmark.verification.ClaimState.INFORMATION_REQUESTED;
import static org.wattmark.verification.ClaimState.IN_REVIEW;
import static org.wattmark.verification.ClaimState.ISSUED;
import static org.wattmark.verification.ClaimState.NEEDS_REVIEW;
import static org.wattmark.verification.ClaimState.REFUSED;
import static org.wattmark.verification.ClaimState.SUBMITTED;
import static org.wattmark.verification.ClaimState.VERIFIED;
import static org.wattmark.verification.ClaimState.WITHDRAWN;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.wattmark.verification.Actor.Role;
import org.wattmark.verification.Transition.Denied;
import org.wattmark.verification.Transition.Reason;
import org.wattmark.verification.Transition.Taken;

/// A claim on its way, immutable: each action answers with the next case or with why not.
///
/// Three natural persons stand between a claim and its issuance, unless a policy lets it pass: who
/// submits it, who verifies it, and who approves issuance. No two of them are the same.
///
/// @param verifiedBy who stands for it: there from VERIFIED on
public record ClaimCase(
        Claim claim, ClaimState state, Optional<VerifiedBy> verifiedBy, Review review) {

    public ClaimCase {
        if (verifiedBy.isPresent() != state.isVerified()) {
            throw new IllegalArgumentException("a verifier stands from VERIFIED on: " + state);
        }
    }

    public ClaimCase(Claim claim, ClaimState state, Optional<VerifiedBy> verifiedBy) {
        this(claim, state, verifiedBy, Review.NONE);
    }

    /// Begins. The proponent claims for its own organisation and in its own name.
    public static Transition submit(Actor actor, Claim claim) {
        if (actor.role() != Role.PROPONENT) {
            return new Denied(Reason.ROLE_MAY_NOT);
        }
        if (!actor.organisation().equals(claim.proponent())
                || !actor.person().equals(claim.submittedBy())) {
            return new Denied(Reason.CLAIMS_FOR_ANOTHER);
        }
        return new Taken(new ClaimCase(claim, SUBMITTED, Optional.empty()));
    }

    /// Takes the checks' report in: a REJECT refuses, a HOLD calls for a person.
    public Transition check(Actor actor, CheckReport report) {
        var next =
                switch (report.worst()) {
                    case INFO -> CHECKED;
                    case HOLD -> NEEDS_REVIEW;
                    case REJECT -> REFUSED;
                };
        return byMachine(actor, SUBMITTED, () -> in(next));
    }

    /// Takes the policy's decision in.
    public Transition decide(Actor actor, AutoApproval decision) {
        return byMachine(
                actor,
                CHECKED,
                () ->
                        switch (decision) {
                            case AutoApproval.AutoApproved(var by) ->
                                    new ClaimCase(claim, APPROVED, Optional.of(by), review);
                            case AutoApproval.NeedsPerson _ -> in(NEEDS_REVIEW);
                        });
    }

    /// A verifier takes the claim in hand and says that nothing speaks against it.
    public Transition take(Actor actor) {
        return byVerifier(
                actor,
                Set.of(CHECKED, NEEDS_REVIEW),
                () -> new ClaimCase(claim, IN_REVIEW, Optional.empty(), review.takenBy(actor)));
    }

    /// A verifier looked at the claim and declares a conflict of interest: whoever judges it, it is
    /// not somebody of that organisation.
    public Transition declareConflict(Actor actor) {
        return byVerifier(
                actor,
                Set.of(CHECKED, NEEDS_REVIEW, IN_REVIEW, INFORMATION_REQUESTED),
                () -> {
                    var organisation = actor.organisation().id();
                    boolean had =
                            review.reviewer()
                                    .filter(by -> by.organisation().equals(organisation))
                                    .isPresent();
                    var next = (had ? review.handedBack() : review).conflicting(organisation);
                    boolean waits = had || state == CHECKED;
                    return new ClaimCase(
                            claim, waits ? NEEDS_REVIEW : state, Optional.empty(), next);
                });
    }

    /// The reviewer gives the claim back for somebody else to take.
    public Transition handBack(Actor actor) {
        return byReviewer(
                actor,
                Set.of(IN_REVIEW, INFORMATION_REQUESTED),
                () -> new ClaimCase(claim, NEEDS_REVIEW, Optional.empty(), review.handedBack()));
    }

    /// The reviewer asks the proponent.
    public Transition ask(Actor actor, UUID question) {
        return byReviewer(
                actor,
                Set.of(IN_REVIEW, INFORMATION_REQUESTED),
                () ->
                        new ClaimCase(
                                claim,
                                INFORMATION_REQUESTED,
                                Optional.empty(),
                                review.asking(question)));
    }

    /// The proponent answers; with the last answer the claim is the reviewer's again.
    public Transition answer(Actor actor, UUID question) {
        if (denial(actor) instanceof Denied denied) {
            return denied;
        }
        if (state != INFORMATION_REQUESTED) {
            return new Denied(Reason.NOT_IN_THIS_STATE);
        }
        if (!review.questions().contains(question)) {
            return new Denied(Reason.QUESTION_UNKNOWN);
        }
        var next = review.answered(question);
        return new Taken(
                new ClaimCase(
                        claim,
                        next.questions().isEmpty() ? IN_REVIEW : INFORMATION_REQUESTED,
                        Optional.empty(),
                        next));
    }

    /// The reviewer stands for the result.
    public Transition verify(Actor actor) {
        VerifiedBy verifier = new VerifiedBy.Verifier(actor.organisation().id());
        return byReviewer(
                actor,
                Set.of(IN_REVIEW),
                () -> new ClaimCase(claim, VERIFIED, Optional.of(verifier), review));
    }

    public Transition refuse(Actor actor) {
        return byReviewer(actor, Set.of(IN_REVIEW, INFORMATION_REQUESTED), () -> in(REFUSED));
    }

    /// A third person lets the registry issue.
    public Transition approveIssuance(Actor actor) {
        return byApprover(
                actor, () -> new ClaimCase(claim, APPROVED, verifiedBy, review.approvedBy(actor)));
    }

    public Transition declineIssuance(Actor actor) {
        return byApprover(actor, () -> in(REFUSED));
    }

    /// The proponent takes the claim back, as long as nobody has approved issuance.
    public Transition withdraw(Actor actor) {
        if (denial(actor) instanceof Denied denied) {
            return denied;
        }
        return state.isFinal() || state == APPROVED
                ? new Denied(Reason.NOT_IN_THIS_STATE)
                : new Taken(in(WITHDRAWN));
    }

    /// Records that the registry has issued what was verified.
    public Transition issue(Actor actor) {
        return byMachine(actor, APPROVED, () -> new ClaimCase(claim, ISSUED, verifiedBy, review));
    }

    private ClaimCase in(ClaimState next) {
        return new ClaimCase(claim, next, Optional.empty(), review);
    }

    private Transition byMachine(Actor actor, ClaimState from, Supplier<ClaimCase> next) {
        if (actor.role() != Role.MACHINE) {
            return new Denied(Reason.ROLE_MAY_NOT);
        }
        return state == from ? new Taken(next.get()) : new Denied(Reason.NOT_IN_THIS_STATE);
    }

    private Transition byVerifier(Actor actor, Set<ClaimState> from, Supplier<ClaimCase> next) {
        if (actor.role() != Role.VERIFIER) {
            return new Denied(Reason.ROLE_MAY_NOT);
        }
        if (actor.person().equals(claim.submittedBy())) {
            return new Denied(Reason.REQUESTER_DECIDES);
        }
        if (!isIndependent(actor)) {
            return new Denied(Reason.NOT_INDEPENDENT);
        }
        if (review.conflicted().contains(actor.organisation().id())) {
            return new Denied(Reason.CONFLICT_DECLARED);
        }
        return from.contains(state) ? new Taken(next.get()) : new Denied(Reason.NOT_IN_THIS_STATE);
    }

    /// Only who took the claim goes on with it.
    private Transition byReviewer(Actor actor, Set<ClaimState> from, Supplier<ClaimCase> next) {
        var taken = byVerifier(actor, from, next);
        boolean has =
                review.reviewer()
                        .filter(reviewer -> reviewer.person().equals(actor.person()))
                        .filter(by -> by.organisation().equals(actor.organisation().id()))
                        .isPresent();
        return taken instanceof Taken && !has ? new Denied(Reason.NOT_THE_REVIEWER) : taken;
    }

    private Transition byApprover(Actor actor, Supplier<ClaimCase> next) {
        if (actor.role() != Role.OPERATOR) {
            return new Denied(Reason.ROLE_MAY_NOT);
        }
        if (actor.person().equals(claim.submittedBy())) {
            return new Denied(Reason.REQUESTER_DECIDES);
        }
        if (!isIndependent(actor)) {
            return new Denied(Reason.NOT_INDEPENDENT);
        }
        boolean verified =
                review.reviewer()
                        .filter(reviewer -> reviewer.person().equals(actor.person()))
                        .isPresent();
        if (verified) {
            return new Denied(Reason.VERIFIER_APPROVES);
        }
        return state == VERIFIED ? new Taken(next.get()) : new Denied(Reason.NOT_IN_THIS_STATE);
    }

    /// What keeps somebody from acting as the claim's proponent, if anything does.
    private Transition denial(Actor actor) {
        if (actor.role() != Role.PROPONENT) {
            return new Denied(Reason.ROLE_MAY_NOT);
        }
        return actor.organisation().equals(claim.proponent())
                ? new Taken(this)
                : new Denied(Reason.CLAIMS_FOR_ANOTHER);
    }

    /// The beneficial owner may be a person or an organisation; its id says either.
    private boolean isIndependent(Actor actor) {
        var owner = claim.beneficialOwner();
        return actor.independentOf(claim.proponent())
                && !actor.organisation().id().equals(owner)
                && !actor.organisation().top().equals(owner)
                && !actor.affiliations().contains(owner)
                && !actor.person().equals(owner);
    }
}
