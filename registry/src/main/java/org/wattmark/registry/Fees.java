package org.wattmark.registry;

import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Entry;
import org.wattmark.ledger.Ledger;
import org.wattmark.ledger.Machine;
import org.wattmark.ledger.StagedMap;
import org.wattmark.ledger.Staging;
import org.wattmark.ledger.Transfer;
import org.wattmark.units.Co2e;
import org.wattmark.verification.UnitClass;

/// What the registry charges for issuing and retiring. Until a schedule is approved it is nothing.
final class Fees implements Machine {

    /// No other step of a command has this number.
    private static final int PAYMENT = -1;

    private final Staging staging;
    private final Ledger ledger;
    private final StagedMap<Integer, FeeVersion> versions;

    Fees(Staging staging, Ledger ledger) {
        this.staging = staging;
        this.ledger = ledger;
        this.versions = staging.map("registry_fee");
        staging.add(this);
    }

    void set(FeeSchedule schedule) {
        staging.record(new FeesSet(new FeeVersion(versions.values().size() + 1, schedule)));
    }

    /// The latest version whose time has come.
    private Optional<FeeVersion> inForce() {
        return versions.values().stream()
                .filter(each -> !each.schedule().from().isAfter(staging.now()))
                .max(Comparator.comparingInt(FeeVersion::number));
    }

    /// What is charged now, if it is anything.
    Optional<FeeCharged> due(UUID id, FeeSchedule.Kind kind, AccountId payer, Co2e quantity) {
        return inForce()
                .map(version ->
                        new FeeCharged(
                                id,
                                kind,
                                payer,
                                version.number(),
                                quantity,
                                version.schedule().fee(kind, quantity)))
                .filter(fee -> fee.amount().minorUnits() > 0);
    }

    /// The payment. It is to be posted together with what it is for.
    Transfer payment(FeeCharged fee, UnitClass unitClass) {
        var fees = SystemAccounts.fees(unitClass);
        ledger.open(fees);
        return Transfer.numbered(
                fee.id(),
                PAYMENT,
                fee.payer(),
                fees.id(),
                SystemAccounts.money(fee.amount().currency(), unitClass),
                fee.amount().minorUnits());
    }

    @Override
    public void apply(Entry entry) {
        switch (entry.fact()) {
            case FeesSet(var version) -> versions.put(version.number(), version);
            case FeeCharged fee -> staging.write(new ChargedEntry(entry.sequence(), fee));
            default -> {}
        }
    }
}
