package org.wattmark.server.registry;

import java.util.ArrayList;
import java.util.List;
import org.wattmark.server.ledger.MapTable;
import org.wattmark.server.ledger.RowTable;
import org.wattmark.server.ledger.Tables;

/// The tables of claims and registry.
public final class RegistryTables {

    private RegistryTables() {}

    public static Tables all() {
        var maps =
                new ArrayList<MapTable<?, ?>>(
                        List.of(
                                new ProjectTable(),
                                new ClaimTable(),
                                new AllocationTable(),
                                new CarriedTable(),
                                new DesignTable(),
                                new ClaimSubjectTable(),
                                new CreditBlockTable()));
        maps.addAll(PoolTables.maps());
        var rows =
                new ArrayList<RowTable<?>>(
                        List.of(new RetirementTable(), new FindingTable(), new ClaimStepTable()));
        rows.addAll(PoolTables.rows());
        return new Tables(maps, rows);
    }
}
