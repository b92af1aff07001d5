package org.wattmark.server.metering;

import java.util.UUID;
import org.wattmark.metering.MakerProvision;

/// A device that its maker has deposited, and where the journal says so.
///
/// @param maker the maker's organisation
/// @param receipt the place of the entry that deposited it last
record ProvisionedDevice(
        MakerProvision provision, UUID maker, String model, String serial, long receipt) {}
