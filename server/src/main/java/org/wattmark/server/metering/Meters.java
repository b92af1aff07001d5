package org.wattmark.server.metering;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.wattmark.ledger.Entry;
import org.wattmark.ledger.Machine;
import org.wattmark.ledger.StagedMap;
import org.wattmark.ledger.Staging;
import org.wattmark.metering.Admission;
import org.wattmark.metering.Bonding;
import org.wattmark.metering.Channel;
import org.wattmark.metering.Coverage;
import org.wattmark.metering.Device;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.DeviceKey;
import org.wattmark.metering.DeviceProgress;
import org.wattmark.metering.ExclusivityDeclaration.ExternalId;
import org.wattmark.metering.Finding.Outcome;
import org.wattmark.metering.Inspection.Inspected;
import org.wattmark.metering.Intake;
import org.wattmark.metering.MakerId;
import org.wattmark.metering.ReadingBatch;
import org.wattmark.registry.ClaimSubmitted;
import org.wattmark.registry.GranularRequested;
import org.wattmark.server.ledger.CommandHandlers;
import org.wattmark.units.Period;
import org.wattmark.verification.Claim;

/// All bonded devices and how far each has come. One device, one key, one owner.
///
/// A claim that is submitted closes its period for each of its series, for good, and so does the
/// wish for granular certificates its hours: what arrives later is stored and marked late, and no
/// claim can take it. A refusal frees what was there for another claim, but does not open the
/// period again. So nobody gains by learning why a claim was refused and then sending the readings
/// that it lacked.
public final class Meters implements Machine {

    static final String DEVICES = "device";
    static final String KEYS = "device_key";
    static final String EXTERNAL_IDS = "device_external_id";
    static final String PROGRESS = "device_progress";
    static final String PACKET_KEYS = "maker_key";

    private final Staging staging;
    private final LateReadings lateReadings;
    private final StagedMap<DeviceId, BondedDevice> devices;
    private final StagedMap<DeviceKey, DeviceId> keys;
    private final StagedMap<DeviceKey, MakerId> packetKeys;
    private final StagedMap<ExternalId, UUID> externalIds;
    private final StagedMap<DeviceId, DeviceProgress> progress;

    /// Of which nobody is told what came late.
    public Meters(Staging staging) {
        this(staging, LateReadings.NOTHING);
    }

    public Meters(Staging staging, LateReadings lateReadings) {
        this.staging = staging;
        this.lateReadings = lateReadings;
        this.devices = staging.map(DEVICES);
        this.keys = staging.map(KEYS);
        this.packetKeys = staging.map(PACKET_KEYS);
        this.externalIds = staging.map(EXTERNAL_IDS);
        this.progress = staging.map(PROGRESS);
        staging.add(this);
    }

    /// What the sequencer has this machine decide.
    public CommandHandlers commands() {
        return CommandHandlers.of(BondDevice.class, BondAnswer.class, this::bond)
                .and(AcceptReadings.class, BatchAnswer.class, this::accept);
    }

    BondAnswer bond(BondDevice command) {
        var bonding =
                command.challenge()
                        .answered(
                                command.account(),
                                command.declaration(),
                                command.signature(),
                                staging.now());
        if (bonding instanceof Bonding.Refused(var reason)) {
            return new BondAnswer.Refused(reason);
        }
        var bonded = command.bonded();
        var obstacle = obstacleTo(bonded);
        if (obstacle.isPresent()) {
            return new BondAnswer.Refused(obstacle.get());
        }
        var entry = staging.record(bonded);
        return new BondAnswer.Bonded(bonded.device().id().value(), entry.receipt());
    }

    /// What keeps a bond from being made, if something does.
    Optional<Bonding.Reason> obstacleTo(Bond bond) {
        var device = bond.device();
        if (devices.containsKey(device.id())) {
            return Optional.of(Bonding.Reason.DEVICE_ALREADY_BONDED);
        }
        if (isBonded(device.key())) {
            return Optional.of(Bonding.Reason.KEY_ALREADY_BONDED);
        }
        if (device.makerId().isEmpty() && packetKeys.containsKey(device.key())) {
            return Optional.of(Bonding.Reason.KEY_SERVES_PACKETS);
        }
        return bond.declaration().externalIds().stream()
                        .anyMatch(id -> belongsToAnother(id, device.owner()))
                ? Optional.of(Bonding.Reason.EXTERNAL_ID_ALREADY_DECLARED)
                : Optional.empty();
    }

    boolean isOwner(DeviceId device, UUID account) {
        var bonded = devices.get(device);
        return bonded != null && bonded.device().owner().equals(account);
    }

    boolean isBonded(DeviceKey key) {
        return keys.containsKey(key);
    }

