package org.wattmark.server.rewards;

import static org.springframework.http.HttpStatus.CONFLICT;
import static org.springframework.http.HttpStatus.FORBIDDEN;
import static org.springframework.http.HttpStatus.NOT_FOUND;
import static org.springframework.http.HttpStatus.UNPROCESSABLE_CONTENT;
import static org.wattmark.server.ids.ChosenId.STANDS_FOR_ANOTHER;
import static org.wattmark.server.problem.Problem.refusal;

import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.wattmark.rewards.Funding;
import org.wattmark.rewards.Joining;
import org.wattmark.rewards.Locking;
import org.wattmark.rewards.Payment;
import org.wattmark.rewards.ProposalStep;
import org.wattmark.rewards.Unlocking;
import org.wattmark.server.problem.Problem;

/// The refusals of rewards as answers: which status, and in which words. An id stands for its
/// refusal too, so whoever mends the cause comes again under a new one.
final class RewardRefusals {

    private static final String PROGRAMME =
            "No reward programme has this id; see GET /api/v1/public/reward-programmes.";

    private static final String CLASSES =
            "A test programme and a live account, or the other way round, have nothing to do with"
                    + " each other.";

    private static final String STILL =
            "An account, the rewards or the currency is frozen. Ask the operator, then come under"
                    + " a new id.";

    private static final String CURRENCY = "The programme is in another currency.";

    private RewardRefusals() {}

    static Problem programmeUnknown(UUID id) {
        return Problem.of(NOT_FOUND, "programme_unknown", "No reward programme has the id " + id);
    }

    static ResponseEntity<?> of(ProposalStep.Reason reason) {
        return switch (reason) {
            case ID_STANDS_FOR_ANOTHER -> refusal(CONFLICT, reason, STANDS_FOR_ANOTHER);
            case PROPOSAL_UNKNOWN ->
                    refusal(
                            NOT_FOUND,
                            reason,
                            "No proposal has this id; see GET /api/v1/reward-proposals.");
            case ALREADY_DECIDED ->
                    refusal(CONFLICT, reason, "The proposal was approved or rejected before.");
            case PROPOSER_DECIDES ->
                    refusal(
                            FORBIDDEN,
                            reason,
                            "Who proposed does not approve. Ask another operator.");
            case PROGRAMME_UNKNOWN -> refusal(NOT_FOUND, reason, PROGRAMME);
            case TERMS_NOT_AHEAD ->
                    refusal(
                            UNPROCESSABLE_CONTENT,
                            reason,
                            "Other terms begin the day after tomorrow in UTC or later, and after"
                                    + " the programme's last version.");
            case THRESHOLD_BELOW_ONE_MINOR_UNIT ->
                    refusal(
                            UNPROCESSABLE_CONTENT,
                            reason,
                            "A payout threshold is at least one minor unit of the currency.");
            case CURRENCY_DIFFERS -> refusal(UNPROCESSABLE_CONTENT, reason, CURRENCY);
            case NOBODY_STAKES ->
                    refusal(
                            CONFLICT,
                            reason,
                            "No stake of this programme earns now, so nobody would have a part.");
            case NOT_ENOUGH_FEES ->
                    refusal(
                            UNPROCESSABLE_CONTENT,
                            reason,
                            "Less than that lies in the operator's fees; see GET"
                                    + " /api/v1/bank-mirror.");
            case TOO_MUCH_MONEY ->
                    refusal(UNPROCESSABLE_CONTENT, reason, "A pool cannot count as much as that.");
            case STANDS_STILL -> refusal(CONFLICT, reason, STILL);
        };
    }

    static ResponseEntity<?> of(Funding.Reason reason) {
        return switch (reason) {
            case ID_STANDS_FOR_ANOTHER -> refusal(CONFLICT, reason, STANDS_FOR_ANOTHER);
            case PROGRAMME_UNKNOWN -> refusal(NOT_FOUND, reason, PROGRAMME);
            case CURRENCY_DIFFERS -> refusal(UNPROCESSABLE_CONTENT, reason, CURRENCY);
            case FUNDER_UNKNOWN ->
                    refusal(
                            UNPROCESSABLE_CONTENT,
                            reason,
                            "Your organisation has no account yet. It opens with your first"
                                    + " deposit; then fund under a new id.");
            case TEST_AND_LIVE_DO_NOT_MIX -> refusal(UNPROCESSABLE_CONTENT, reason, CLASSES);
            case NOT_ENOUGH_MONEY ->
                    refusal(
                            UNPROCESSABLE_CONTENT,
                            reason,
                            "You have less money than that; see GET /api/v1/holdings.");
            case TOO_MUCH_MONEY ->
                    refusal(UNPROCESSABLE_CONTENT, reason, "A pool cannot count as much as that.");
            case STANDS_STILL -> refusal(CONFLICT, reason, STILL);
        };
    }

