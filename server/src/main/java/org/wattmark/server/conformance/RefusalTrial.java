package org.wattmark.server.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.wattmark.metering.DeviceSigner;
import org.wattmark.metering.IntervalReading;
import org.wattmark.metering.ReadingBatch;
import org.wattmark.metering.SignedBatch;
import org.wattmark.metering.SimulatedMeter;
import org.wattmark.server.client.Answer;
import org.wattmark.server.client.RemoteServer;
import org.wattmark.server.conformance.ServerTrial.Expectation;
import org.wattmark.server.metering.BatchJson;
import org.wattmark.server.problem.StrictJson;
import org.wattmark.units.Period;
import tools.jackson.databind.json.JsonMapper;

/// What a batch is refused for before it is held against the chain.
final class RefusalTrial {

    private static final JsonMapper JSON = StrictJson.mapper();

    private static final String DAY = "2025-07-05";

    private static final Instant NOON = Instant.parse(DAY + "T12:00:00Z");

    private static final String INVALID = "400 invalid_value";

    private final PlayedDevice device;
    private final RemoteServer server;
    private final Expectation expect;

    RefusalTrial(PlayedDevice device, RemoteServer server, Expectation expect) {
        this.device = device;
        this.server = server;
        this.expect = expect;
    }

    void run() throws InterruptedException {
        intervals();
        sizes();
        bodies();
        signatures();
        senders();
    }

    private SignedBatch good() {
        return device.signed(device.next(device.day(DAY)));
    }

    private void intervals() throws InterruptedException {
        var noon = device.reading(NOON, 900);
        var later = device.reading(NOON.plus(Duration.ofMinutes(15)), 900);
        var beside = device.reading(NOON.plusSeconds(1), 900);
        refused(ServerRule.INTERVAL_OVERLAP, List.of(noon, noon), "422 readings_overlap");
        refused(ServerRule.INTERVAL_ORDER, List.of(later, noon), "422 readings_out_of_order");
        refused(ServerRule.INTERVAL_ALIGNED, List.of(beside), "422 interval_not_aligned");
        var twice = new IntervalReading(Period.starting(NOON, Duration.ofMinutes(30)), 1_800);
        refused(ServerRule.INTERVAL_LENGTH, List.of(twice), "422 signature_invalid");
    }

    private void refused(ServerRule rule, List<IntervalReading> readings, String expected)
            throws InterruptedException {
        expect.refusal(rule, device.send(device.next(readings)), expected);
    }

    private void sizes() throws InterruptedException {
        var body = BatchJson.of(good());
        var tooMany = new ArrayList<Map<String, Object>>();
        for (int i = 0; i <= ReadingBatch.MAX_READINGS; i++) {
            var start = NOON.plus(Duration.ofMinutes(15).multipliedBy(i));
            tooMany.add(Map.of("start", start.toString(), "watt_hours", 0));
        }
        changed(ServerRule.BATCH_EMPTY, body, "readings", List.of());
        changed(ServerRule.BATCH_OVERSIZE, body, "readings", tooMany);
        changed(ServerRule.SEQUENCE_ZERO, body, "sequence", 0);
        var spaces = " ".repeat(10_000_001).getBytes(UTF_8);
        expect.refusal(ServerRule.BODY_OVERSIZE, device.send(spaces), "413 body_too_large");
    }

    private void changed(ServerRule rule, Map<String, Object> body, String field, Object value)
            throws InterruptedException {
        expect.refusal(rule, send(ServerTrial.with(body, field, value)), INVALID);
    }

    private Answer send(Map<String, Object> body) throws InterruptedException {
        return device.send(JSON.writeValueAsBytes(body));
    }

    private void bodies() throws InterruptedException {
        var body = BatchJson.of(good());
        expect.refusal(
                ServerRule.BODY_MALFORMED,
                device.send("{\"channel\": ".getBytes(UTF_8)),
                "400 malformed_json");
        expect.refusal(
                ServerRule.BODY_UNKNOWN_FIELD,
                send(ServerTrial.with(body, "firmware", "1.0")),
                "400 unknown_field");
        var without = ServerTrial.with(body, "previous", "");
        without.remove("previous");
        expect.refusal(ServerRule.BODY_MISSING_FIELD, send(without), INVALID);
    }

    private void signatures() throws InterruptedException {
        var good = good();
        var forged = "422 signature_invalid";
        expect.refusal(
                ServerRule.SIGNATURE_WRONG, device.send(SimulatedMeter.forged(good)), forged);
        expect.refusal(
                ServerRule.SIGNATURE_KEY,
                device.send(DeviceSigner.withNewKey().sign(good.batch())),
                forged);
        expect.refusal(
                ServerRule.CONTENT_CHANGED,
                device.send(new SignedBatch(oneMore(good.batch()), good.signature())),
                forged);
        var tooShort = Base64.getEncoder().encodeToString(new byte[63]);
        changed(ServerRule.SIGNATURE_SHORT, BatchJson.of(good), "signature", tooShort);
    }

    private ReadingBatch oneMore(ReadingBatch batch) {
        var readings = new ArrayList<>(batch.readings());
        var first = readings.getFirst();
        readings.set(0, new IntervalReading(first.interval(), first.rawWattHours() + 1));
        return device.batch(batch.sequence(), batch.previous(), readings);
    }

    private void senders() throws InterruptedException {
        var nobodys = ServerTrial.nobodys(server);
        expect.refusal(
                ServerRule.DEVICE_UNKNOWN,
                nobodys.send(nobodys.next(nobodys.day(DAY))),
                "404 device_unknown");
        expect.refusal(
                ServerRule.TOKEN_MISSING,
                server.postAsNobody(device.path(), BatchJson.bytes(good())),
                "401 token_missing");
    }
}
