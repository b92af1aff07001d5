package org.wattmark.server.metering;

import org.wattmark.ledger.Fact;
import org.wattmark.metering.Device;
import org.wattmark.metering.ExclusivityDeclaration;

/// A device was bonded to its owner's account, in one of the two ways that there are.
public sealed interface Bond extends Fact permits DeviceBonded, PacketDeviceBonded {

    Device device();

    ExclusivityDeclaration declaration();
}
