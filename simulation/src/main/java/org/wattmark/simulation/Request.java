package org.wattmark.simulation;

import java.util.List;
import java.util.UUID;
import org.wattmark.ledger.Account;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Asset;
import org.wattmark.ledger.Command;
import org.wattmark.ledger.OpenAccounts;
import org.wattmark.ledger.PostPending;
import org.wattmark.ledger.PostTransfer;
import org.wattmark.ledger.ReleaseExpired;
import org.wattmark.ledger.SetFreeze;
import org.wattmark.ledger.SetStanding;
import org.wattmark.ledger.Transfer;
import org.wattmark.ledger.VoidPending;
import org.wattmark.market.ApproveDeposit;
import org.wattmark.market.BuyCredits;
import org.wattmark.market.ListCredits;
import org.wattmark.market.RejectDeposit;
import org.wattmark.market.RequestDeposit;
import org.wattmark.market.WithdrawListing;
import org.wattmark.registry.ActOnClaim;
import org.wattmark.registry.AssessClaim;
import org.wattmark.registry.ClaimAction;
import org.wattmark.registry.DecideClaim;
import org.wattmark.registry.IssueCredits;
import org.wattmark.registry.JudgeDesign;
import org.wattmark.registry.RegisterProject;
import org.wattmark.registry.RetireCredits;
import org.wattmark.registry.SubmitClaim;
import org.wattmark.registry.SubmitDesign;
import org.wattmark.units.Co2e;
import org.wattmark.units.Money;
import org.wattmark.units.Price;

/// What a client of a world wishes, in the fewest words. What it refers to (a listing, a deposit, a
/// claim, an issuance) it names by the number of the request that makes it, whether that was ever
/// made or not: so a history stays a history when some of it is left out.
sealed interface Request {

    /// Its command's id follows from it. Two requests with one number contradict each other.
    int number();

    Command<?> command();

    default UUID id() {
        return idOf(number());
    }

    static UUID idOf(int number) {
        return Cast.id(1_000 + number);
    }

    record Open(int number, Account account) implements Request {

        @Override
        public Command<?> command() {
            return new OpenAccounts(id(), List.of(account));
        }
    }

    /// Linked steps of the ledger itself: all of them, or none.
    record Move(int number, List<Leg> legs) implements Request {

        @Override
        public Command<?> command() {
            return new MoveAssets(id(), legs);
        }
    }

    record Reserve(int number, AccountId account, Asset asset, long amount) implements Request {

        @Override
        public Command<?> command() {
            return new ReserveAssets(id(), account, asset, amount);
        }
    }

    /// A transfer alone.
    ///
    /// @param timeout in seconds, of one that is pending; negative if it is not
    record Post(int number, AccountId from, AccountId to, Asset asset, long amount, int timeout)
            implements Request {

        @Override
        public Command<?> command() {
            var transfer = new Transfer(id(), from, to, asset, amount);
            return timeout < 0
                    ? PostTransfer.plain(transfer)
                    : PostTransfer.pending(transfer, timeout);
        }
    }

    /// @param amount all of it if 0
    record Complete(int number, int pending, long amount) implements Request {

        @Override
        public Command<?> command() {
            return new PostPending(id(), idOf(pending), amount);
        }
    }

    record Cancel(int number, int pending) implements Request {

        @Override
        public Command<?> command() {
            return new VoidPending(id(), idOf(pending));
        }
    }

    record Expire(int number, int most) implements Request {

        @Override
        public Command<?> command() {
            return new ReleaseExpired(id(), most);
        }
    }

    record Freeze(int number, Asset asset, boolean frozen) implements Request {

        @Override
        public Command<?> command() {
            return new SetFreeze(id(), asset, frozen);
        }
    }

    record Stand(int number, AccountId account, Account.Standing standing) implements Request {

        @Override
        public Command<?> command() {
            return new SetStanding(id(), account, standing);
        }
    }

    record AskDeposit(int number, AccountId account, Money money, int reference)
            implements Request {

        @Override
        public Command<?> command() {
            return new RequestDeposit(id(), Cast.CLERK, account, money, "REF-" + reference);
        }
    }

