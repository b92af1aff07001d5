package org.wattmark.server.registry;

import java.util.List;
import org.wattmark.server.ledger.Tables;

/// The tables of claims and registry.
public final class RegistryTables {

    private RegistryTables() {}

    public static Tables all() {
        return new Tables(
                List.of(
                        new ProjectTable(),
                        new ClaimTable(),
                        new AllocationTable(),
                        new CarriedTable(),
                        new DesignTable(),
                        new ClaimSubjectTable(),
                        new CreditBlockTable()),
                List.of(new RetirementTable(), new FindingTable(), new ClaimStepTable()));
    }
}
