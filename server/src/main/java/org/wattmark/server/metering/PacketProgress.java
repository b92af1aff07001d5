package org.wattmark.server.metering;

import java.util.Optional;
import org.wattmark.metering.SamplePacket;
import org.wattmark.metering.SampleProgress;

/// How far a device has come that sends packets, and by which entry.
///
/// @param last the packet of the progress' last sample
/// @param receipt the place of the device's last entry of packets, -1 before the first: whoever
///   knows it knows all packets that stand
record PacketProgress(Optional<SamplePacket> last, SampleProgress progress, long receipt) {

    static final PacketProgress NONE =
            new PacketProgress(Optional.empty(), SampleProgress.NONE, -1);

    /// What an entry makes of it: without a packet that was taken, the last one stays.
    PacketProgress after(PacketsReceived received, long sequence) {
        var latest = received.last().or(() -> last);
        return new PacketProgress(latest, SampleBytes.withLast(received.next(), latest), sequence);
    }
}
