package org.wattmark.server.registry;

import static org.springframework.http.HttpStatus.BAD_REQUEST;
import static org.springframework.http.HttpStatus.CONFLICT;
import static org.springframework.http.HttpStatus.FORBIDDEN;
import static org.springframework.http.HttpStatus.NOT_FOUND;
import static org.springframework.http.HttpStatus.UNPROCESSABLE_CONTENT;
import static org.wattmark.server.ids.ChosenId.STANDS_FOR_ANOTHER;
import static org.wattmark.server.problem.Problem.refusal;

import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.wattmark.registry.Designing;
import org.wattmark.registry.Issuance;
import org.wattmark.registry.Registration;
import org.wattmark.registry.Retirement;
import org.wattmark.registry.RetirementStatement;
import org.wattmark.registry.Submission;
import org.wattmark.registry.Verdict;
import org.wattmark.server.problem.Problem;

/// The registry's refusals as answers: which status, and in which words.
public final class Refusals {

    /// Who freezes is an operator, so there is no time to name.
    private static final String LATER = "Ask the registry's operator, then come under a new id.";

    private static final String FEE =
            "There is too little money for the fee: see GET /api/v1/public/registry-fees and GET"
                    + " /api/v1/holdings. Then come under a new id.";

    private Refusals() {}

    /// A value that no rule accepts, named by its place.
    public static RuntimeException invalid(String pointer, String message) {
        return Problem.of(BAD_REQUEST, "invalid_value", pointer + " " + message + ".")
                .at(pointer, message)
                .asException();
    }

    /// Looks at the words of a retirement before anything is decided.
    ///
    /// @return the purpose, which may be left out
    public static String requireWords(String beneficiary, @Nullable String purpose) {
        if (beneficiary.isBlank() || beneficiary.length() > RetirementStatement.MAX_BENEFICIARY) {
            throw invalid(
                    "/beneficiary",
                    "has 1 to " + RetirementStatement.MAX_BENEFICIARY + " characters");
        }
        var words = purpose == null ? "" : purpose;
        if (words.length() > RetirementStatement.MAX_PURPOSE) {
            throw invalid(
                    "/purpose", "has at most " + RetirementStatement.MAX_PURPOSE + " characters");
        }
        return words;
    }

    static ResponseEntity<?> of(Registration.Reason reason) {
        return switch (reason) {
            case ID_STANDS_FOR_ANOTHER -> refusal(CONFLICT, reason, STANDS_FOR_ANOTHER);
            case ROLE_MAY_NOT ->
                    refusal(FORBIDDEN, reason, "A proponent registers its own projects.");
        };
    }

    static ResponseEntity<?> of(Submission.Reason reason, String explanation) {
        return switch (reason) {
            case ID_STANDS_FOR_ANOTHER -> refusal(CONFLICT, reason, STANDS_FOR_ANOTHER);
            case PROJECT_UNKNOWN ->
                    refusal(NOT_FOUND, reason, "No project has the id " + explanation + ".");
            case ROLE_MAY_NOT -> refusal(FORBIDDEN, reason, "A proponent submits claims.");
            case NOT_YOUR_PROJECT ->
                    refusal(FORBIDDEN, reason, "The project is " + explanation + ".");
            case CLASS_DIFFERS_FROM_PROJECT, METHODOLOGY_DIFFERS_FROM_PROJECT ->
                    refusal(UNPROCESSABLE_CONTENT, reason, explanation + ".");
            case OWNER_NOT_IN_POOL -> refusal(UNPROCESSABLE_CONTENT, reason, explanation + ".");
            case OUTSIDE_CREDITING_PERIOD ->
                    refusal(
                            UNPROCESSABLE_CONTENT,
                            reason,
                            "The period cannot be claimed: " + explanation + ".");
            case PERIOD_NOT_OVER ->
                    refusal(
                            UNPROCESSABLE_CONTENT,
                            reason,
                            "A monitoring period is claimed after it is over; "
                                    + explanation
                                    + ".");
            case ALREADY_CLAIMED ->
                    refusal(
                            CONFLICT,
                            reason,
                            "Some of this energy, or of what was reported, backs another claim: "
                                    + explanation
                                    + ".");
        };
    }

