package org.wattmark.registry;

import java.util.UUID;
import org.wattmark.ledger.AccountId;
import org.wattmark.units.Canonical;
import org.wattmark.units.Co2e;

/// What an operator does to units that were issued, or to what the registry charges. One person
/// proposes it, another one approves it.
public sealed interface Intervention {

    /// A holder's units are removed without a claim.
    record CancelUnits(AccountId holder, UUID block, Co2e quantity) implements Intervention {

        public CancelUnits {
            requireSome(quantity);
        }
    }

    /// A block's units stand still while something is looked into.
    record SuspendBlock(UUID block) implements Intervention {}

    record ResumeBlock(UUID block) implements Intervention {}

    /// Nothing moves into an account or out of it.
    record SuspendAccount(AccountId account) implements Intervention {}

    record ResumeAccount(AccountId account) implements Intervention {}

    /// A block should never have been issued: whoever holds of it gives it back.
    record RecallBlock(UUID block) implements Intervention {}

    /// A part of a block's reductions was lost, or never was.
    record ReverseReduction(UUID block, Co2e lost) implements Intervention {

        public ReverseReduction {
            requireSome(lost);
        }
    }

    /// The registry charges by another schedule.
    record ChangeFees(FeeSchedule schedule) implements Intervention {}

    /// What a project has shown of what programmes outside ask for, in place of what stood there.
    record RecordEligibility(Eligibility eligibility) implements Intervention {}

    private static void requireSome(Co2e quantity) {
        if (quantity.isZero()) {
            throw new IllegalArgumentException("an intervention is about 1 g at the least");
        }
    }

    /// What it is called in the journal, in the API and in the database.
    enum Kind {
        CANCEL_UNITS,
        SUSPEND_BLOCK,
        RESUME_BLOCK,
        SUSPEND_ACCOUNT,
        RESUME_ACCOUNT,
        RECALL_BLOCK,
        REVERSE_REDUCTION,
        CHANGE_FEES,
        RECORD_ELIGIBILITY
    }

    default Kind kind() {
        return switch (this) {
            case CancelUnits _ -> Kind.CANCEL_UNITS;
            case SuspendBlock _ -> Kind.SUSPEND_BLOCK;
            case ResumeBlock _ -> Kind.RESUME_BLOCK;
            case SuspendAccount _ -> Kind.SUSPEND_ACCOUNT;
            case ResumeAccount _ -> Kind.RESUME_ACCOUNT;
            case RecallBlock _ -> Kind.RECALL_BLOCK;
            case ReverseReduction _ -> Kind.REVERSE_REDUCTION;
            case ChangeFees _ -> Kind.CHANGE_FEES;
            case RecordEligibility _ -> Kind.RECORD_ELIGIBILITY;
        };
    }

    /// Canonical bytes that begin with the kind.
    default Canonical writeTo(Canonical canonical) {
        var head = canonical.text(kind().name());
        return switch (this) {
            case CancelUnits(var holder, var block, var quantity) ->
                    head.text(holder.value()).id(block).co2e(quantity);
            case SuspendBlock(var block) -> head.id(block);
            case ResumeBlock(var block) -> head.id(block);
            case SuspendAccount(var account) -> head.text(account.value());
            case ResumeAccount(var account) -> head.text(account.value());
            case RecallBlock(var block) -> head.id(block);
            case ReverseReduction(var block, var lost) -> head.id(block).co2e(lost);
            case ChangeFees(var schedule) -> schedule.writeTo(head);
            case RecordEligibility(var eligibility) -> eligibility.writeTo(head);
        };
    }

    static Intervention read(Canonical.Reader reader) throws Canonical.Malformed {
        return switch (Kind.valueOf(reader.text())) {
            case CANCEL_UNITS ->
                    new CancelUnits(new AccountId(reader.text()), reader.id(), reader.co2e());
            case SUSPEND_BLOCK -> new SuspendBlock(reader.id());
            case RESUME_BLOCK -> new ResumeBlock(reader.id());
            case SUSPEND_ACCOUNT -> new SuspendAccount(new AccountId(reader.text()));
            case RESUME_ACCOUNT -> new ResumeAccount(new AccountId(reader.text()));
            case RECALL_BLOCK -> new RecallBlock(reader.id());
            case REVERSE_REDUCTION -> new ReverseReduction(reader.id(), reader.co2e());
            case CHANGE_FEES -> new ChangeFees(FeeSchedule.read(reader));
            case RECORD_ELIGIBILITY -> new RecordEligibility(Eligibility.read(reader));
        };
    }

    /// The intervention alone, as the database keeps it.
    default byte[] toByteArray() {
        return writeTo(Canonical.of(ALONE)).toByteArray();
    }

    static Intervention of(byte[] content) throws Canonical.Malformed {
        return RegistryForm.read(ALONE, content, Intervention::read);
    }

    String ALONE = "wattmark/intervention/v1";
}
