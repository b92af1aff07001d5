package org.wattmark.verification;

import static org.wattmark.verification.ClaimState.APPROVED;
import static org.wattmark.verification.ClaimState.CHECKED;
import static org.wattmark.verification.ClaimState.ISSUED;
import static org.wattmark.verification.ClaimState.NEEDS_REVIEW;
import static org.wattmark.verification.ClaimState.REFUSED;
import static org.wattmark.verification.ClaimState.SUBMITTED;

import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.wattmark.verification.Actor.Role;
import org.wattmark.verification.Transition.Denied;
import org.wattmark.verification.Transition.Reason;
import org.wattmark.verification.Transition.Taken;

/// A claim on its way, immutable: each action answers with the next case or with why not.
///
/// @param verifiedBy who approved it: there from APPROVED on
public record ClaimCase(Claim claim, ClaimState state, Optional<VerifiedBy> verifiedBy) {

    public ClaimCase {
        if (verifiedBy.isPresent() != (state == APPROVED || state == ISSUED)) {
            throw new IllegalArgumentException("a verifier stands from APPROVED on: " + state);
        }
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
        return byMachine(actor, SUBMITTED, () -> new ClaimCase(claim, next, Optional.empty()));
    }

    /// Takes the policy's decision in.
    public Transition decide(Actor actor, AutoApproval decision) {
        var next =
                switch (decision) {
                    case AutoApproval.AutoApproved(var by) ->
                            new ClaimCase(claim, APPROVED, Optional.of(by));
                    case AutoApproval.NeedsPerson _ ->
                            new ClaimCase(claim, NEEDS_REVIEW, Optional.empty());
                };
        return byMachine(actor, CHECKED, () -> next);
    }

    public Transition approve(Actor actor) {
        VerifiedBy verifier = new VerifiedBy.Verifier(actor.organisation().id());
        return byVerifier(actor, new ClaimCase(claim, APPROVED, Optional.of(verifier)));
    }

    public Transition refuse(Actor actor) {
        return byVerifier(actor, new ClaimCase(claim, REFUSED, Optional.empty()));
    }

    /// Records that the registry has issued what was verified.
    public Transition issue(Actor actor) {
        return byMachine(actor, APPROVED, () -> new ClaimCase(claim, ISSUED, verifiedBy));
    }

    private Transition byMachine(Actor actor, ClaimState from, Supplier<ClaimCase> next) {
        if (actor.role() != Role.MACHINE) {
            return new Denied(Reason.ROLE_MAY_NOT);
        }
        return state == from ? new Taken(next.get()) : new Denied(Reason.NOT_IN_THIS_STATE);
    }

    private Transition byVerifier(Actor actor, ClaimCase next) {
        if (actor.role() != Role.VERIFIER) {
            return new Denied(Reason.ROLE_MAY_NOT);
        }
        if (actor.person().equals(claim.submittedBy())) {
            return new Denied(Reason.REQUESTER_DECIDES);
        }
        if (!isIndependent(actor)) {
            return new Denied(Reason.NOT_INDEPENDENT);
        }
        return Set.of(CHECKED, NEEDS_REVIEW).contains(state)
                ? new Taken(next)
                : new Denied(Reason.NOT_IN_THIS_STATE);
    }

    /// The beneficial owner may be a person or an organisation; its id says either.
    private boolean isIndependent(Actor actor) {
        var owner = claim.beneficialOwner();
        return actor.organisation().independentOf(claim.proponent())
                && !actor.organisation().id().equals(owner)
                && !actor.organisation().top().equals(owner)
                && !actor.person().equals(owner);
    }
}
