package org.wattmark.registry;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.wattmark.ledger.Account;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Entry;
import org.wattmark.ledger.Ledger;
import org.wattmark.ledger.Machine;
import org.wattmark.ledger.Posting;
import org.wattmark.ledger.Receipt;
import org.wattmark.ledger.StagedMap;
import org.wattmark.ledger.Staging;
import org.wattmark.ledger.Transfer;
import org.wattmark.units.Co2e;
import org.wattmark.units.SerialRange;
import org.wattmark.units.Share;
import org.wattmark.verification.Actor;
import org.wattmark.verification.ClaimState;
import org.wattmark.verification.Reduction;
import org.wattmark.verification.VerificationStatement;

/// Takes credits through their life: issued, held, retired.
public final class Registry implements Machine {

    /// Set aside of every issuance. Energy reductions do not reverse, so the pool covers errors
    /// found later: 10 %, the upper end of what is usual for it.
    public static final Share BUFFER = Share.ofPercent(10);

    private final Staging staging;
    private final Ledger ledger;
    private final Claims claims;
    private final StagedMap<UUID, CreditBlock> blocks;
    private final Fees fees;
    private final Reversals reversals;

    public Registry(Staging staging, Ledger ledger, Claims claims) {
        this.staging = staging;
        this.ledger = ledger;
        this.claims = claims;
        this.fees = new Fees(staging, ledger);
        this.reversals = new Reversals(staging);
        this.blocks = staging.map("credit_block");
        staging.add(this);
    }

    /// A retirement, and where the journal has it: kept for certificates, not needed in memory.
    public record RetiredEntry(long sequence, RetirementStatement statement) {}

    /// A cancellation, and where the journal has it.
    public record CancelledEntry(long sequence, UnitsCancelled units) {}

    /// Issues what was verified for a claim: a block for each vintage, the buffer's share set
    /// aside.
    public Issuance issue(IssueCredits command) {
        var known = claims.claim(command.claim());
        if (known.isEmpty()) {
            return new Issuance.Refused(Issuance.Reason.CLAIM_UNKNOWN);
        }
        var claim = known.get().claimCase().claim();
        if (!mayIssue(command.actor(), claim.proponent().id())) {
            return new Issuance.Refused(Issuance.Reason.ROLE_MAY_NOT);
        }
        if (known.get().claimCase().state() == ClaimState.ISSUED) {
            return new Issuance.Refused(Issuance.Reason.ALREADY_ISSUED);
        }
        if (known.get().claimCase().state() != ClaimState.APPROVED) {
            return new Issuance.Refused(Issuance.Reason.NOT_APPROVED);
        }
        var statement = known.get().statement().orElseThrow();
        if (statement.net().isZero()) {
            return new Issuance.Refused(Issuance.Reason.NOTHING_TO_ISSUE);
        }
        var project = claims.project(claim.project()).orElseThrow();
        var receiver = claims.pools().receiver(project, claim);
        var standstill = standstill(project, receiver);
        return standstill
                .<Issuance>map(Issuance.Refused::new)
                .orElseGet(() -> issue(command.id(), project, receiver, statement));
    }

    /// Who approved was a verifier of another organisation or the policy, so never who asks here.
    private static boolean mayIssue(Actor actor, UUID proponent) {
        return switch (actor.role()) {
            case OPERATOR -> true;
            case PROPONENT -> actor.organisation().id().equals(proponent);
            case VERIFIER, BUYER, MACHINE -> false;
        };
    }

    /// Looked for before anything is recorded: of several blocks all are issued, or none.
    private Optional<Issuance.Reason> standstill(Project project, AccountId receiver) {
        if (!moves(SystemAccounts.issuance(project.unitClass()).id())
                || !moves(SystemAccounts.buffer(project.unitClass()).id())) {
            return Optional.of(Issuance.Reason.ISSUANCE_SUSPENDED);
        }
        if (!moves(project.holder()) || !moves(receiver)) {
            return Optional.of(Issuance.Reason.HOLDER_FROZEN);
        }
        return reversals.owes(project.proponent().id())
                ? Optional.of(Issuance.Reason.REVERSAL_NOT_COVERED)
                : Optional.empty();
    }

