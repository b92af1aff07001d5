package org.wattmark.server.interventions;

import static org.springframework.http.HttpStatus.CONFLICT;
import static org.springframework.http.HttpStatus.FORBIDDEN;
import static org.springframework.http.HttpStatus.NOT_FOUND;
import static org.springframework.http.HttpStatus.UNPROCESSABLE_CONTENT;
import static org.wattmark.server.ids.ChosenId.STANDS_FOR_ANOTHER;
import static org.wattmark.server.problem.Problem.refusal;

import org.springframework.http.ResponseEntity;
import org.wattmark.registry.Cancellation;
import org.wattmark.registry.Covering;
import org.wattmark.registry.InterventionStep;
import org.wattmark.server.problem.Problem;

/// The refusals of interventions and cancellations as answers: which status, and in which words. An
/// id stands for its refusal too, so whoever mends the cause comes again under a new one.
final class InterventionRefusals {

    private static final String STILL =
            "Your account or the credit block is suspended. Ask the registry's operator, then come"
                    + " under a new id.";

    private static final String CLASSES =
            "Units of class TEST and live accounts have nothing to do with each other.";

    private static final String TOO_MUCH =
            "You hold less of this block than that; see GET /api/v1/holdings.";

    private InterventionRefusals() {}

    static ResponseEntity<?> of(InterventionStep.Reason reason) {
        return switch (reason) {
            case ID_STANDS_FOR_ANOTHER -> refusal(CONFLICT, reason, STANDS_FOR_ANOTHER);
            case INTERVENTION_UNKNOWN ->
                    refusal(
                            NOT_FOUND,
                            reason,
                            "No intervention has this id; see GET /api/v1/interventions.");
            case ALREADY_DECIDED ->
                    refusal(CONFLICT, reason, "The intervention was approved or rejected before.");
            case PROPOSER_DECIDES ->
                    refusal(
                            FORBIDDEN,
                            reason,
                            "Who proposed does not approve. Ask another operator.");
            case PROJECT_UNKNOWN -> refusal(NOT_FOUND, reason, "No project has this id.");
            case BLOCK_UNKNOWN -> refusal(NOT_FOUND, reason, "No credit block has this id.");
            case ACCOUNT_UNKNOWN ->
                    refusal(NOT_FOUND, reason, "No account of this id can be acted on so.");
            case ACCOUNT_CLOSED -> refusal(CONFLICT, reason, "What is closed stays closed.");
            case BLOCK_RECALLED ->
                    refusal(CONFLICT, reason, "The block was taken back, and that is for good.");
            case ALREADY_SO -> refusal(CONFLICT, reason, "It is as you ask it to be.");
            case EXCEEDS_ISSUED ->
                    refusal(
                            UNPROCESSABLE_CONTENT,
                            reason,
                            "Less than that was issued of the block and not reversed before.");
            case QUANTITY_EXCEEDS_HOLDING ->
                    refusal(UNPROCESSABLE_CONTENT, reason, "The account has less of the block.");
        };
    }

    static ResponseEntity<?> of(Cancellation.Reason reason) {
        return switch (reason) {
            case ID_STANDS_FOR_ANOTHER -> refusal(CONFLICT, reason, STANDS_FOR_ANOTHER);
            case HOLDER_UNKNOWN ->
                    refusal(
                            UNPROCESSABLE_CONTENT,
                            reason,
                            "Your organisation holds nothing yet, so nothing can be cancelled.");
            case BLOCK_UNKNOWN -> refusal(NOT_FOUND, reason, "No credit block has this id.");
            case TEST_AND_LIVE_DO_NOT_MIX -> refusal(UNPROCESSABLE_CONTENT, reason, CLASSES);
            case CANCELLATION_SUSPENDED, HOLDER_FROZEN, BLOCK_FROZEN ->
                    refusal(CONFLICT, reason, STILL);
            case QUANTITY_EXCEEDS_HOLDING -> refusal(UNPROCESSABLE_CONTENT, reason, TOO_MUCH);
        };
    }

    static ResponseEntity<?> of(Covering.Reason reason) {
        return switch (reason) {
            case ID_STANDS_FOR_ANOTHER -> refusal(CONFLICT, reason, STANDS_FOR_ANOTHER);
            case REVERSAL_UNKNOWN, NOT_YOUR_REVERSAL ->
                    Problem.of(
                                    NOT_FOUND,
                                    "reversal_unknown",
                                    "No reversal of this id is yours to make good; see GET"
                                            + " /api/v1/public/reversals.")
                            .answer();
            case EXCEEDS_WHAT_IS_OWED ->
                    refusal(UNPROCESSABLE_CONTENT, reason, "Less than that is left to make good.");
            case BLOCK_UNKNOWN -> refusal(NOT_FOUND, reason, "No credit block has this id.");
            case BLOCK_IN_DOUBT ->
                    refusal(
                            UNPROCESSABLE_CONTENT,
                            reason,
                            "That block lacks reductions itself. Take units of another one.");
            case TEST_AND_LIVE_DO_NOT_MIX -> refusal(UNPROCESSABLE_CONTENT, reason, CLASSES);
            case STANDS_STILL -> refusal(CONFLICT, reason, STILL);
            case QUANTITY_EXCEEDS_HOLDING -> refusal(UNPROCESSABLE_CONTENT, reason, TOO_MUCH);
        };
    }
}
