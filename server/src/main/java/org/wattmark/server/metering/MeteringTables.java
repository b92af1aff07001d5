package org.wattmark.server.metering;

import java.util.List;
import org.wattmark.server.ledger.Tables;

/// The tables of devices and readings.
public final class MeteringTables {

    private MeteringTables() {}

    public static Tables all() {
        return new Tables(
                List.of(
                        new DeviceTable(),
                        new DeviceKeyTable(),
                        new ExternalIdTable(),
                        new ProgressTable(),
                        new ProvisionTable(),
                        new PacketKeyTable(),
                        new PacketProgressTable(),
                        new RegisterTable(),
                        new ImportTable()),
                List.of(
                        new BatchTable(),
                        new PacketTable(),
                        new RegisterFindings(),
                        new UndoTable()));
    }
}
