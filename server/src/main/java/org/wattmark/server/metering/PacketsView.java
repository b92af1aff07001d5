package org.wattmark.server.metering;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.wattmark.ledger.Receipt;

/// What came of packets, of which one at least stands. It is made of what is kept of each packet,
/// so the same packets are told the same, however they come again.
///
/// @param packets those that stand, in the order of time
/// @param notTaken the others, in the order in which they came
public record PacketsView(UUID deviceId, List<Standing> packets, List<NotTaken> notTaken) {

    /// @param sha256 of the 52 signed bytes
    /// @param milliwattSeconds the energy since the packet before
    public record Standing(Instant at, String sha256, long milliwattSeconds, Receipt receipt) {}

    /// @param position among the packets that were sent, from 0
    /// @param code says why, as problems do
    public record NotTaken(int position, String code, String explanation) {}
}
