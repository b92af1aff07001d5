package org.wattmark.server.market;

import static org.springframework.http.HttpStatus.CONFLICT;
import static org.springframework.http.HttpStatus.FORBIDDEN;
import static org.springframework.http.HttpStatus.NOT_FOUND;
import static org.springframework.http.HttpStatus.UNPROCESSABLE_CONTENT;
import static org.wattmark.server.ids.ChosenId.STANDS_FOR_ANOTHER;
import static org.wattmark.server.problem.Problem.refusal;

import org.springframework.http.ResponseEntity;
import org.wattmark.market.DepositStep;
import org.wattmark.market.Offering;
import org.wattmark.market.Purchase;
import org.wattmark.market.Withdrawal;

/// The market's refusals as answers: which status, and in which words. An id stands for its refusal
/// too, so whoever mends the cause comes again under a new one.
final class MarketRefusals {

    private static final String CLASSES =
            "Units of class TEST and live accounts have nothing to do with each other.";

    /// Who freezes is an operator, so there is no time to name.
    private static final String LATER = "Ask the registry's operator, then come under a new id.";

    private MarketRefusals() {}

    static ResponseEntity<?> of(Offering.Reason reason) {
        return switch (reason) {
            case ID_STANDS_FOR_ANOTHER -> refusal(CONFLICT, reason, STANDS_FOR_ANOTHER);
            case SELLER_UNKNOWN ->
                    refusal(
                            UNPROCESSABLE_CONTENT,
                            reason,
                            "Your organisation holds nothing yet, so it has nothing to offer.");
            case BLOCK_UNKNOWN -> refusal(NOT_FOUND, reason, "No credit block has this id.");
            case TEST_AND_LIVE_DO_NOT_MIX -> refusal(UNPROCESSABLE_CONTENT, reason, CLASSES);
            case SELLER_FROZEN -> refusal(CONFLICT, reason, "Your account is frozen. " + LATER);
            case BLOCK_FROZEN -> refusal(CONFLICT, reason, "The credit block is frozen. " + LATER);
            case QUANTITY_EXCEEDS_HOLDING ->
                    refusal(
                            UNPROCESSABLE_CONTENT,
                            reason,
                            "You have less of this block available than that; see GET"
                                    + " /api/v1/holdings, and offer less under a new id.");
        };
    }

    static ResponseEntity<?> of(Withdrawal.Reason reason) {
        return switch (reason) {
            case ID_STANDS_FOR_ANOTHER -> refusal(CONFLICT, reason, STANDS_FOR_ANOTHER);
            case LISTING_UNKNOWN -> refusal(NOT_FOUND, reason, "No listing has this id.");
            case NOT_YOUR_LISTING ->
                    refusal(FORBIDDEN, reason, "Only its seller takes a listing back.");
            case LISTING_CLOSED ->
                    refusal(
                            CONFLICT,
                            reason,
                            "The listing was sold or withdrawn before: nothing is left to take"
                                    + " back.");
        };
    }

    static ResponseEntity<?> of(Purchase.Reason reason) {
        return switch (reason) {
            case ID_STANDS_FOR_ANOTHER -> refusal(CONFLICT, reason, STANDS_FOR_ANOTHER);
            case LISTING_UNKNOWN ->
                    refusal(
                            NOT_FOUND,
                            reason,
                            "No listing has this id; see GET /api/v1/public/listings.");
            case LISTING_CLOSED ->
                    refusal(
                            CONFLICT,
                            reason,
                            "The listing was sold or withdrawn; choose another of GET"
                                    + " /api/v1/public/listings.");
            case OWN_LISTING ->
                    refusal(
                            UNPROCESSABLE_CONTENT,
                            reason,
                            "The listing is your own; withdraw it to have its credits back.");
            case QUANTITY_EXCEEDS_LISTING ->
                    refusal(
                            UNPROCESSABLE_CONTENT,
                            reason,
                            "Less than that is left of the listing; see `left` of GET"
                                    + " /api/v1/public/listings/{id}, and buy less under a new"
                                    + " id.");
            case BUYER_UNKNOWN ->
                    refusal(
                            UNPROCESSABLE_CONTENT,
                            reason,
                            "Your organisation has no account yet. It opens with your first"
                                    + " deposit; then buy under a new id.");
            case TEST_AND_LIVE_DO_NOT_MIX -> refusal(UNPROCESSABLE_CONTENT, reason, CLASSES);
            case NOT_ENOUGH_MONEY ->
                    refusal(
                            UNPROCESSABLE_CONTENT,
                            reason,
                            "You have less money in the listing's currency than this costs; see"
                                    + " GET /api/v1/holdings. Have more deposited, then buy under"
                                    + " a new id.");
            case SELLER_FROZEN ->
                    refusal(CONFLICT, reason, "The seller's account is frozen; choose another.");
            case BUYER_FROZEN -> refusal(CONFLICT, reason, "Your account is frozen. " + LATER);
            case BLOCK_FROZEN -> refusal(CONFLICT, reason, "The credit block is frozen. " + LATER);
            case MONEY_FROZEN ->
                    refusal(CONFLICT, reason, "The listing's currency is frozen. " + LATER);
            case MARKET_SUSPENDED -> refusal(CONFLICT, reason, "The market stands still. " + LATER);
        };
    }

    static ResponseEntity<?> of(DepositStep.Reason reason) {
        return switch (reason) {
            case ID_STANDS_FOR_ANOTHER -> refusal(CONFLICT, reason, STANDS_FOR_ANOTHER);
            case ACCOUNT_UNKNOWN ->
                    refusal(UNPROCESSABLE_CONTENT, reason, "The organisation has no account.");
            case REFERENCE_IN_USE ->
                    refusal(
                            CONFLICT,
                            reason,
                            "Another deposit in this currency has this external reference. If it"
                                    + " is wrong, reject it and enter the payment again, under a"
                                    + " new id.");
            case DEPOSIT_UNKNOWN ->
                    refusal(NOT_FOUND, reason, "No deposit has this id; see GET /api/v1/deposits.");
            case ALREADY_DECIDED ->
                    refusal(CONFLICT, reason, "The deposit was approved or rejected before.");
            case REQUESTER_DECIDES ->
                    refusal(
                            FORBIDDEN,
                            reason,
                            "Who entered a deposit does not approve it. Ask another operator.");
            case BANK_FROZEN ->
                    refusal(CONFLICT, reason, "The account that mirrors the bank is frozen.");
            case ACCOUNT_CLOSED ->
                    refusal(CONFLICT, reason, "The holder's account is closed for good.");
            case ACCOUNT_FROZEN -> refusal(CONFLICT, reason, "The holder's account is frozen.");
            case MONEY_FROZEN -> refusal(CONFLICT, reason, "The currency is frozen.");
            case TOO_MUCH_MONEY ->
                    refusal(
                            UNPROCESSABLE_CONTENT,
                            reason,
                            "A currency's books hold at most "
                                    + Long.MAX_VALUE
                                    + " minor units in all. Reject this deposit.");
        };
    }
}
