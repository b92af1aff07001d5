package org.wattmark.server.metering;

import java.util.HashSet;
import java.util.Optional;
import org.wattmark.ledger.Entry;
import org.wattmark.ledger.Machine;
import org.wattmark.ledger.StagedMap;
import org.wattmark.ledger.Staging;
import org.wattmark.metering.Bonding;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.DeviceKey;
import org.wattmark.metering.MakerId;
import org.wattmark.server.ledger.CommandHandlers;
import org.wattmark.server.metering.DevicesProvisioned.Deposit;

/// Devices that send packets: what their makers have deposited, who bonded them, and how far each
/// has come. What their packets add up to are readings like all others, which [Meters] keeps.
public final class PacketMeters implements Machine {

    static final String PROVISIONS = "maker_provision";
    static final String PROGRESS = "sample_progress";

    private final Staging staging;
    private final Meters meters;
    private final StagedMap<MakerId, ProvisionedDevice> provisions;
    private final StagedMap<DeviceId, PacketProgress> progress;

    public PacketMeters(Staging staging, Meters meters) {
        this.staging = staging;
        this.meters = meters;
        this.provisions = staging.map(PROVISIONS);
        this.progress = staging.map(PROGRESS);
        staging.add(this);
    }

    /// What the sequencer has this machine decide.
    public CommandHandlers commands() {
        return CommandHandlers.of(ProvisionDevices.class, ProvisionAnswer.class, this::provision)
                .and(BondPacketDevice.class, BondAnswer.class, this::bond)
                .and(AcceptPackets.class, PacketsAnswer.class, this::accept);
    }

    ProvisionAnswer provision(ProvisionDevices command) {
        var devices = command.list().devices();
        var keys = new HashSet<DeviceKey>();
        for (int i = 0; i < devices.size(); i++) {
            var obstacle = obstacleTo(devices.get(i), command.list());
            if (obstacle.isEmpty() && !keys.add(devices.get(i).provision().key())) {
                obstacle = Optional.of(ProvisionAnswer.Reason.KEY_ALREADY_USED);
            }
            if (obstacle.isPresent()) {
                return new ProvisionAnswer.Refused(obstacle.get(), i);
            }
        }
        var entry = staging.record(command.list());
        return new ProvisionAnswer.Provisioned(devices.size(), entry.receipt());
    }

    private Optional<ProvisionAnswer.Reason> obstacleTo(Deposit deposit, DevicesProvisioned list) {
        var provision = deposit.provision();
        var before = provisions.get(provision.device());
        if (before != null && !before.maker().equals(list.maker())) {
            return Optional.of(ProvisionAnswer.Reason.DEVICE_OF_ANOTHER_MAKER);
        }
        if (before != null && meters.isBonded(before.provision().key())) {
            return Optional.of(ProvisionAnswer.Reason.DEVICE_ALREADY_BONDED);
        }
        if (before != null && !before.provision().key().equals(provision.key())) {
            return Optional.of(ProvisionAnswer.Reason.DEVICE_HAS_ANOTHER_KEY);
        }
        return before == null && meters.isTaken(provision.key())
                ? Optional.of(ProvisionAnswer.Reason.KEY_ALREADY_USED)
                : Optional.empty();
    }

    BondAnswer bond(BondPacketDevice command) {
        var bonded = command.bonded();
        var provisioned = provisions.get(bonded.makerId());
        if (provisioned == null
                || provisioned.receipt() != bonded.provision()
                || !provisioned.provision().key().equals(bonded.device().key())
                || !provisioned.provision().secret().equals(command.secret())) {
            return new BondAnswer.Refused(Bonding.Reason.SECRET_OPENS_NOTHING);
        }
        var obstacle = meters.obstacleTo(bonded);
        if (obstacle.isPresent()) {
            return new BondAnswer.Refused(obstacle.get());
        }
        var entry = staging.record(bonded);
        return new BondAnswer.Bonded(bonded.device().id().value(), entry.receipt());
    }

    PacketsAnswer accept(AcceptPackets command) {
        var device = command.device();
        var before = progressOf(device.id());
        if (before.receipt() != command.seen()) {
            return new PacketsAnswer.Overtaken();
        }
        var run =
                PacketRun.of(
                        command.packets(),
                        before.progress(),
                        device.intervalLength(),
                        command.standing());
        var received = run.received(device.id());
        if (received.isPresent()) {
            var entry = staging.record(received.get());
            staging.write(new PacketTable.Row(received.get(), entry.sequence()));
            meters.takeCompleted(received.get(), device);
        }
        return new PacketsAnswer.Decided(run.refused());
    }

    private PacketProgress progressOf(DeviceId device) {
        return progress.getOrDefault(device, PacketProgress.NONE);
    }

    @Override
    public void apply(Entry entry) {
        switch (entry.fact()) {
            case DevicesProvisioned list -> apply(list, entry.sequence());
            case PacketsReceived received ->
                    progress.put(
                            received.device(),
                            progressOf(received.device()).after(received, entry.sequence()));
            default -> {}
        }
    }

    private void apply(DevicesProvisioned list, long sequence) {
        for (var each : list.devices()) {
            provisions.put(
                    each.provision().device(),
                    new ProvisionedDevice(
                            each.provision(), list.maker(), each.model(), each.serial(), sequence));
        }
    }
}
