package org.wattmark.server.metering;

import org.wattmark.ledger.Receipt;

/// What came of a list of devices: all of them, or none.
sealed interface ProvisionAnswer {

    record Provisioned(int devices, Receipt receipt) implements ProvisionAnswer {}

    /// @param position in the list of the first that cannot be deposited, from 0
    record Refused(Reason reason, int position) implements ProvisionAnswer {}

    /// In order of precedence: the first that holds is the one reported.
    enum Reason {
        /// Another maker has deposited a device with this id.
        DEVICE_OF_ANOTHER_MAKER,
        /// An owner has bonded it: what opened it then stands.
        DEVICE_ALREADY_BONDED,
        /// It was deposited with another key; a device has one key for good.
        DEVICE_HAS_ANOTHER_KEY,
        /// Another device has the key, whether it sends packets or batches.
        KEY_ALREADY_USED
    }
}
