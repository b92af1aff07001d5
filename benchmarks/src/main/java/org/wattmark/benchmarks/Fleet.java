package org.wattmark.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.Device;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.DeviceSigner;
import org.wattmark.metering.Installation;
import org.wattmark.metering.Installation.Mounting;
import org.wattmark.metering.IntervalReading;
import org.wattmark.metering.Sha256;
import org.wattmark.metering.SignedBatch;
import org.wattmark.metering.SimulatedPanel;
import org.wattmark.metering.Site;
import org.wattmark.units.Period;

/// Many meters on one roof, who all measure the same: an honest panel under clouds. Each sends its
/// next readings in batches of any size; what is signed beforehand costs no time when it is sent.
final class Fleet {

    private static final Instant BEGIN = Instant.parse("2024-03-01T00:00:00Z");
    private static final Duration SPAN = Duration.ofDays(240);

    private final List<Meter> meters = new ArrayList<>();
    private final int[] next;
    private final List<IntervalReading> measured;

    private Fleet(int size) {
        next = new int[size];
        var site = Site.of("America/Denver", "39.742", "-105.173", 1830, "US");
        var panel =
                new Device(
                        new DeviceId(new UUID(0, 1)),
                        DeviceSigner.withNewKey().key(),
                        new UUID(0, 2),
                        site,
                        new Installation(Meter.WATTS_PEAK, Mounting.FIXED),
                        AssuranceTier.T2,
                        Device.DEFAULT_INTERVAL,
                        true);
        measured =
                new SimulatedPanel(panel, 7)
                        .readings(Period.starting(BEGIN, SPAN)).stream()
                                .map(Fleet::countedForwards)
                                .toList();
    }

    /// What an inverter draws by night is not counted: it would be a finding for each interval.
    private static IntervalReading countedForwards(IntervalReading reading) {
        return new IntervalReading(reading.interval(), Math.max(0, reading.rawWattHours()));
    }

    static Fleet bonded(int size, ApiClient owner) throws IOException, InterruptedException {
        var fleet = new Fleet(size);
        for (int i = 0; i < size; i++) {
            fleet.meters.add(Meter.bonded(owner));
        }
        return fleet;
    }

    List<Meter> meters() {
        return meters;
    }

    /// A day of readings, as all of them measure it.
    List<IntervalReading> day() {
        return measured.subList(0, 96);
    }

    /// Meters go on behind the last batch that the server has of each.
    void resume(JdbcClient jdbc) {
        for (int i = 0; i < meters.size(); i++) {
            int meter = i;
            jdbc.sql(
                            """
                            select last_sequence, last_batch,
                                (select sum(accepted) from reading_batch
                                    where reading_batch.device_id = device_progress.device_id)
                                    as accepted
                            from device_progress where device_id = ?
                            """)
                    .param(meters.get(i).id().value())
                    .query(row -> {
                        next[meter] = row.getInt("accepted");
                        meters.get(meter)
                                .resume(
                                        row.getLong("last_sequence"),
                                        Sha256.ofDigest(row.getBytes("last_batch")));
                    });
        }
    }

    /// A meter's next batch.
    SignedBatch next(int meter, int readings) {
        int from = next[meter];
        next[meter] = from + readings;
        return meters.get(meter).next(measured.subList(from, from + readings));
    }

    /// Takes back batches that were not taken, the last first.
    void takeBack(int meter, SignedBatch batch) {
        next[meter] -= batch.batch().readings().size();
        meters.get(meter).resume(batch.batch().sequence() - 1, batch.batch().previous());
    }

    /// A request with a batch of each of some meters.
    ///
    /// @param batches in the order of their places in the request
    /// @param first the first meter
    @SuppressWarnings("ArrayRecordComponent") // megabytes that are sent once and never compared
    record Bulk(byte[] body, int first, List<SignedBatch> batches) {

        int intervals() {
            return batches.stream().mapToInt(each -> each.batch().readings().size()).sum();
        }
    }

    Bulk bulk(int firstMeter, int count, int readings) {
        var json = new StringBuilder(count * (280 + 55 * readings)).append("{\"batches\":[");
        var batches = new ArrayList<SignedBatch>();
        for (int i = 0; i < count; i++) {
            var signed = next(firstMeter + i, readings);
            batches.add(signed);
            if (i > 0) {
                json.append(',');
            }
            Meter.write(signed, true, json);
        }
        var body = json.append("]}").toString().getBytes(StandardCharsets.ISO_8859_1);
        return new Bulk(body, firstMeter, batches);
    }
}
