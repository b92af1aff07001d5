package org.wattmark.server.walk;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.Channel;
import org.wattmark.metering.Device;
import org.wattmark.metering.DeviceSigner;
import org.wattmark.metering.Installation;
import org.wattmark.metering.IntervalReading;
import org.wattmark.metering.ReadingBatch;
import org.wattmark.metering.SignedBatch;
import org.wattmark.metering.SimulatedMeter;
import org.wattmark.metering.SimulatedPanel;
import org.wattmark.metering.Site;
import org.wattmark.server.metering.BatchJson;
import org.wattmark.server.metering.BondJson;
import org.wattmark.units.Period;

/// A proponent with a roof, a meter on it, and a project: what most stories begin with.
final class Household {

    final Client client;
    final UUID project = UUID.randomUUID();
    private final Site site;
    private final Installation installation;
    private final boolean simulated;
    private final DeviceSigner signer = DeviceSigner.withNewKey();
    private final Device device;
    private final SimulatedMeter meter;

    /// Registers the project and bonds the meter.
    Household(Client client, Site site, Installation installation, boolean simulated) {
        this.client = client;
        this.site = site;
        this.installation = installation;
        this.simulated = simulated;
        client.created(
                "/api/v1/projects",
                Map.of(
                        "id",
                        project,
                        "title",
                        "Roof of a test",
                        "region",
                        site.country(),
                        "zone",
                        site.zone().getId()));
        this.device = bond();
        this.meter = new SimulatedMeter(new SimulatedPanel(asSimulated(device), 1), signer);
    }

    /// A story's readings are made up in any case; whether its device says so is its own matter.
    private static Device asSimulated(Device device) {
        return new Device(
                device.id(),
                device.key(),
                device.owner(),
                device.site(),
                device.installation(),
                device.tier(),
                device.intervalLength(),
                true);
    }

    private Device bond() {
        var asked =
                BondJson.asked(
                        client.created("/api/v1/bond-challenges", BondJson.challenge(signer.key())),
                        signer.key());
        var bonded =
                new Device(
                        asked.device(),
                        signer.key(),
                        asked.owner(),
                        site,
                        installation,
                        AssuranceTier.T2,
                        Device.DEFAULT_INTERVAL,
                        simulated);
        client.created("/api/v1/devices", BondJson.bond(asked, signer, bonded));
        return bonded;
    }

    UUID deviceId() {
        return device.id().value();
    }

    List<IntervalReading> simulatedReadings(Period period) {
        return new SimulatedPanel(asSimulated(device), 1).readings(period);
    }

    /// Sends readings in as many signed batches as they need, and returns what was rejected.
    long send(List<IntervalReading> readings) {
        long rejected = 0;
        for (var run : ReadingBatch.runs(readings)) {
            var answer = client.created(batches(), body(meter.next(Channel.GENERATION, run)));
            rejected += answer.path("rejected").asLong();
        }
        return rejected;
    }

    /// Sends what was taken from the grid.
    void sendImports(List<IntervalReading> readings) {
        client.created(batches(), body(meter.next(Channel.IMPORT, readings)));
    }

    String batches() {
        return "/api/v1/devices/" + deviceId() + "/reading-batches";
    }

    static Map<String, ?> body(SignedBatch signed) {
        return BatchJson.of(signed);
    }

    /// What a claim on this period says.
    Map<String, ?> claim(UUID id, Period period) {
        return Map.of(
                "id",
                id,
                "project",
                project,
                "devices",
                List.of(deviceId()),
                "monitoring_period",
                Map.of(
                        "start", period.start().toString(),
                        "end", period.end().toString()),
                "exclusivity_declared",
                true);
    }
}
