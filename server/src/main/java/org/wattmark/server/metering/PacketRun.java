package org.wattmark.server.metering;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.Finding;
import org.wattmark.metering.IntervalReading;
import org.wattmark.metering.SampleAdmission;
import org.wattmark.metering.SampleInspection.Inspected;
import org.wattmark.metering.SampleIntake;
import org.wattmark.metering.SamplePacket;
import org.wattmark.metering.SampleProgress;
import org.wattmark.metering.Sha256;

/// Packets that came together, held one by one against what their device has sent.
final class PacketRun {

    private final Duration length;
    private final Map<Long, Sha256> standing;
    private final List<PacketsReceived.Taken> taken = new ArrayList<>();
    private final List<SamplePacket> conflicting = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final List<IntervalReading> completed = new ArrayList<>();
    private final List<PacketsAnswer.Late> refused = new ArrayList<>();
    private SampleProgress progress;

    private PacketRun(SampleProgress progress, Duration length, Map<Long, Sha256> standing) {
        this.progress = progress;
        this.length = length;
        this.standing = standing;
    }

    /// @param standing hashes of packets that stand, by second; the last one of all need not be
    ///   among them
    static PacketRun of(
            List<Inspected> packets,
            SampleProgress progress,
            Duration length,
            Map<Long, Sha256> standing) {
        var run = new PacketRun(progress, length, standing);
        packets.forEach(run::add);
        return run;
    }

    private void add(Inspected inspected) {
        var packet = inspected.packet();
        var known = Optional.ofNullable(standing.get(packet.unixSeconds()));
        switch (SampleIntake.admit(inspected, progress, known, length)) {
            case SampleAdmission.Accepted accepted -> {
                progress = accepted.next();
                taken.add(new PacketsReceived.Taken(packet, accepted.milliwattSeconds()));
                completed.addAll(accepted.completed());
                findings.addAll(accepted.findings());
            }
            case SampleAdmission.Conflicting(var finding) -> {
                conflicting.add(packet);
                findings.add(finding);
            }
            case SampleAdmission.Refused(var _, var explanation) ->
                    refused.add(new PacketsAnswer.Late(packet.sha256().hex(), explanation));
            case SampleAdmission.Repeated _ ->
                    throw new IllegalStateException(packet.sha256() + " is known: look it up");
        }
    }

    List<PacketsAnswer.Late> refused() {
        return List.copyOf(refused);
    }

    /// What is to be recorded; empty if all were refused.
    Optional<PacketsReceived> received(DeviceId device) {
        return taken.isEmpty() && conflicting.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new PacketsReceived(
                                device,
                                taken,
                                conflicting,
                                findings.stream().sorted().toList(),
                                completed,
                                progress));
    }
}