    /// Whether the account is open, or will be as soon as something comes.
    private boolean moves(AccountId account) {
        return ledger.account(account)
                .map(known -> known.standing() == Account.Standing.OPEN)
                .orElse(true);
    }

    /// The fee is paid first: after it nothing can be refused.
    private Issuance issue(
            UUID command, Project project, AccountId receiver, VerificationStatement statement) {
        var unpaid = payForIssuance(command, project, statement.net());
        if (unpaid.isPresent()) {
            return new Issuance.Refused(unpaid.get());
        }
        ledger.open(SystemAccounts.issuance(project.unitClass()));
        ledger.open(SystemAccounts.buffer(project.unitClass()));
        ledger.open(new Account(receiver, Account.Kind.HOLDER));
        var issued = new ArrayList<CreditBlock>();
        var receipts = new ArrayList<Receipt>();
        var lines = statement.reduction().lines();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).net().isZero()) {
                var block = block(Transfer.derivedId(command, i), project, statement, lines.get(i));
                receipts.add(staging.record(new CreditsIssued(block)).receipt());
                post(block, receiver);
                issued.add(block);
            }
        }
        return new Issuance.Issued(issued, receipts);
    }

    private static CreditBlock block(
            UUID id, Project project, VerificationStatement statement, Reduction.Line line) {
        var buffer = new Co2e(BUFFER.ceilingOf(line.net().grams()));
        return new CreditBlock(
                id,
                project.id(),
                statement.claim(),
                line.vintage(),
                project.unitClass(),
                line.net(),
                buffer,
                1);
    }

    /// However large the block, this is one entry for the holder and one for the buffer.
    private void post(CreditBlock block, AccountId receiver) {
        var from = SystemAccounts.issuance(block.unitClass()).id();
        var buffer = SystemAccounts.buffer(block.unitClass()).id();
        var transfers = new ArrayList<Transfer>();
        if (!block.credited().isZero()) {
            transfers.add(
                    Transfer.numbered(
                            block.id(),
                            0,
                            from,
                            receiver,
                            block.asset(),
                            block.credited().grams()));
        }
        transfers.add(
                Transfer.numbered(
                        block.id(), 1, from, buffer, block.asset(), block.buffer().grams()));
        if (ledger.post(List.copyOf(transfers)) instanceof Posting.Rejected(var _, var reason)) {
            throw new IllegalStateException("issuance cannot be rejected: " + reason);
        }
    }

    private Optional<Issuance.Reason> payForIssuance(UUID command, Project project, Co2e net) {
        var fee = fees.due(command, FeeSchedule.Kind.ISSUANCE, project.holder(), net);
        if (fee.isEmpty()) {
            return Optional.empty();
        }
        return switch (ledger.post(fees.payment(fee.get(), project.unitClass()))) {
            case Posting.Posted _ -> {
                staging.record(fee.get());
                yield Optional.empty();
            }
            case Posting.Rejected(var _, var reason) ->
                    Optional.of(
                            isTooLittle(reason)
                                    ? Issuance.Reason.NOT_ENOUGH_MONEY
                                    : Issuance.Reason.MONEY_STANDS_STILL);
        };
    }

    /// An account opens with what it first gets.
    private static boolean isTooLittle(Posting.Reason reason) {
        return reason == Posting.Reason.EXCEEDS_BALANCE
                || reason == Posting.Reason.DEBIT_ACCOUNT_UNKNOWN;
    }

    /// Retires credits for good: nothing ever debits the retired account.
    public Retirement retire(RetireCredits request) {
        var block = blocks.get(request.block());
        if (!ledger.isOpen(request.holder())) {
            return new Retirement.Refused(Retirement.Reason.HOLDER_UNKNOWN);
        }
        if (block == null) {
            return new Retirement.Refused(Retirement.Reason.BLOCK_UNKNOWN);
        }
        var retired = SystemAccounts.retired(block.unitClass());
        ledger.open(retired);
        var transfer =
                Transfer.numbered(
                        request.id(),
                        0,
                        request.holder(),
                        retired.id(),
                        block.asset(),
                        request.quantity().grams());
        var fee =
                fees.due(
                        request.id(),
                        FeeSchedule.Kind.RETIREMENT,
                        request.holder(),
                        request.quantity());
        return switch (ledger.post(withPayment(transfer, fee, block))) {
            case Posting.Posted _ -> {
                var statement = statement(request, block);
                var receipt = staging.record(statement).receipt();
                fee.ifPresent(staging::record);
                yield new Retirement.Retired(statement, receipt);
            }
            case Posting.Rejected(var step, var reason) ->
                    new Retirement.Refused(
                            step == 0 ? inRegistryTerms(reason) : inTermsOfMoney(reason));
        };
    }

    /// Units and fee move together, or nothing does.
    private List<Transfer> withPayment(
            Transfer transfer, Optional<FeeCharged> fee, CreditBlock block) {
        return fee.map(due -> List.of(transfer, fees.payment(due, block.unitClass())))
                .orElse(List.of(transfer));
    }

    private static Retirement.Reason inTermsOfMoney(Posting.Reason reason) {
        return isTooLittle(reason)
                ? Retirement.Reason.NOT_ENOUGH_MONEY
                : Retirement.Reason.MONEY_STANDS_STILL;
    }

    private RetirementStatement statement(RetireCredits request, CreditBlock block) {
        var project = claims.project(block.project()).orElseThrow();
        var verified = claims.claim(block.claim()).orElseThrow().statement().orElseThrow();
        return new RetirementStatement(
                request.id(),
                block.id(),
                block.next(request.quantity()),
                block.unitClass(),
                block.vintage(),
                project.id(),
                project.region(),
                verified.methodology(),
                block.claim(),
                verified.verifiedBy(),
                verified.tier(),
                request.holder(),
                staging.now(),
                request.beneficiary(),
                request.purpose());
    }

    private static Retirement.Reason inRegistryTerms(Posting.Reason reason) {
        return switch (reason) {
            case EXCEEDS_BALANCE -> Retirement.Reason.QUANTITY_EXCEEDS_HOLDING;
            case TEST_AND_LIVE_DO_NOT_MIX -> Retirement.Reason.TEST_AND_LIVE_DO_NOT_MIX;
            case DEBIT_ACCOUNT_UNKNOWN, DEBIT_ACCOUNT_CLOSED -> Retirement.Reason.HOLDER_UNKNOWN;
            case DEBIT_ACCOUNT_FROZEN -> Retirement.Reason.HOLDER_FROZEN;
            case ASSET_FROZEN -> Retirement.Reason.BLOCK_FROZEN;
            case CREDIT_ACCOUNT_FROZEN, CREDIT_ACCOUNT_CLOSED ->
                    Retirement.Reason.RETIREMENT_SUSPENDED;
            default -> throw new IllegalStateException("a retirement is not " + reason);
        };
    }

    public Optional<CreditBlock> block(UUID id) {
        return Optional.ofNullable(blocks.get(id));
    }

    Collection<CreditBlock> blocks() {
        return blocks.values();
    }

    Optional<Project> project(UUID id) {
        return claims.project(id);
    }

    Project project(CreditBlock block) {
        return claims.project(block.project()).orElseThrow();
    }

    Fees fees() {
        return fees;
    }

    Reversals reversals() {
        return reversals;
    }

    @Override
    public void apply(Entry entry) {
        switch (entry.fact()) {
            case CreditsIssued(var block) -> blocks.put(block.id(), block);
            case RetirementStatement retired -> {
                take(retired.block(), retired.serials());
                staging.write(new RetiredEntry(entry.sequence(), retired));
            }
            case UnitsCancelled cancelled -> {
                take(cancelled.block(), cancelled.serials());
                staging.write(new CancelledEntry(entry.sequence(), cancelled));
            }
            default -> {}
        }
    }

    private void take(UUID id, SerialRange serials) {
        var block = blocks.get(id);
        if (block == null || block.nextSerial() != serials.first()) {
            throw new IllegalStateException("serials out of order: " + serials + " of " + id);
        }
        blocks.put(id, block.after(serials));
    }
}
