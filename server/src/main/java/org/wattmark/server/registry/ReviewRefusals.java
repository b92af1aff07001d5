package org.wattmark.server.registry;

import static org.springframework.http.HttpStatus.CONFLICT;
import static org.springframework.http.HttpStatus.FORBIDDEN;
import static org.springframework.http.HttpStatus.NOT_FOUND;
import static org.springframework.http.HttpStatus.UNPROCESSABLE_CONTENT;
import static org.wattmark.server.ids.ChosenId.STANDS_FOR_ANOTHER;
import static org.wattmark.server.problem.Problem.refusal;

import org.springframework.http.ResponseEntity;
import org.wattmark.registry.Design;
import org.wattmark.registry.Designing;
import org.wattmark.registry.Verdict;

/// Refusals of validation and verification as answers.
final class ReviewRefusals {

    private ReviewRefusals() {}

    static ResponseEntity<?> of(Verdict.Reason reason) {
        return switch (reason) {
            case ID_STANDS_FOR_ANOTHER -> refusal(CONFLICT, reason, STANDS_FOR_ANOTHER);
            case CLAIM_UNKNOWN -> refusal(NOT_FOUND, reason, "No claim has this id.");
            case QUESTION_UNKNOWN ->
                    refusal(NOT_FOUND, reason, "No such question waits for an answer.");
            case NOT_IN_THIS_STATE ->
                    refusal(
                            CONFLICT,
                            reason,
                            "The claim is past this step, or not yet there: look at its state.");
            case ASSESSMENT_OUTDATED ->
                    refusal(
                            CONFLICT,
                            reason,
                            "Another statement of the project came first, and the figures changed"
                                    + " by less than a gram. They stand anew: look at the claim"
                                    + " again.");
            case STATEMENT_DIFFERS ->
                    refusal(
                            CONFLICT,
                            reason,
                            "The statement is not the one that you name: look at it again.");
            case ROLE_MAY_NOT, CLAIMS_FOR_ANOTHER, REQUESTER_DECIDES, NOT_INDEPENDENT ->
                    forbidden(reason);
            case CONFLICT_DECLARED, VERIFIER_APPROVES, NOT_THE_REVIEWER -> forbidden(reason);
            case NOT_QUANTIFIED, DOCUMENTS_NOT_NAMED, DOCUMENT_UNKNOWN, PROJECT_NOT_VALIDATED ->
                    unprocessable(reason);
        };
    }

    private static ResponseEntity<?> forbidden(Verdict.Reason reason) {
        return refusal(
                FORBIDDEN,
                reason,
                switch (reason) {
                    case REQUESTER_DECIDES -> "Who submitted a claim does not decide on it.";
                    case NOT_INDEPENDENT ->
                            "Whoever decides is independent of the proponent's organisation and of"
                                    + " the beneficial owner's, and belongs to neither.";
                    case CONFLICT_DECLARED ->
                            "Your organisation declared a conflict of interest in this claim.";
                    case VERIFIER_APPROVES ->
                            "Who verified does not approve issuance as well: a third person does.";
                    case NOT_THE_REVIEWER ->
                            "Another verifier has the claim in hand, or nobody has: take it first.";
                    default -> "Your role does not take this step, or not with this claim.";
                });
    }

    private static ResponseEntity<?> unprocessable(Verdict.Reason reason) {
        return refusal(
                UNPROCESSABLE_CONTENT,
                reason,
                switch (reason) {
                    case NOT_QUANTIFIED -> "There is no figure that could be verified.";
                    case DOCUMENTS_NOT_NAMED ->
                            "What nobody but its owner attests is verified by naming the documents"
                                    + " that you have seen.";
                    case DOCUMENT_UNKNOWN ->
                            "Neither the claim nor an answer to you names such a document.";
                    default ->
                            "What counts is issued when the project's design was validated for the"
                                    + " claim's period.";
                });
    }

    static ResponseEntity<?> of(Designing.Reason reason) {
        return switch (reason) {
            case ID_STANDS_FOR_ANOTHER -> refusal(CONFLICT, reason, STANDS_FOR_ANOTHER);
            case PROJECT_UNKNOWN -> refusal(NOT_FOUND, reason, "No project has this id.");
            case DESIGN_UNKNOWN ->
                    refusal(NOT_FOUND, reason, "The project has no design of this number.");
            case ROLE_MAY_NOT ->
                    refusal(FORBIDDEN, reason, "A proponent designs, a verifier validates.");
            case NOT_YOUR_PROJECT ->
                    refusal(FORBIDDEN, reason, "The project is another organisation's.");
            case SUBMITTER_DECIDES ->
                    refusal(FORBIDDEN, reason, "Who submitted a design does not validate it.");
            case NOT_INDEPENDENT ->
                    refusal(
                            FORBIDDEN,
                            reason,
                            "A validator is independent of the proponent's organisation.");
            case NOT_IN_THIS_STATE ->
                    refusal(CONFLICT, reason, "The design has been judged already.");
            case DESIGN_WAITS ->
                    refusal(CONFLICT, reason, "The project's design before waits for a validator.");
            case CREDITING_PERIOD_TOO_LONG ->
                    refusal(
                            UNPROCESSABLE_CONTENT,
                            reason,
                            "A crediting period has whole years: at most "
                                    + Design.MOST_YEARS_RENEWABLE
                                    + " if it may be renewed, else "
                                    + Design.MOST_YEARS_FIXED
                                    + ".");
            case NOT_RENEWABLE ->
                    refusal(
                            UNPROCESSABLE_CONTENT,
                            reason,
                            "The crediting period may not be followed by another: it is fixed, or"
                                    + " was renewed twice.");
            case DOES_NOT_FOLLOW ->
                    refusal(
                            UNPROCESSABLE_CONTENT,
                            reason,
                            "A renewal begins where the crediting period before ends.");
            case ADDITIONALITY_NOT_ANSWERED ->
                    refusal(
                            UNPROCESSABLE_CONTENT,
                            reason,
                            "Say why the project would not have happened anyway.");
        };
    }
}
