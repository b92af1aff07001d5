package org.wattmark.server.metering;

import java.util.UUID;
import org.wattmark.ledger.Receipt;
import org.wattmark.metering.Bonding;

/// What came of a bond.
public sealed interface BondAnswer {

    record Bonded(UUID deviceId, Receipt receipt) implements BondAnswer {}

    record Refused(Bonding.Reason reason) implements BondAnswer {}
}
