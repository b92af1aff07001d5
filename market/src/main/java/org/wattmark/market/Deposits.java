package org.wattmark.market;

import java.util.Optional;
import java.util.UUID;
import org.wattmark.ledger.Entry;
import org.wattmark.ledger.Ledger;
import org.wattmark.ledger.Machine;
import org.wattmark.ledger.Posting;
import org.wattmark.ledger.StagedMap;
import org.wattmark.ledger.Staging;
import org.wattmark.ledger.Transfer;
import org.wattmark.market.DepositStep.Denied;
import org.wattmark.market.DepositStep.Reason;
import org.wattmark.market.DepositStep.Taken;
import org.wattmark.registry.SystemAccounts;

/// How money comes in: one person says what the bank received and for whom, a second one agrees,
/// and the account that mirrors the bank gives it.
public final class Deposits implements Machine {

    private final Staging staging;
    private final Ledger ledger;
    private final StagedMap<UUID, Deposit> deposits;
    private final StagedMap<DepositReference, UUID> references;

    public Deposits(Staging staging, Ledger ledger) {
        this.staging = staging;
        this.ledger = ledger;
        this.deposits = staging.map("deposit");
        this.references = staging.map("deposit_reference");
        staging.add(this);
    }

    /// Takes a deposit in; nothing moves yet.
    public DepositStep request(RequestDeposit command) {
        if (!ledger.isOpen(command.account())) {
            return new Denied(Reason.ACCOUNT_UNKNOWN);
        }
        var deposit =
                Deposit.requested(
                        command.id(),
                        command.operator(),
                        command.account(),
                        command.money(),
                        command.externalReference());
        if (references.containsKey(deposit.key())) {
            return new Denied(Reason.REFERENCE_IN_USE);
        }
        return new Taken(deposit, staging.record(new DepositRequested(deposit)).receipt());
    }

    /// Posts the money, if a second person agrees.
    public DepositStep approve(ApproveDeposit command) {
        var deposit = deposits.get(command.deposit());
        if (deposit == null) {
            return new Denied(Reason.DEPOSIT_UNKNOWN);
        }
        if (deposit.state() != Deposit.State.REQUESTED) {
            return new Denied(Reason.ALREADY_DECIDED);
        }
        if (deposit.requestedBy().equals(command.operator())) {
            return new Denied(Reason.REQUESTER_DECIDES);
        }
        return switch (post(command.id(), deposit)) {
            case Posting.Posted _ -> decide(deposit, Deposit.State.POSTED, command.operator());
            case Posting.Rejected(var _, var reason) -> new Denied(inMarketTerms(reason));
        };
    }

    private Posting post(UUID command, Deposit deposit) {
        var currency = deposit.money().currency();
        var bank = SystemAccounts.bank(currency, deposit.unitClass());
        ledger.open(bank);
        return ledger.post(
                Transfer.numbered(
                        command,
                        0,
                        bank.id(),
                        deposit.account(),
                        SystemAccounts.money(currency, deposit.unitClass()),
                        deposit.money().minorUnits()));
    }

    private static Reason inMarketTerms(Posting.Reason reason) {
        return switch (reason) {
            case DEBIT_ACCOUNT_FROZEN, DEBIT_ACCOUNT_CLOSED -> Reason.BANK_FROZEN;
            case CREDIT_ACCOUNT_CLOSED -> Reason.ACCOUNT_CLOSED;
            case CREDIT_ACCOUNT_FROZEN -> Reason.ACCOUNT_FROZEN;
            case ASSET_FROZEN -> Reason.MONEY_FROZEN;
            case BALANCE_WOULD_OVERFLOW -> Reason.TOO_MUCH_MONEY;
            default -> throw new IllegalStateException("a deposit is not " + reason);
        };
    }

    /// Ends a deposit without posting it. A wrong entry is entered again under the same reference.
    public DepositStep reject(RejectDeposit command) {
        var deposit = deposits.get(command.deposit());
        if (deposit == null) {
            return new Denied(Reason.DEPOSIT_UNKNOWN);
        }
        if (deposit.state() != Deposit.State.REQUESTED) {
            return new Denied(Reason.ALREADY_DECIDED);
        }
        return decide(deposit, Deposit.State.REJECTED, command.operator());
    }

    private DepositStep decide(Deposit deposit, Deposit.State state, UUID person) {
        var entry = staging.record(new DepositDecided(deposit.id(), state, person));
        return new Taken(deposit.decided(state, person), entry.receipt());
    }

    public Optional<Deposit> deposit(UUID id) {
        return Optional.ofNullable(deposits.get(id));
    }

    @Override
    public void apply(Entry entry) {
        switch (entry.fact()) {
            case DepositRequested(var deposit) -> {
                deposits.put(deposit.id(), deposit);
                references.put(deposit.key(), deposit.id());
            }
            case DepositDecided decided -> apply(decided);
            default -> {}
        }
    }

    private void apply(DepositDecided decided) {
        var deposit = deposits.get(decided.deposit());
        if (deposit == null) {
            throw new IllegalStateException("no such deposit: " + decided.deposit());
        }
        deposits.put(deposit.id(), deposit.decided(decided.state(), decided.person()));
        if (decided.state() == Deposit.State.REJECTED) {
            references.remove(deposit.key());
        }
    }
}
