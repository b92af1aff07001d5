package org.wattmark.server.metering;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.wattmark.ledger.Entry;
import org.wattmark.metering.Admission.Admitted;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.BatchReceipt;
import org.wattmark.metering.Channel;
import org.wattmark.metering.DeviceProgress;
import org.wattmark.metering.Inspection.Inspected;
import org.wattmark.metering.Intake;
import org.wattmark.metering.IntervalReading;
import org.wattmark.metering.SimulatedMeter;
import org.wattmark.tlog.Merkle;
import org.wattmark.units.Period;

class BatchesOverHttpTest extends MeterServerTest {

    private static final Period JULY_FIRST =
            Period.starting(Instant.parse("2025-07-01T06:00:00Z"), Duration.ofDays(1));
    private static final Period NEXT_DAY = Period.starting(JULY_FIRST.end(), Duration.ofDays(1));
    private static final Period NOON =
            Period.starting(Instant.parse("2025-07-01T19:00:00Z"), Duration.ofMinutes(15));

    @Test
    void aSignedBatchIsStoredAndItsReceiptIsTheLeafInTheJournal() throws Exception {
        var panel = bondedPanel();
        var signed = panel.meter().honest(JULY_FIRST);

        var answer = send(panel, signed);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        var body = bodyOf(answer);
        assertThat(body.get("accepted").asInt()).isEqualTo(96);
        assertThat(body.get("rejected").asInt()).isZero();
        var entry = journalled(answer);
        assertThat(body.at("/receipt/leaf_hash").asString())
                .isEqualTo(Merkle.leafHash(entry.leaf().toByteArray()).hex());
        var admitted =
                (Admitted)
                        Intake.admit(
                                (Inspected) Intake.inspect(signed, panel.device(), Instant.now()),
                                DeviceProgress.NONE);
        var receipt = BatchReceipt.of(admitted, entry.salt().toByteArray());
        assertThat(Entry.Published.of(entry.leaf().toByteArray()).content().toByteArray())
                .isEqualTo(receipt.canonicalBytes());
        assertThat(receipt.energy().wattHours()).isEqualTo(body.get("energy_watt_hours").asLong());
        var received = BatchReceived.of(entry.content().toByteArray());
        assertThat(received.batch()).isEqualTo(signed.batch());
        assertThat(received.signature()).hasValue(signed.signature());
        assertThat(received.findings()).isEqualTo(admitted.findings());
    }

    @Test
    void theSameBatchSentTwiceIsToldTheSameAndStoredOnce() {
        var panel = bondedPanel();
        var signed = panel.meter().honest(JULY_FIRST);

        var first = send(panel, signed);
        var again = send(panel, signed);

        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(stored(panel)).isEqualTo(96);
    }

    @Test
    void aSequenceIsUsedOnceAndNoneIsLeftOut() {
        var panel = bondedPanel();
        var meter = panel.meter();
        var first = meter.honest(JULY_FIRST);
        var second = meter.honest(NEXT_DAY);
        var usurper = panel.meter().honest(NEXT_DAY);

        var tooEarly = send(panel, second);
        send(panel, first);
        var used = send(panel, usurper);
        var inOrder = send(panel, second);

        thenRefused(tooEarly, 409, "sequence_gap");
        thenRefused(used, 409, "sequence_used");
        assertThat(inOrder.statusCode()).as("a gap that closed").isEqualTo(201);
        assertThat(stored(panel)).isEqualTo(192);
    }

    @Test
    void anIntervalIsSpokenOfOnce() {
        var panel = bondedPanel();
        var meter = panel.meter();
        send(panel, meter.honest(JULY_FIRST));

        var answer = send(panel, meter.honest(JULY_FIRST));

        thenRefused(answer, 409, "overlaps_stored");
    }

    @Test
    void aForgedSignatureStoresNothing() {
        var panel = bondedPanel();
        var signed = panel.meter().honest(JULY_FIRST);

        var answer = send(panel, SimulatedMeter.forged(signed));

        thenRefused(answer, 422, "signature_invalid");
        assertThat(stored(panel)).isZero();
        assertThat(send(panel, signed).statusCode()).as("the true one").isEqualTo(201);
    }

    @Test
    void aChangedReadingIsNotWhatWasSigned() {
        var panel = bondedPanel();
        var wire = new HashMap<>(wire(panel.meter().honest(JULY_FIRST)));
        wire.put("sequence", 2);

        var answer = post(panel.path() + "/reading-batches", panel.owner(), wire);

        thenRefused(answer, 422, "signature_invalid");
    }