    record Approve(int number, int deposit, boolean bySecond) implements Request {

        @Override
        public Command<?> command() {
            var clerk = bySecond ? Cast.SECOND_CLERK : Cast.CLERK;
            return new ApproveDeposit(id(), clerk, idOf(deposit));
        }
    }

    record Reject(int number, int deposit) implements Request {

        @Override
        public Command<?> command() {
            return new RejectDeposit(id(), Cast.SECOND_CLERK, idOf(deposit));
        }
    }

    /// @param project 0 or 1: its id is its own, not the number's
    record Register(int number, int project) implements Request {

        @Override
        public Command<?> command() {
            return new RegisterProject(Cast.SELLER, Cast.project(project));
        }
    }

    record Submit(int number, int project, int device, boolean wholeYear) implements Request {

        @Override
        public Command<?> command() {
            return new SubmitClaim(Cast.SELLER, Cast.claim(number, project, device, wholeYear));
        }
    }

    /// Its id follows from the claim's, so the same assessment again is the same command.
    record Assess(int number, Submit claim) implements Request {

        @Override
        public Command<?> command() {
            var subject = Cast.claim(claim.number, claim.project, claim.device, claim.wholeYear);
            return new AssessClaim(subject.id(), 0, Cast.assessment(subject));
        }
    }

    record Decide(int number, Submit claim, boolean byVerifier, boolean approve)
            implements Request {

        @Override
        public Command<?> command() {
            var actor = byVerifier ? Cast.VERIFIER : Cast.SELLER;
            var subject = Cast.claim(claim.number, claim.project, claim.device, claim.wholeYear);
            return new DecideClaim(id(), actor, subject.id(), approve);
        }
    }

    /// Who has a claim in hand, and who approves that it is issued.
    record Act(int number, Submit claim, ClaimAction action) implements Request {

        @Override
        public Command<?> command() {
            var subject = Cast.claim(claim.number, claim.project, claim.device, claim.wholeYear);
            var actor =
                    switch (action) {
                        case APPROVE_ISSUANCE, DECLINE_ISSUANCE -> Cast.REGISTRAR;
                        case WITHDRAW -> Cast.SELLER;
                        default -> Cast.VERIFIER;
                    };
            return new ActOnClaim(id(), actor, subject.id(), action, "");
        }
    }

    /// The design of a project is brought, and then judged.
    record Design(int number, int project) implements Request {

        @Override
        public Command<?> command() {
            return new SubmitDesign(id(), Cast.SELLER, Cast.design(project));
        }
    }

    record Validate(int number, int project) implements Request {

        @Override
        public Command<?> command() {
            return new JudgeDesign(id(), Cast.VERIFIER, Cast.PROJECTS.get(project), 1, true, "");
        }
    }

    record Issue(int number, Submit claim) implements Request {

        @Override
        public Command<?> command() {
            var subject = Cast.claim(claim.number, claim.project, claim.device, claim.wholeYear);
            return new IssueCredits(id(), Cast.SELLER, subject.id());
        }
    }

    /// @param cents for a tonne
    record Offer(int number, AccountId seller, int issuance, long grams, long cents)
            implements Request {

        @Override
        public Command<?> command() {
            var price = new Price(new Money(cents, Cast.EUR));
            return new ListCredits(id(), seller, Cast.block(issuance), new Co2e(grams), price);
        }
    }

    record Withdraw(int number, AccountId seller, int offer) implements Request {

        @Override
        public Command<?> command() {
            return new WithdrawListing(id(), seller, idOf(offer));
        }
    }

    record Buy(int number, AccountId buyer, int offer, long grams) implements Request {

        @Override
        public Command<?> command() {
            return new BuyCredits(id(), buyer, idOf(offer), new Co2e(grams));
        }
    }

    record Retire(int number, AccountId holder, int issuance, long grams) implements Request {

        @Override
        public Command<?> command() {
            return new RetireCredits(
                    id(), holder, Cast.block(issuance), new Co2e(grams), "Example Ltd", "");
        }
    }
}
