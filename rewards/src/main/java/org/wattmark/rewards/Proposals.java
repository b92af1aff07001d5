package org.wattmark.rewards;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.wattmark.ledger.Entry;
import org.wattmark.ledger.Machine;
import org.wattmark.ledger.Posting;
import org.wattmark.ledger.StagedMap;
import org.wattmark.ledger.Staging;
import org.wattmark.rewards.ProposalStep.Denied;
import org.wattmark.rewards.ProposalStep.Reason;
import org.wattmark.rewards.ProposalStep.Taken;
import org.wattmark.units.Money;

/// Two persons for whatever an operator decides about rewards: tariffs, programmes, their terms,
/// and what becomes of fees. One proposes, another approves, and with that it takes effect.
public final class Proposals implements Machine {

    private final Staging staging;
    private final Programmes programmes;
    private final Stakes stakes;
    private final FeeAccounts fees;
    private final StagedMap<UUID, Proposal> proposals;

    public Proposals(Staging staging, Programmes programmes, Stakes stakes, FeeAccounts fees) {
        this.staging = staging;
        this.programmes = programmes;
        this.stakes = stakes;
        this.fees = fees;
        this.proposals = staging.map("reward_proposal");
        staging.add(this);
    }

    /// Takes a proposal in; nothing changes yet.
    public ProposalStep propose(Propose command) {
        var reason = whyNot(command.motion());
        if (reason != null) {
            return new Denied(reason);
        }
        var proposal = Proposal.made(command.id(), command.person(), command.motion());
        var receipt = staging.record(new ProposalMade(proposal)).receipt();
        return new Taken(proposal.id(), proposal.state(), receipt);
    }

    /// What a motion names must be there when it is proposed, and still when it is approved.
    private @Nullable Reason whyNot(Motion motion) {
        return switch (motion) {
            case Motion.SetTariff _ -> null;
            case Motion.BeginProgramme _ -> null;
            case Motion.ChangeTerms(var id, var terms) ->
                    programmes
                            .running(id)
                            .map(running -> Optional.ofNullable(programmes.whyNot(running, terms)))
                            .orElse(Optional.of(Reason.PROGRAMME_UNKNOWN))
                            .orElse(null);
            case Motion.FundFromFees(var id, var money) -> whyNot(id, money);
            case Motion.ShareFees(var id, var money) -> whyNot(id, money);
        };
    }

    private @Nullable Reason whyNot(UUID id, Money money) {
        var programme = programmes.programme(id).orElse(null);
        if (programme == null) {
            return Reason.PROGRAMME_UNKNOWN;
        }
        return money.currency().equals(programme.currency()) ? null : Reason.CURRENCY_DIFFERS;
    }

    /// Ends a proposal; approved by a second person it takes effect, or it stays undecided.
    public ProposalStep decide(DecideProposal command) {
        var proposal = proposals.get(command.proposal());
        if (proposal == null) {
            return new Denied(Reason.PROPOSAL_UNKNOWN);
        }
        if (proposal.state() != Proposal.State.PROPOSED) {
            return new Denied(Reason.ALREADY_DECIDED);
        }
        if (!command.approve()) {
            return end(proposal, Proposal.State.REJECTED, command.person());
        }
        if (proposal.proposedBy().equals(command.person())) {
            return new Denied(Reason.PROPOSER_DECIDES);
        }
        var reason = whyNot(proposal.motion());
        if (reason == null) {
            reason = carryOut(command.id(), proposal.motion());
        }
        return reason == null
                ? end(proposal, Proposal.State.APPROVED, command.person())
                : new Denied(reason);
    }

    private Taken end(Proposal proposal, Proposal.State state, UUID person) {
        var entry = staging.record(new ProposalDecided(proposal.id(), state, person));
        return new Taken(proposal.id(), state, entry.receipt());
    }

    private @Nullable Reason carryOut(UUID command, Motion motion) {
        switch (motion) {
            case Motion.SetTariff(var tariff) -> programmes.set(tariff);
            case Motion.BeginProgramme(var programme, var terms) ->
                    programmes.begin(programme, terms);
            case Motion.ChangeTerms(var id, var terms) -> programmes.change(known(id), terms);
            case Motion.FundFromFees(var id, var money) -> {
                return fund(command, known(id), money);
            }
            case Motion.ShareFees(var id, var money) -> {
                return share(command, known(id), money);
            }
        }
        return null;
    }

    private @Nullable Reason fund(UUID command, Programme programme, Money money) {
        var from = fees.of(programme);
        return switch (programmes.post(command, from, programme, money)) {
            case Posting.Posted _ -> {
                programmes.recordFunded(command, programme, from, money);
                yield null;
            }
            case Posting.Rejected(var _, var reason) -> inOurTerms(reason);
        };
    }

    private @Nullable Reason share(UUID command, Programme programme, Money money) {
        if (!stakes.anyEarns(programme)) {
            return Reason.NOBODY_STAKES;
        }
        return switch (stakes.share(command, fees.of(programme), programme, money)) {
            case Posting.Posted _ -> null;
            case Posting.Rejected(var _, var reason) -> inOurTerms(reason);
        };
    }

    private static Reason inOurTerms(Posting.Reason reason) {
        return switch (reason) {
            // Fees open with the first one earned.
            case DEBIT_ACCOUNT_UNKNOWN, EXCEEDS_BALANCE -> Reason.NOT_ENOUGH_FEES;
            case BALANCE_WOULD_OVERFLOW -> Reason.TOO_MUCH_MONEY;
            case DEBIT_ACCOUNT_FROZEN,
                    DEBIT_ACCOUNT_CLOSED,
                    CREDIT_ACCOUNT_FROZEN,
                    CREDIT_ACCOUNT_CLOSED,
                    ASSET_FROZEN ->
                    Reason.STANDS_STILL;
            default -> throw new IllegalStateException("fees are not " + reason);
        };
    }

    private Programme known(UUID id) {
        return programmes
                .programme(id)
                .orElseThrow(() -> new IllegalStateException("no such programme: " + id));
    }

    @Override
    public void apply(Entry entry) {
        switch (entry.fact()) {
            case ProposalMade(var proposal) -> proposals.put(proposal.id(), proposal);
            case ProposalDecided(var id, var state, var person) -> {
                var proposal = proposals.get(id);
                if (proposal == null) {
                    throw new IllegalStateException("no such proposal: " + id);
                }
                proposals.put(id, proposal.decided(state, person));
            }
            default -> {}
        }
    }
}
