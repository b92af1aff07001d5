package org.wattmark.server.carboncred.api;

import org.springframework.http.HttpStatus;
import org.wattmark.market.Purchase;
import org.wattmark.registry.Issuance;
import org.wattmark.registry.Registration;
import org.wattmark.registry.Retirement;
import org.wattmark.registry.Submission;
import org.wattmark.server.problem.Problem;

/// Why a kilogram was not bought or not retired, in words for a buyer of one.
final class CreditRefusals {

    private static final String LATER = " Ask the registry's operator.";

    private CreditRefusals() {}

    private static RuntimeException problem(HttpStatus status, Enum<?> reason, String detail) {
        return Problem.of(status, reason, detail).asException();
    }

    static RuntimeException of(Purchase.Reason reason) {
        return switch (reason) {
            case LISTING_UNKNOWN ->
                    problem(HttpStatus.NOT_FOUND, reason, "No credit has this credit_id.");
            case ID_STANDS_FOR_ANOTHER -> conflict(reason, "This Idempotency-Key was used before.");
            case LISTING_CLOSED, QUANTITY_EXCEEDS_LISTING ->
                    conflict(reason, "This credit is no longer for sale. Choose another.");
            case OWN_LISTING -> conflict(reason, "You offer this credit yourself.");
            case BUYER_UNKNOWN, NOT_ENOUGH_MONEY ->
                    conflict(
                            reason,
                            "You have less money than this credit costs. Have more deposited.");
            case TEST_AND_LIVE_DO_NOT_MIX ->
                    conflict(
                            reason,
                            "Credits of class TEST and organisations of class LIVE have nothing to"
                                    + " do with each other, nor the other way round.");
            case SELLER_FROZEN ->
                    conflict(reason, "The seller's account is frozen. Choose another.");
            case BUYER_FROZEN -> conflict(reason, "Your account is frozen." + LATER);
            case BLOCK_FROZEN -> conflict(reason, "The credit is frozen." + LATER);
            case MONEY_FROZEN -> conflict(reason, "The currency is frozen." + LATER);
            case MARKET_SUSPENDED -> conflict(reason, "The market stands still." + LATER);
        };
    }

    static RuntimeException of(RetireCredit.Reason reason) {
        return switch (reason) {
            case NOT_BOUGHT ->
                    conflict(reason, "Nobody has bought this credit yet. Buy it, then retire it.");
            case NOT_YOURS ->
                    problem(HttpStatus.FORBIDDEN, reason, "Somebody else bought this credit.");
            case ALREADY_RETIRED -> conflict(reason, "This credit was retired before.");
        };
    }

    static RuntimeException of(Retirement.Reason reason) {
        return switch (reason) {
            case BLOCK_UNKNOWN ->
                    problem(HttpStatus.NOT_FOUND, reason, "No credit has this credit_id.");
            case ID_STANDS_FOR_ANOTHER -> conflict(reason, "This Idempotency-Key was used before.");
            case HOLDER_UNKNOWN, QUANTITY_EXCEEDS_HOLDING ->
                    conflict(
                            reason,
                            "You have less than a kilogram of this left: it was transferred, sold"
                                    + " or offered since.");
            case RETIREMENT_SUSPENDED -> conflict(reason, "Retirement stands still." + LATER);
            case NOT_ENOUGH_MONEY ->
                    conflict(reason, "Your account does not hold the fee for retiring.");
            case MONEY_STANDS_STILL ->
                    conflict(reason, "The fee for retiring cannot be paid now." + LATER);
            case HOLDER_FROZEN -> conflict(reason, "Your account is frozen." + LATER);
            case BLOCK_FROZEN -> conflict(reason, "The credit is frozen." + LATER);
            case TEST_AND_LIVE_DO_NOT_MIX ->
                    conflict(reason, "Test and live have nothing to do with each other.");
        };
    }

    static RuntimeException of(Registration.Reason reason) {
        return switch (reason) {
            case ID_STANDS_FOR_ANOTHER -> conflict(reason, "This Idempotency-Key was used before.");
            case ROLE_MAY_NOT ->
                    problem(
                            HttpStatus.FORBIDDEN,
                            reason,
                            "A proponent registers its own projects.");
        };
    }

    /// @param explanation the values behind the reason
    static RuntimeException of(Submission.Reason reason, String explanation) {
        return switch (reason) {
            case PROJECT_UNKNOWN ->
                    problem(HttpStatus.NOT_FOUND, reason, "No such project: " + explanation + ".");
            case ROLE_MAY_NOT, NOT_YOUR_PROJECT ->
                    problem(
                            HttpStatus.FORBIDDEN,
                            reason,
                            "A proponent claims for its own projects.");
            case ID_STANDS_FOR_ANOTHER -> conflict(reason, "This was claimed with other data.");
            case CLASS_DIFFERS_FROM_PROJECT, METHODOLOGY_DIFFERS_FROM_PROJECT ->
                    conflict(reason, "The project is another: " + explanation + ".");
            case PERIOD_NOT_OVER ->
                    conflict(reason, "A quarter is claimed after it is over; " + explanation + ".");
            case OWNER_NOT_IN_POOL -> conflict(reason, "A device is not yours.");
            case OUTSIDE_CREDITING_PERIOD ->
                    conflict(reason, "The quarter lies in no crediting period of the project.");
            case ALREADY_CLAIMED ->
                    conflict(reason, "This was claimed before: " + explanation + ".");
        };
    }

    static RuntimeException of(Issuance.Reason reason) {
        return switch (reason) {
            case CLAIM_UNKNOWN -> problem(HttpStatus.NOT_FOUND, reason, "No such claim.");
            case ROLE_MAY_NOT ->
                    problem(HttpStatus.FORBIDDEN, reason, "The proponent asks for issuance.");
            case ID_STANDS_FOR_ANOTHER, ALREADY_ISSUED ->
                    conflict(reason, "Credits were issued for this claim before.");
            case NOT_APPROVED -> conflict(reason, "The claim is not approved.");
            case NOTHING_TO_ISSUE ->
                    conflict(reason, "Less than a gram was verified; it is carried on.");
            case ISSUANCE_SUSPENDED -> conflict(reason, "Issuance stands still." + LATER);
            case HOLDER_FROZEN -> conflict(reason, "Your account is frozen." + LATER);
            case NOT_ENOUGH_MONEY ->
                    conflict(reason, "Your account does not hold the fee for issuing.");
            case REVERSAL_NOT_COVERED ->
                    conflict(reason, "A reversal of yours is not covered yet.");
            case MONEY_STANDS_STILL ->
                    conflict(reason, "The fee for issuing cannot be paid now." + LATER);
        };
    }

    private static RuntimeException conflict(Enum<?> reason, String detail) {
        return problem(HttpStatus.CONFLICT, reason, detail);
    }
}