    /// Whether some device is bonded by the key, or a maker has deposited it.
    boolean isTaken(DeviceKey key) {
        return isBonded(key) || packetKeys.containsKey(key);
    }

    private boolean belongsToAnother(ExternalId id, UUID owner) {
        return !externalIds.getOrDefault(comparable(id), owner).equals(owner);
    }

    /// People write one id in several ways.
    private static ExternalId comparable(ExternalId id) {
        return new ExternalId(
                id.scheme().strip().toLowerCase(Locale.ROOT),
                id.id().strip().toLowerCase(Locale.ROOT));
    }

    BatchAnswer accept(AcceptReadings command) {
        var device = command.inspected().batch().device();
        return switch (Intake.admit(command.inspected(), progressOf(device))) {
            case Admission.Refused(var reason, var explanation) ->
                    new BatchAnswer.Refused(reason, explanation);
            case Admission.Admitted admitted ->
                    take(
                            new BatchReceived(
                                    admitted.batch(), command.signature(), admitted.findings()));
        };
    }

    /// Takes in intervals that other readings of a device completed, as its next batches. The fact
    /// that completed them vouches for them and is the entry before.
    void takeCompleted(CompletesIntervals source, Device device) {
        for (var run : ReadingBatch.runs(source.completed())) {
            var before = progressOf(device.id());
            var batch =
                    new ReadingBatch(
                            device.id(),
                            source.channel(),
                            before.lastSequence() + 1,
                            before.lastBatch(),
                            run);
            // They are complete because time has passed them.
            var receivedAt = run.getLast().interval().end();
            if (!(Intake.inspectUnsigned(batch, device, receivedAt) instanceof Inspected inspected)
                    || !(Intake.admit(inspected, before) instanceof Admission.Admitted admitted)) {
                throw new IllegalStateException("completed intervals of " + device.id() + " clash");
            }
            var _ = take(new BatchReceived(batch, Optional.empty(), admitted.findings()));
        }
    }

    BatchAnswer take(BatchReceived received) {
        var entry = staging.record(received);
        staging.write(new BatchTable.Row(received, entry.sequence()));
        lateReadings.came(received);
        var batch = received.batch();
        var accepted = received.accepted();
        var notable =
                received.findings().stream()
                        .filter(finding -> finding.outcome() != Outcome.INFO)
                        .toList();
        var shown = notable.stream().limit(BatchAnswer.MOST_FINDINGS).toList();
        return new BatchAnswer.Taken(
                batch.device().value(),
                batch.channel(),
                batch.sequence(),
                entry.receipt(),
                accepted.size(),
                batch.readings().size() - accepted.size(),
                BatchReceived.energyOf(accepted).wattHours(),
                shown.stream().map(BatchAnswer.Found::of).toList(),
                notable.size() - shown.size());
    }

    @Override
    public void apply(Entry entry) {
        switch (entry.fact()) {
            case Bond bond -> apply(bond, entry.sequence());
            case DevicesProvisioned list ->
                    list.devices().stream()
                            .map(DevicesProvisioned.Deposit::provision)
                            .forEach(each -> packetKeys.put(each.key(), each.device()));
            case BatchReceived received -> apply(received);
            case ImportUndone undone ->
                    progress.put(
                            undone.device(),
                            progressOf(undone.device()).without(undone.channel(), undone.stated()));
            case ClaimSubmitted(var claim) ->
                    claim.series().forEach(each -> close(each, claim.monitoringPeriod()));
            case GranularRequested(var issuance) ->
                    issuance.hours().forEach(run -> close(issuance.series(), run));
            default -> {}
        }
    }

    private void apply(Bond bonded, long sequence) {
        var device = bonded.device();
        devices.put(device.id(), new BondedDevice(bonded, sequence));
        keys.put(device.key(), device.id());
        for (var id : bonded.declaration().externalIds()) {
            externalIds.put(comparable(id), device.owner());
        }
    }

    private void apply(BatchReceived received) {
        var batch = received.batch();
        var before = progressOf(batch.device());
        progress.put(
                batch.device(),
                new DeviceProgress(
                        batch.sequence(),
                        received.hash(),
                        with(before.stated(), batch.channel(), received.stated()),
                        before.closed()));
    }

    private static Map<Channel, Coverage> with(
            Map<Channel, Coverage> before, Channel channel, Coverage more) {
        if (more.isEmpty()) {
            return before; // a batch of nothing but "no data"
        }
        var after = new EnumMap<Channel, Coverage>(Channel.class);
        after.putAll(before);
        after.merge(channel, more, Coverage::plus);
        return after;
    }

    private void close(Claim.Series series, Period period) {
        progress.put(
                series.device(), progressOf(series.device()).closing(series.channel(), period));
    }

    DeviceProgress progressOf(DeviceId device) {
        return progress.getOrDefault(device, DeviceProgress.NONE);
    }
}
