package org.wattmark.server.metering;

import org.wattmark.metering.Device;
import org.wattmark.metering.ExclusivityDeclaration;

/// A device and what bonds it.
///
/// @param receipt the place of the bond's entry in the journal
public record BondedDevice(Bond bond, long receipt) {

    public Device device() {
        return bond.device();
    }

    public ExclusivityDeclaration declaration() {
        return bond.declaration();
    }
}
