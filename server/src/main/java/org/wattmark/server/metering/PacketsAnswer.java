package org.wattmark.server.metering;

import java.util.List;

/// What came of packets. Those that stand, and those that contradict them, are in the table.
sealed interface PacketsAnswer {

    /// @param refused the others
    record Decided(List<Late> refused) implements PacketsAnswer {}

    /// Other packets of the device were taken since it was looked up which stand: look again.
    record Overtaken() implements PacketsAnswer {}

    /// A packet that came too late.
    ///
    /// @param hash of its signed bytes
    record Late(String hash, String explanation) {}
}