    static ResponseEntity<?> of(Verdict.Reason reason) {
        return ReviewRefusals.of(reason);
    }

    static ResponseEntity<?> of(Designing.Reason reason) {
        return ReviewRefusals.of(reason);
    }

    static ResponseEntity<?> of(Issuance.Reason reason) {
        return switch (reason) {
            case ID_STANDS_FOR_ANOTHER -> refusal(CONFLICT, reason, STANDS_FOR_ANOTHER);
            case CLAIM_UNKNOWN -> refusal(NOT_FOUND, reason, "No claim has this id.");
            case ROLE_MAY_NOT ->
                    refusal(
                            FORBIDDEN,
                            reason,
                            "The claim's proponent or an operator asks for issuance.");
            case ALREADY_ISSUED ->
                    refusal(CONFLICT, reason, "Credits were issued for this claim already.");
            case NOT_APPROVED ->
                    refusal(CONFLICT, reason, "Only an approved claim has credits issued.");
            case NOTHING_TO_ISSUE ->
                    refusal(
                            UNPROCESSABLE_CONTENT,
                            reason,
                            "Less than a gram was verified; it is carried to the next statement.");
            case ISSUANCE_SUSPENDED -> refusal(CONFLICT, reason, "Issuance stands still. " + LATER);
            case HOLDER_FROZEN ->
                    refusal(CONFLICT, reason, "The holder's account is frozen. " + LATER);
            case REVERSAL_NOT_COVERED ->
                    refusal(
                            CONFLICT,
                            reason,
                            "Reductions of the proponent's were lost beyond the buffer. Make them"
                                    + " good first: see GET /api/v1/public/reversals and POST"
                                    + " /api/v1/reversals/{id}/coverings.");
            case NOT_ENOUGH_MONEY -> refusal(UNPROCESSABLE_CONTENT, reason, FEE);
            case MONEY_STANDS_STILL -> refusal(CONFLICT, reason, "Money is frozen. " + LATER);
        };
    }

    static ResponseEntity<?> of(Retirement.Reason reason) {
        return switch (reason) {
            case ID_STANDS_FOR_ANOTHER -> refusal(CONFLICT, reason, STANDS_FOR_ANOTHER);
            case HOLDER_UNKNOWN ->
                    refusal(
                            UNPROCESSABLE_CONTENT,
                            reason,
                            "Your organisation holds nothing yet, so nothing can be retired.");
            case BLOCK_UNKNOWN -> refusal(NOT_FOUND, reason, "No credit block has this id.");
            case RETIREMENT_SUSPENDED ->
                    refusal(CONFLICT, reason, "Retirement stands still. " + LATER);
            case HOLDER_FROZEN -> refusal(CONFLICT, reason, "Your account is frozen. " + LATER);
            case BLOCK_FROZEN -> refusal(CONFLICT, reason, "The credit block is frozen. " + LATER);
            case QUANTITY_EXCEEDS_HOLDING ->
                    refusal(
                            UNPROCESSABLE_CONTENT,
                            reason,
                            "You hold less of this block than that; see GET /api/v1/holdings.");
            case NOT_ENOUGH_MONEY -> refusal(UNPROCESSABLE_CONTENT, reason, FEE);
            case MONEY_STANDS_STILL -> refusal(CONFLICT, reason, "Money is frozen. " + LATER);
            case TEST_AND_LIVE_DO_NOT_MIX ->
                    refusal(
                            UNPROCESSABLE_CONTENT,
                            reason,
                            "Units of class TEST and live accounts have nothing to do with each"
                                    + " other.");
        };
    }
}