    static ResponseEntity<?> of(Joining.Reason reason) {
        return switch (reason) {
            case ID_STANDS_FOR_ANOTHER -> refusal(CONFLICT, reason, STANDS_FOR_ANOTHER);
            case PROGRAMME_UNKNOWN -> refusal(NOT_FOUND, reason, PROGRAMME);
            case NOT_THE_OWNERS_ACCOUNT -> refusal(UNPROCESSABLE_CONTENT, reason, CLASSES);
            case SIMULATED_DEVICE ->
                    refusal(
                            UNPROCESSABLE_CONTENT,
                            reason,
                            "A simulated device joins test programmes only.");
            case DEVICE_IN_ANOTHER_COUNTRY ->
                    refusal(
                            UNPROCESSABLE_CONTENT,
                            reason,
                            "The device does not stand in the programme's country.");
            case TIER_TOO_LOW ->
                    refusal(
                            UNPROCESSABLE_CONTENT,
                            reason,
                            "The programme asks for better attested readings; see `lowest_tier`"
                                    + " of its terms.");
            case ALREADY_JOINED ->
                    refusal(CONFLICT, reason, "The device has joined this programme before.");
        };
    }

    static ResponseEntity<?> of(Payment.Reason reason) {
        return switch (reason) {
            case ID_STANDS_FOR_ANOTHER -> refusal(CONFLICT, reason, STANDS_FOR_ANOTHER);
            case PROGRAMME_UNKNOWN -> refusal(NOT_FOUND, reason, PROGRAMME);
            case BELOW_THRESHOLD ->
                    refusal(
                            UNPROCESSABLE_CONTENT,
                            reason,
                            "What is free, less what is owed, does not reach the programme's"
                                    + " threshold; see GET /api/v1/rewards. Come again under a new"
                                    + " id.");
            case STANDS_STILL -> refusal(CONFLICT, reason, STILL);
            case TOO_MUCH_MONEY ->
                    refusal(UNPROCESSABLE_CONTENT, reason, "An account cannot hold that much.");
        };
    }

    static ResponseEntity<?> of(Locking.Reason reason) {
        return switch (reason) {
            case ID_STANDS_FOR_ANOTHER -> refusal(CONFLICT, reason, STANDS_FOR_ANOTHER);
            case PROGRAMME_UNKNOWN -> refusal(NOT_FOUND, reason, PROGRAMME);
            case TERM_UNKNOWN ->
                    refusal(
                            UNPROCESSABLE_CONTENT,
                            reason,
                            "There is no such term; see GET /api/v1/public/staking-rules.");
            case STANDS_STILL -> refusal(CONFLICT, reason, STILL);
            case NOT_ENOUGH_REWARDS ->
                    refusal(
                            UNPROCESSABLE_CONTENT,
                            reason,
                            "What is free, less what is owed, is less than that; see GET"
                                    + " /api/v1/rewards.");
        };
    }

    static ResponseEntity<?> of(Unlocking.Reason reason) {
        return switch (reason) {
            case ID_STANDS_FOR_ANOTHER -> refusal(CONFLICT, reason, STANDS_FOR_ANOTHER);
            case STAKE_UNKNOWN, NOT_YOUR_STAKE ->
                    Problem.of(
                                    NOT_FOUND,
                                    "stake_unknown",
                                    "You have no stake of this id; see GET /api/v1/stakes.")
                            .answer();
            case ALREADY_UNLOCKED -> refusal(CONFLICT, reason, "The stake was unlocked before.");
            case TERM_NOT_OVER ->
                    refusal(
                            CONFLICT,
                            reason,
                            "A stake is unlocked when its term is over, and not before; see"
                                    + " `until`. Come again then, under a new id.");
            case STANDS_STILL -> refusal(CONFLICT, reason, STILL);
        };
    }
}
