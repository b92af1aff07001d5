package org.wattmark.server.notifications;

import java.util.Set;
import org.wattmark.server.security.Role;

/// What people can be told of. The names are in the database and in what people wish, and stay.
public enum Kind {
    CLAIM_TO_REVIEW(
            Needs.ACTION,
            "A claim waits for a verifier",
            "The checks of claim %s leave it to a person. The list of claims shows them all.",
            Role.VERIFIER),
    CLAIM_QUESTION(
            Needs.ACTION,
            "A verifier asks about your claim",
            "The verifier of claim %s asks something, and waits for the answer.",
            Role.PROPONENT),
    CLAIM_TO_APPROVE(
            Needs.ACTION,
            "A verified claim waits for the registry",
            "A verifier stands for claim %s; issuing it takes another person's approval.",
            Role.OPERATOR),
    DESIGN_TO_VALIDATE(
            Needs.ACTION,
            "A project's design waits for a validator",
            "The design of project %s waits for an organisation other than its own.",
            Role.VERIFIER),
    DESIGN_JUDGED(
            Needs.KNOWING,
            "Your project's design was judged",
            "A validator found the design of project %s %s.",
            Role.PROPONENT),
    CLAIM_APPROVED(
            Needs.KNOWING,
            "Your claim was approved",
            "Claim %s was approved, %s. Its credits can be issued.",
            Role.PROPONENT),
    CLAIM_REFUSED(
            Needs.ACTION,
            "Your claim was refused",
            "Claim %s was refused %s. Its readings are free to be claimed again; the claim's"
                    + " findings say what was wrong.",
            Role.PROPONENT),
    CREDITS_ISSUED(
            Needs.KNOWING,
            "Credits were issued to you",
            "Block %s was issued: %s, a share of which lies in the buffer.",
            Role.PROPONENT,
            Role.TRADER,
            Role.AUDITOR),
    CREDITS_SOLD(
            Needs.KNOWING,
            "You sold credits",
            "Of your listing %s, %s were bought.",
            Role.PROPONENT,
            Role.TRADER),
    CREDITS_BOUGHT(
            Needs.KNOWING,
            "You bought credits",
            "Trade %s brought you %s.",
            Role.TRADER,
            Role.BUYER),
    CREDITS_RETIRED(
            Needs.KNOWING,
            "Credits were retired",
            "Retirement %s of %s is final. Its certificate proves it to anybody.",
            Role.TRADER,
            Role.BUYER,
            Role.ACCOUNTANT),
    DEPOSIT_TO_APPROVE(
            Needs.ACTION,
            "A deposit waits for a second person",
            "Deposit %s was entered and waits for somebody else's approval.",
            Role.OPERATOR),
    DEPOSIT_POSTED(
            Needs.KNOWING,
            "A deposit has arrived",
            "Deposit %s was approved: the money is in your account.",
            Role.TRADER,
            Role.BUYER,
            Role.ACCOUNTANT),
    DEPOSIT_REJECTED(
            Needs.ACTION,
            "A deposit was rejected",
            "Deposit %s was rejected, and nothing was posted. The operator knows why.",
            Role.TRADER,
            Role.BUYER,
            Role.ACCOUNTANT),
    PROPOSAL_TO_DECIDE(
            Needs.ACTION,
            "A change of rewards waits for a second person",
            "Proposal %s waits for somebody else's decision.",
            Role.OPERATOR),
    INTERVENTION_TO_DECIDE(
            Needs.ACTION,
            "An intervention waits for a second person",
            "Intervention %s was proposed and waits for somebody else's decision.",
            Role.OPERATOR),
    UNITS_CANCELLED(
            Needs.ACTION,
            "The registry has cancelled units of yours",
            "Of block %s, %s were taken from your account for good. The block's page says why.",
            Role.OWNER,
            Role.TRADER,
            Role.PROPONENT),
    REDUCTION_REVERSED(
            Needs.ACTION,
            "Reductions of yours were reversed",
            "Of block %s reductions were lost. You owe %s beyond the buffer; until that is covered"
                    + " nothing more is issued to you.",
            Role.OWNER,
            Role.PROPONENT),
    ACCOUNT_FROZEN(
            Needs.ACTION,
            "Your account is frozen",
            "Account %s is %s: nothing moves out of it. The operator knows why.",
            Role.OWNER,
            Role.TRADER),
    ACCOUNT_REOPENED(
            Needs.KNOWING,
            "Your account is open again",
            "Account %s is %s.",
            Role.OWNER,
            Role.TRADER),
    ACCESS_CHANGED(
            Needs.ACTION,
            "Who may act for your organisation has changed",
            "Concerning %s: %s. If none of you did this, ask the operator to suspend the"
                    + " organisation.",
            Role.OWNER),
    RATES_TO_APPROVE(
            Needs.ACTION,
            "Rates of electricity markets wait for a second person",
            "File %s was loaded and waits for another operator's approval.",
            Role.OPERATOR),
    BILLS_IMPORTED(
            Needs.KNOWING, "A file of bills was taken in", "Import %s: %s.", Role.ACCOUNTANT),
    BILLS_REFUSED(
            Needs.KNOWING,
            "A file of bills was not taken in",
            "Import %s: %s. Nothing was stored.",
            Role.ACCOUNTANT),
    BILL_TO_LOOK_AT(
            Needs.ACTION, "Bills need somebody to look at them", "Of %s: %s", Role.ACCOUNTANT),
    REPORT_SHARED(
            Needs.KNOWING,
            "A report is shown to somebody outside",
            "A link to report %s was made for %s. You can revoke it.",
            Role.ACCOUNTANT),
    REPORT_OPENED(
            Needs.KNOWING,
            "A report was opened by its link",
            "Report %s was opened for the first time by the link for %s.",
            Role.ACCOUNTANT),
    REPORT_PUBLISHED(
            Needs.KNOWING,
            "A report was published",
            "Report %s of %s can be read by everybody from now on.",
            Role.OWNER,
            Role.ACCOUNTANT),
    METER_SILENT(
            Needs.ACTION,
            "A meter is silent",
            "Device %s has sent nothing of what came after %s. What is not sent is not claimed: see"
                    + " to its power and network.",
            Role.PROPONENT,
            Role.OWNER);

    /// Whether somebody has to do something, so that mail goes out unless they do not wish it.
    private enum Needs {
        ACTION,
        KNOWING
    }

    private final Needs needs;
    private final String title;
    private final String sentence;

    @SuppressWarnings("ImmutableEnumChecker") // it is a copy that cannot be changed
    private final Set<Role> audience;

    Kind(Needs needs, String title, String sentence, Role... audience) {
        this.needs = needs;
        this.title = title;
        this.sentence = sentence;
        this.audience = Set.of(audience);
    }

    String title() {
        return title;
    }

    String text(String subject, String detail) {
        return sentence.formatted(subject, detail);
    }

    /// Who is told: whoever may do any of this.
    Set<Role> audience() {
        return audience;
    }

    /// Unless a person wishes otherwise.
    Wishes.Wish usual() {
        return new Wishes.Wish(this, true, needs == Needs.ACTION);
    }
}
