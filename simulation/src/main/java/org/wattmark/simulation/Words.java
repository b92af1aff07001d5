package org.wattmark.simulation;

import java.util.List;
import org.wattmark.ledger.Expiry;
import org.wattmark.ledger.OpenAccounts;
import org.wattmark.ledger.Posting;
import org.wattmark.ledger.Receipt;
import org.wattmark.ledger.StandingChange;
import org.wattmark.market.DepositStep;
import org.wattmark.market.Offering;
import org.wattmark.market.Purchase;
import org.wattmark.market.Withdrawal;
import org.wattmark.registry.Designing;
import org.wattmark.registry.Issuance;
import org.wattmark.registry.Registration;
import org.wattmark.registry.Retirement;
import org.wattmark.registry.Submission;
import org.wattmark.registry.Verdict;

/// What an outcome says, in the words in which the judge predicts it.
final class Words {

    private Words() {}

    static String of(Object outcome) {
        return switch (outcome) {
            case OpenAccounts.Opened(var done) -> done ? "opened" : "not opened";
            case Posting.Posted(var receipts, var amounts) -> posted(receipts.size(), amounts);
            case Posting.Rejected(var index, var reason) -> rejected(index, reason.name());
            case Expiry.Released(var receipts, var more) -> expired(receipts.size(), more);
            case Expiry.Refused(var reason) -> refused(reason.name());
            case StandingChange.Changed _ -> "changed";
            case StandingChange.Refused(var reason) -> refused(reason.name());
            case DepositStep.Taken(var deposit, var _) -> "deposit " + deposit.state();
            case DepositStep.Denied(var reason) -> refused(reason.name());
            case Registration.Registered _ -> "registered";
            case Registration.Refused(var reason) -> refused(reason.name());
            case Submission.Submitted _ -> "submitted";
            case Submission.Refused(var reason, var _) -> refused(reason.name());
            case Verdict.Taken(var state, var _) -> "claim " + state;
            case Verdict.Denied(var reason) -> refused(reason.name());
            case Designing.Taken(var _, var state, var _) -> "design " + state;
            case Designing.Denied(var reason) -> refused(reason.name());
            case Issuance.Issued(var blocks, var _) ->
                    issued(blocks.getFirst().issued().grams(), blocks.getFirst().buffer().grams());
            case Issuance.Refused(var reason) -> refused(reason.name());
            case Offering.Listed(var listing, var _) -> "listed " + listing.left().grams();
            case Offering.Refused(var reason) -> refused(reason.name());
            case Withdrawal.Withdrawn(var listing, var _) -> "withdrawn " + listing.left().grams();
            case Withdrawal.Refused(var reason) -> refused(reason.name());
            case Purchase.Bought(var trade, var _) ->
                    bought(
                            trade.price().minorUnits(),
                            trade.fee().minorUnits(),
                            trade.proceeds().minorUnits());
            case Purchase.Refused(var reason) -> refused(reason.name());
            case Retirement.Retired(var statement, var _) ->
                    retired(statement.serials().first(), statement.serials().last());
            case Retirement.Refused(var reason) -> refused(reason.name());
            default -> throw new IllegalArgumentException("nobody expects " + outcome);
        };
    }

    static String refused(String reason) {
        return "refused " + reason;
    }

    /// @param amounts where they are news to whoever asked
    static String posted(int transfers, List<Long> amounts) {
        return amounts.isEmpty() ? "posted " + transfers : "posted " + transfers + " " + amounts;
    }

    static String expired(int holds, boolean more) {
        return "expired " + holds + (more ? " and more" : "");
    }

    static String rejected(int index, String reason) {
        return "rejected at " + index + " " + reason;
    }

    static String issued(long grams, long buffer) {
        return "issued " + grams + " with buffer " + buffer;
    }

    static String bought(long price, long fee, long proceeds) {
        return "bought at " + price + ", fee " + fee + ", proceeds " + proceeds;
    }

    static String retired(long first, long last) {
        return "retired " + first + " to " + last;
    }

    /// What the client keeps of it, to prove later what it was told.
    static List<Receipt> receipts(Object outcome) {
        return switch (outcome) {
            case Posting.Posted(var receipts, var _) -> receipts;
            case Expiry.Released(var receipts, var _) -> receipts;
            case StandingChange.Changed(var receipt) -> List.of(receipt);
            case DepositStep.Taken(var _, var receipt) -> List.of(receipt);
            case Registration.Registered(var _, var receipt) -> List.of(receipt);
            case Submission.Submitted(var receipt) -> List.of(receipt);
            case Verdict.Taken(var _, var receipt) -> List.of(receipt);
            case Issuance.Issued(var _, var receipts) -> receipts;
            case Offering.Listed(var _, var receipt) -> List.of(receipt);
            case Withdrawal.Withdrawn(var _, var receipt) -> List.of(receipt);
            case Purchase.Bought(var _, var receipt) -> List.of(receipt);
            case Retirement.Retired(var _, var receipt) -> List.of(receipt);
            default -> List.of();
        };
    }
}
