package org.wattmark.server.notifications;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.wattmark.attributes.ClaimId;
import org.wattmark.ledger.Account;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.AccountStandingSet;
import org.wattmark.ledger.Entry;
import org.wattmark.ledger.Machine;
import org.wattmark.ledger.Staging;
import org.wattmark.market.CreditsTraded;
import org.wattmark.market.Deposit;
import org.wattmark.market.DepositDecided;
import org.wattmark.market.DepositRequested;
import org.wattmark.market.Deposits;
import org.wattmark.market.Trade;
import org.wattmark.registry.ClaimAssessed;
import org.wattmark.registry.ClaimRefused;
import org.wattmark.registry.ClaimStep;
import org.wattmark.registry.Claims;
import org.wattmark.registry.CreditsIssued;
import org.wattmark.registry.DesignJudged;
import org.wattmark.registry.DesignSubmitted;
import org.wattmark.registry.InterventionProposed;
import org.wattmark.registry.Project;
import org.wattmark.registry.ReductionReversed;
import org.wattmark.registry.RetirementStatement;
import org.wattmark.registry.StatementMade;
import org.wattmark.registry.UnitsCancelled;
import org.wattmark.rewards.ProposalMade;
import org.wattmark.server.organisations.AccessChanged;
import org.wattmark.units.Co2e;
import org.wattmark.verification.ClaimState;
import org.wattmark.verification.VerificationStatement;
import org.wattmark.verification.VerifiedBy;

/// Says of each entry whom it concerns. It decides nothing and keeps nothing in memory: what it
/// says is written with the entry, so people hear of what was committed and of nothing else.
final class Notices implements Machine {

    private final Staging staging;
    private final Claims claims;
    private final Deposits deposits;

    Notices(Staging staging, Claims claims, Deposits deposits) {
        this.staging = staging;
        this.claims = claims;
        this.deposits = deposits;
        staging.add(this);
    }

    @Override
    public void apply(Entry entry) {
        var notes = new Notes(entry);
        switch (entry.fact()) {
            case ClaimAssessed assessed -> assessed(notes, assessed);
            case StatementMade(var statement) -> stated(notes, statement);
            case ClaimStep step -> stepped(notes, step);
            case DesignSubmitted(var design) ->
                    notes.addForAll(Kind.DESIGN_TO_VALIDATE, design.project());
            case DesignJudged judged ->
                    notes.add(
                            Kind.DESIGN_JUDGED,
                            claims.project(judged.project()).map(each -> each.proponent().id()),
                            judged.project(),
                            judged.valid() ? "valid" : "not valid");
            case InterventionProposed(var proposal) ->
                    notes.addForAll(Kind.INTERVENTION_TO_DECIDE, proposal.id());
            case UnitsCancelled units -> cancelled(notes, units);
            case ReductionReversed(var reversal, var _) ->
                    notes.add(
                            Kind.REDUCTION_REVERSED,
                            Optional.of(reversal.proponent()),
                            reversal.block(),
                            grams(reversal.owed()));
            case ClaimRefused refused ->
                    notes.add(
                            Kind.CLAIM_REFUSED,
                            proponent(refused.claim()),
                            refused.claim().value(),
                            "by a verifier");
            case CreditsIssued(var block) ->
                    notes.add(
                            Kind.CREDITS_ISSUED,
                            claims.project(block.project())
                                    .map(Project::proponent)
                                    .map(each -> each.id()),
                            block.id(),
                            grams(block.issued()));
            case CreditsTraded(var trade) -> traded(notes, trade);
            case RetirementStatement retired ->
                    notes.add(
                            Kind.CREDITS_RETIRED,
                            retired.holder().holderId(),
                            retired.id(),
                            grams(retired.quantity()));
            case DepositRequested(var deposit) ->
                    notes.addForAll(Kind.DEPOSIT_TO_APPROVE, deposit.id());
            case DepositDecided decided -> decided(notes, decided);
            case ProposalMade(var proposal) ->
                    notes.addForAll(Kind.PROPOSAL_TO_DECIDE, proposal.id());
            case AccountStandingSet(var account, var standing) -> stands(notes, account, standing);
            case AccessChanged changed ->
                    notes.add(
                            Kind.ACCESS_CHANGED,
                            Optional.of(changed.organisation()),
                            changed.subject(),
                            changed.kind().name());
            default -> {}
        }
    }

