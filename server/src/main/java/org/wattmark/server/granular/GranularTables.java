package org.wattmark.server.granular;

import java.util.List;
import org.wattmark.server.ledger.Tables;

/// The tables of granular certificates.
public final class GranularTables {

    private GranularTables() {}

    public static Tables all() {
        return new Tables(
                List.of(new GranularIssuanceTable(), new GranularCertificateTable()),
                List.of(new GranularRetirementTable()));
    }
}
