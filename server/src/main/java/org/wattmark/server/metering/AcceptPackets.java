package org.wattmark.server.metering;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.wattmark.ledger.Command;
import org.wattmark.metering.Device;
import org.wattmark.metering.SampleInspection.Inspected;
import org.wattmark.metering.Sha256;
import org.wattmark.units.Canonical;

/// Asks to take in packets that were inspected and are not known yet. What is known depends on what
/// was taken before, so its id is made of that too: an answer stands for this content at that time.
///
/// @param account who sends them, as the token says: the device's owner
/// @param packets in the order of time, each once
/// @param standing hashes of packets that stand, by their second, where `packets` have that second
/// @param seen the place of the device's last entry of packets when `standing` was looked up
record AcceptPackets(
        UUID account, Device device, List<Inspected> packets, Map<Long, Sha256> standing, long seen)
        implements Command<PacketsAnswer> {

    AcceptPackets {
        packets = List.copyOf(packets);
        standing = Map.copyOf(standing);
    }

    @Override
    public UUID id() {
        return ContentId.of(content());
    }

    @Override
    public byte[] content() {
        var bytes =
                Canonical.of("wattmark/accept-packets/v1")
                        .id(account)
                        .id(device.id().value())
                        .number(seen)
                        .number(packets.size());
        packets.forEach(each -> bytes.bytes(each.packet().toByteArray()));
        return bytes.toByteArray();
    }

    @Override
    public PacketsAnswer idStandsForAnother() {
        throw new AssertionError("the id is made of the content");
    }
}