    private void assessed(Notes notes, ClaimAssessed assessed) {
        var claim = assessed.claim();
        if (assessed.next() == ClaimState.NEEDS_REVIEW) {
            notes.addForAll(Kind.CLAIM_TO_REVIEW, claim.value());
        } else if (assessed.next() == ClaimState.REFUSED) {
            notes.add(Kind.CLAIM_REFUSED, proponent(claim), claim.value(), "by its checks");
        }
    }

    /// What a policy approves can be issued; for what a verifier stands for, another person
    /// decides.
    private void stated(Notes notes, VerificationStatement statement) {
        var claim = statement.claim();
        switch (statement.verifiedBy()) {
            case VerifiedBy.Machine _ ->
                    notes.add(
                            Kind.CLAIM_APPROVED,
                            proponent(claim),
                            claim.value(),
                            grams(statement.net()));
            case VerifiedBy.Verifier _ -> notes.addForAll(Kind.CLAIM_TO_APPROVE, claim.value());
        }
    }

    private void stepped(Notes notes, ClaimStep step) {
        var claim = step.claim();
        switch (step.action()) {
            case ASK -> notes.add(Kind.CLAIM_QUESTION, proponent(claim), claim.value(), "");
            case APPROVE_ISSUANCE ->
                    notes.add(
                            Kind.CLAIM_APPROVED,
                            proponent(claim),
                            claim.value(),
                            "by a verifier and by the registry");
            case DECLINE_ISSUANCE ->
                    notes.add(
                            Kind.CLAIM_REFUSED, proponent(claim), claim.value(), "by the registry");
            default -> {} // the others concern whoever takes them
        }
    }

    /// Who cancels knows it.
    private static void cancelled(Notes notes, UnitsCancelled units) {
        if (units.cause() != UnitsCancelled.Cause.VOLUNTARY) {
            notes.add(
                    Kind.UNITS_CANCELLED,
                    units.holder().holderId(),
                    units.block(),
                    grams(units.serials().quantity()));
        }
    }

    private Optional<UUID> proponent(ClaimId claim) {
        return claims.claim(claim).map(known -> known.claimCase().claim().proponent().id());
    }

    private static void traded(Notes notes, Trade trade) {
        var quantity = grams(trade.quantity());
        notes.add(Kind.CREDITS_SOLD, trade.seller().holderId(), trade.listing(), quantity);
        notes.add(Kind.CREDITS_BOUGHT, trade.buyer().holderId(), trade.id(), quantity);
    }

    private void decided(Notes notes, DepositDecided decided) {
        var kind =
                decided.state() == Deposit.State.POSTED
                        ? Kind.DEPOSIT_POSTED
                        : Kind.DEPOSIT_REJECTED;
        var account = deposits.deposit(decided.deposit()).map(Deposit::account);
        notes.add(kind, account.flatMap(AccountId::holderId), decided.deposit(), "");
    }

    private static void stands(Notes notes, AccountId account, Account.Standing standing) {
        var kind = standing == Account.Standing.OPEN ? Kind.ACCOUNT_REOPENED : Kind.ACCOUNT_FROZEN;
        notes.add(kind, account.holderId(), account, standing.name());
    }

    private static String grams(Co2e quantity) {
        return String.format(Locale.ROOT, "%,d g CO₂e", quantity.grams());
    }

    /// What one entry means, numbered.
    private final class Notes {

        private final Entry entry;
        private int part;

        Notes(Entry entry) {
            this.entry = entry;
        }

        /// Accounts of the system belong to nobody who could be told.
        void add(Kind kind, Optional<UUID> organisation, Object subject, String detail) {
            if (organisation.isPresent()) {
                write(kind, organisation, subject, detail);
            }
        }

        void addForAll(Kind kind, Object subject) {
            write(kind, Optional.empty(), subject, "");
        }

        private void write(Kind kind, Optional<UUID> organisation, Object subject, String detail) {
            staging.write(
                    new Notice(
                            entry.sequence(),
                            part++,
                            kind,
                            organisation,
                            subject.toString(),
                            detail,
                            entry.at()));
        }
    }
}
