package org.wattmark.registry;

import java.util.Set;
import org.wattmark.verification.Actor;
import org.wattmark.verification.ClaimCase;
import org.wattmark.verification.Organisation;
import org.wattmark.verification.Transition;

/// Where a step that was recorded takes a claim: the same way as when it was decided.
final class ClaimSteps {

    private ClaimSteps() {}

    static ClaimCase after(ClaimCase before, ClaimStep step) {
        return switch (step.action()) {
            case TAKE -> taken(before.take(by(step, Actor.Role.VERIFIER)));
            case DECLARE_CONFLICT -> taken(before.declareConflict(by(step, Actor.Role.VERIFIER)));
            case HAND_BACK -> taken(before.handBack(by(step, Actor.Role.VERIFIER)));
            case ASK -> taken(before.ask(by(step, Actor.Role.VERIFIER), step.about()));
            case ANSWER -> taken(before.answer(proponent(before, step), step.about()));
            case APPROVE_ISSUANCE -> taken(before.approveIssuance(by(step, Actor.Role.OPERATOR)));
            case DECLINE_ISSUANCE -> taken(before.declineIssuance(by(step, Actor.Role.OPERATOR)));
            case WITHDRAW -> taken(before.withdraw(proponent(before, step)));
            // The statement or the refusal follows as a fact of its own.
            case VERIFY, REFUSE -> before;
        };
    }

    /// Who controls the organisation was looked at when the step was taken.
    private static Actor by(ClaimStep step, Actor.Role role) {
        return new Actor(
                step.person(), Organisation.uncontrolled(step.organisation()), role, Set.of());
    }

    private static Actor proponent(ClaimCase before, ClaimStep step) {
        return new Actor(step.person(), before.claim().proponent(), Actor.Role.PROPONENT);
    }

    private static ClaimCase taken(Transition transition) {
        return switch (transition) {
            case Transition.Taken(var next) -> next;
            case Transition.Denied(var reason) ->
                    throw new IllegalStateException("a recorded step is denied: " + reason);
        };
    }
}
