package org.wattmark.server.ledger;

import java.util.Locale;
import org.wattmark.ledger.Posting.Reason;

/// The ledger's rejections as answers.
final class Rejections {

    private Rejections() {}

    static String code(Enum<?> reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }

    static String message(Reason reason) {
        return switch (reason) {
            case ID_STANDS_FOR_ANOTHER ->
                    "this id was used before with another content: choose a new one, or send the"
                            + " same content";
            case ID_IS_DERIVED -> "an id of version 8 is not for you to choose";
            case HOLD_UNKNOWN -> "no pending transfer of this id waits";
            case HOLD_EXPIRED -> "the pending transfer has expired: it can only go back";
            case HOLD_NAMES_ANOTHER_PAYEE -> "the pending transfer is for another account";
            case EXCEEDS_HOLD -> "less than that is reserved";
            case HOLD_ID_IN_USE -> "a pending transfer has this id";
            case DEBIT_ACCOUNT_UNKNOWN -> "the debited account is not open";
            case CREDIT_ACCOUNT_UNKNOWN -> "the credited account is not open";
            case TEST_AND_LIVE_DO_NOT_MIX ->
                    "assets of class TEST move among test accounts only, live ones among live"
                            + " accounts only";
            case ONLY_A_HOLDER_RESERVES -> "nothing can be reserved of an account of this kind";
            case DEBIT_ACCOUNT_CLOSED -> "the debited account is closed";
            case CREDIT_ACCOUNT_CLOSED -> "the credited account is closed";
            case DEBIT_ACCOUNT_FROZEN -> "the debited account is frozen";
            case CREDIT_ACCOUNT_FROZEN -> "the credited account is frozen";
            case ASSET_FROZEN -> "the asset is frozen";
            case DEBIT_ACCOUNT_IS_A_SINK -> "nothing leaves the debited account";
            case NOTHING_TO_BALANCE -> "both sides are even already";
            case EXCEEDS_BALANCE -> "the debited account has less than that";
            case EXCEEDS_WHAT_SOURCE_GAVE -> "the credited account takes back what it gave only";
            case BALANCE_WOULD_OVERFLOW -> "a balance is at most " + Long.MAX_VALUE;
        };
    }
}
