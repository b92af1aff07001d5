package org.wattmark.server.metering;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.wattmark.ledger.Commitment;
import org.wattmark.metering.Channel;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.Finding;
import org.wattmark.metering.IntervalReading;
import org.wattmark.metering.SamplePacket;
import org.wattmark.metering.SampleProgress;
import org.wattmark.units.Canonical;
import org.wattmark.units.Canonical.Malformed;
import org.wattmark.units.Canonical.Reader;

/// Packets of one device were taken in, or found to contradict others. The log shows how many, and
/// the energy between them; their bytes are private content that it commits to.
///
/// @param taken in the order of time
/// @param conflicting those of a second that has another packet
/// @param findings by time
/// @param completed intervals that the packets completed
/// @param next the device's progress after them; its last sample is that of the last packet, and is
///   left out here
public record PacketsReceived(
        DeviceId device,
        List<Taken> taken,
        List<SamplePacket> conflicting,
        List<Finding> findings,
        List<IntervalReading> completed,
        SampleProgress next)
        implements CompletesIntervals {

    public static final String DOMAIN = "wattmark/packets-received/v1";
    public static final String PUBLISHED_DOMAIN = "wattmark/packets-receipt/v1";

    public PacketsReceived {
        taken = List.copyOf(taken);
        conflicting = List.copyOf(conflicting);
        findings = List.copyOf(findings);
        completed = List.copyOf(completed);
        next = SampleBytes.withLast(next, Optional.empty());
    }

    /// @param milliwattSeconds the energy since the packet before
    public record Taken(SamplePacket packet, long milliwattSeconds) {}

    @Override
    public Channel channel() {
        return Channel.GENERATION;
    }

    /// The last packet that was taken; empty if none was.
    Optional<SamplePacket> last() {
        return taken.isEmpty() ? Optional.empty() : Optional.of(taken.getLast().packet());
    }

    @Override
    public byte[] content() {
        var bytes = Canonical.of(DOMAIN).id(device.value()).number(taken.size());
        for (var each : taken) {
            bytes.bytes(each.packet().toByteArray()).number(each.milliwattSeconds());
        }
        bytes.number(conflicting.size());
        conflicting.forEach(each -> bytes.bytes(each.toByteArray()));
        bytes.bytes(Finding.canonicalBytes(findings));
        IntervalBytes.write(bytes, completed);
        return SampleBytes.write(bytes, next).toByteArray();
    }

    @Override
    public byte[] published(byte[] salt) {
        return Canonical.of(PUBLISHED_DOMAIN)
                .id(device.value())
                .number(taken.size())
                .number(conflicting.size())
                .number(milliwattSeconds())
                .bytes(Commitment.to(content(), salt))
                .toByteArray();
    }

    private long milliwattSeconds() {
        return taken.stream().mapToLong(Taken::milliwattSeconds).reduce(0, Math::addExact);
    }

    @Override
    public boolean isSalted() {
        return true;
    }

    /// Reads [#content].
    public static PacketsReceived of(byte[] content) throws Malformed {
        var reader = Reader.of(DOMAIN, content);
        try {
            var device = new DeviceId(reader.id());
            var taken = new ArrayList<Taken>();
            for (long left = reader.number(); left > 0; left--) {
                taken.add(new Taken(SamplePacket.read(reader.bytes()), reader.number()));
            }
            var conflicting = new ArrayList<SamplePacket>();
            for (long left = reader.number(); left > 0; left--) {
                conflicting.add(SamplePacket.read(reader.bytes()));
            }
            var findings = FindingBytes.read(reader.bytes());
            var completed = IntervalBytes.read(reader);
            var next = SampleBytes.read(reader);
            reader.end();
            return new PacketsReceived(device, taken, conflicting, findings, completed, next);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new Malformed("not packets: " + e.getMessage());
        }
    }
}
