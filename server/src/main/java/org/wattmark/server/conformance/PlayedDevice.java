package org.wattmark.server.conformance;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.Channel;
import org.wattmark.metering.Device;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.DeviceSigner;
import org.wattmark.metering.Installation;
import org.wattmark.metering.Installation.Mounting;
import org.wattmark.metering.IntervalReading;
import org.wattmark.metering.ReadingBatch;
import org.wattmark.metering.Sha256;
import org.wattmark.metering.SignedBatch;
import org.wattmark.metering.SimulatedPanel;
import org.wattmark.metering.Site;
import org.wattmark.server.client.Answer;
import org.wattmark.server.client.RemoteServer;
import org.wattmark.server.metering.BatchJson;
import org.wattmark.units.Period;

/// The device that the kit plays: 6 kW peak on a fixed roof in Madrid, on clear and cloudy days
/// that are long past. It knows its place in the chain, and steps on when a batch was taken.
final class PlayedDevice {

    static final Site SITE = Site.of("Europe/Madrid", "40.42", "-3.70", 667, "ES");
    static final Installation ROOF = new Installation(6_000, Mounting.FIXED);

    private final RemoteServer server;
    private final Device device;
    private final DeviceSigner signer;
    private long sequence;
    private Sha256 previous = Sha256.NONE;

    PlayedDevice(RemoteServer server, Device device, DeviceSigner signer) {
        this.server = server;
        this.device = device;
        this.signer = signer;
    }

    /// Such a device, for whoever has bonded it.
    static Device bonded(UUID id, UUID owner, DeviceSigner signer, Duration interval) {
        return new Device(
                new DeviceId(id),
                signer.key(),
                owner,
                SITE,
                ROOF,
                AssuranceTier.T2,
                interval,
                true);
    }

    DeviceId id() {
        return device.id();
    }

    long sequence() {
        return sequence;
    }

    Sha256 previous() {
        return previous;
    }

    String path() {
        return "/api/v1/devices/" + device.id() + "/reading-batches";
    }

    /// What a panel there makes on a civil day of UTC.
    List<IntervalReading> day(String date) {
        var start = Instant.parse(date + "T00:00:00Z");
        return new SimulatedPanel(device, 7).readings(Period.starting(start, Duration.ofDays(1)));
    }

    IntervalReading reading(Instant start, long wattHours) {
        return new IntervalReading(Period.starting(start, device.intervalLength()), wattHours);
    }

    /// The next batch of the chain, with these readings.
    ReadingBatch next(List<IntervalReading> readings) {
        return batch(sequence + 1, previous, readings);
    }

    ReadingBatch batch(long number, Sha256 before, List<IntervalReading> readings) {
        return new ReadingBatch(device.id(), Channel.GENERATION, number, before, readings);
    }

    SignedBatch signed(ReadingBatch batch) {
        return signer.sign(batch);
    }

    Answer send(ReadingBatch batch) throws InterruptedException {
        return send(signed(batch));
    }

    Answer send(SignedBatch signed) throws InterruptedException {
        return send(BatchJson.bytes(signed));
    }

    Answer send(byte[] body) throws InterruptedException {
        return server.post(path(), body);
    }

    /// Sends the next batch; once it is taken, the chain goes on behind it.
    Answer step(List<IntervalReading> readings) throws InterruptedException {
        return step(next(readings));
    }

    Answer step(ReadingBatch batch) throws InterruptedException {
        var answer = send(batch);
        if (answer.isSuccess()) {
            sequence = batch.sequence();
            previous = batch.sha256();
        }
        return answer;
    }
}