    @Test
    void generationInTheNightIsRejectedWithFindings() {
        var panel = bondedPanel();

        var body = bodyOf(send(panel, panel.meter().nightGeneration(JULY_FIRST)));
        var kept = bodyOf(get(panel.path() + "/findings?limit=1000", panel.owner()));

        assertThat(body.get("rejected").asInt()).isGreaterThan(10);
        assertThat(body.at("/findings/0/rule").asString()).isEqualTo("NIGHT");
        assertThat(body.at("/findings").size() + body.get("more_findings").asInt())
                .isEqualTo(body.get("rejected").asInt());
        assertThat(stored(panel)).isEqualTo(body.get("accepted").asInt());
        assertThat(kept.at("/data").valueStream())
                .filteredOn(each -> each.get("outcome").asString().equals("REJECT"))
                .hasSize(body.get("rejected").asInt())
                .allMatch(each -> each.get("inputs").has("energy"));
    }

    @Test
    void aBillionKilowattHoursFromOneWattAreRejected() {
        var panel = bondedPanel(newOwner(), AssuranceTier.T2, 1);
        var signed =
                panel.meter()
                        .next(
                                Channel.GENERATION,
                                List.of(new IntervalReading(NOON, 1_000_000_000_000L)));

        var body = bodyOf(send(panel, signed));

        assertThat(body.get("accepted").asInt()).isZero();
        assertThat(body.get("energy_watt_hours").asLong()).isZero();
        assertThat(body.at("/findings/0/rule").asString()).isEqualTo("CAPACITY");
        assertThat(body.at("/findings/0/explanation").asString()).contains("1000000000000 Wh");
        assertThat(stored(panel)).isZero();
    }

    @Test
    void anotherTenantsDeviceDoesNotExist() {
        var panel = bondedPanel();
        var stranger = newOwner();
        var signed = panel.meter().honest(JULY_FIRST);
        var asStranger = new Panel(stranger, panel.device(), panel.signer());

        thenRefused(send(asStranger, signed), 404, "device_unknown");
        thenRefused(get(panel.path(), stranger), 404, "device_unknown");
        thenRefused(get(panel.path() + "/readings", stranger), 404, "device_unknown");
        thenRefused(get(panel.path() + "/findings", stranger), 404, "device_unknown");
        assertThat(bodyOf(get("/api/v1/devices", stranger)).get("data")).isEmpty();
    }

    @Test
    void readingsComeInPagesUntilTheyEnd() {
        var panel = bondedPanel();
        var signed = panel.meter().honest(JULY_FIRST);
        send(panel, signed);
        var path =
                panel.path()
                        + "/readings?limit=40&from="
                        + JULY_FIRST.start()
                        + "&to="
                        + JULY_FIRST.end();

        var first = get(path, panel.owner());
        var second = get(next(first), panel.owner());
        var third = get(next(second), panel.owner());

        assertThat(bodyOf(first).get("data").size()).isEqualTo(40);
        assertThat(bodyOf(second).get("data").size()).isEqualTo(40);
        assertThat(bodyOf(third).get("data").size()).isEqualTo(16);
        assertThat(bodyOf(third).get("has_more").asBoolean()).isFalse();
        assertThat(third.headers().firstValue("Link")).isEmpty();
        assertThat(bodyOf(second).at("/data/0/start").asString())
                .isEqualTo(signed.batch().readings().get(40).interval().start().toString());
    }

    private static String next(HttpResponse<String> page) {
        var link = page.headers().firstValue("Link").orElseThrow();
        return link.substring(1, link.indexOf('>'));
    }

    @Test
    void aBadFieldIsNamedByItsPlace() {
        var panel = bondedPanel();
        var good = wire(panel.meter().honest(JULY_FIRST));

        assertThat(pointer(panel, good, "sequence", 0)).isEqualTo("/sequence");
        assertThat(pointer(panel, good, "previous", "00")).isEqualTo("/previous");
        assertThat(pointer(panel, good, "signature", "?")).isEqualTo("/signature");
        assertThat(pointer(panel, good, "readings", List.of())).isEqualTo("/readings");
        assertThat(
                        pointer(
                                panel,
                                good,
                                "readings",
                                List.of(
                                        Map.of(
                                                "start",
                                                "2025-07-01T19:00:00Z",
                                                "watt_hours",
                                                Long.MAX_VALUE))))
                .isEqualTo("/readings/0/watt_hours");
        assertThat(pointer(panel, good, "readings", Collections.singletonList(null))).isEmpty();
        assertThat(get(panel.path() + "/readings?cursor=x", panel.owner()).statusCode())
                .isEqualTo(400);
    }

    private String pointer(Panel panel, Map<String, Object> good, String field, Object value) {
        var changed = new HashMap<>(good);
        changed.put(field, value);
        var answer = post(panel.path() + "/reading-batches", panel.owner(), changed);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        return bodyOf(answer).at("/errors/0/pointer").asString();
    }

    private long stored(Panel panel) {
        return jdbc.sql("select count(*) from interval where device_id = ?")
                .param(panel.device().id().value())
                .query(Long.class)
                .single();
    }
}
