package org.wattmark.server.metering;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.SignedBatch;
import org.wattmark.units.Period;
import tools.jackson.databind.JsonNode;

/// Signed batches of many devices in one request, over real HTTP.
class ManyBatchesOverHttpTest extends MeterServerTest {

    private static final Instant NOON = Instant.parse("2025-07-01T18:00:00Z");

    private static Period quarter(int number) {
        return Period.starting(NOON.plusSeconds(900L * number), Duration.ofMinutes(15));
    }

    private static Map<String, Object> named(Panel panel, SignedBatch signed) {
        var body = new HashMap<>(wire(signed));
        body.put("device_id", panel.device().id().value());
        return body;
    }

    private HttpResponse<String> send(Owner owner, List<?> batches) {
        return post("/api/v1/reading-batches", owner, Map.of("batches", batches));
    }

    private static List<String> words(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(207);
        return bodyOf(answer)
                .get("outcomes")
                .valueStream()
                .map(ManyBatchesOverHttpTest::word)
                .toList();
    }

    /// Such as `TAKEN 1` or `REFUSED 2 sequence_gap /sequence true`.
    private static String word(JsonNode outcome) {
        var word = outcome.get("status").asString() + " " + outcome.get("sequence").asLong();
        return outcome.hasNonNull("code")
                ? "%s %s %s %s"
                        .formatted(
                                word,
                                outcome.get("code").asString(),
                                outcome.path("pointer").asString(),
                                outcome.get("retryable").asBoolean())
                : word;
    }

    private long stored(Panel panel) {
        return jdbc.sql("select count(*) from interval where device_id = ?")
                .param(panel.device().id().value())
                .query(Long.class)
                .single();
    }

    @Test
    void eachBatchIsToldWhatItWouldBeToldAlone() {
        var owner = newOwner();
        var panels = new ArrayList<Panel>();
        var bodies = new ArrayList<Map<String, Object>>();
        var signed = new ArrayList<SignedBatch>();
        for (int i = 0; i < 5; i++) {
            var panel = bondedPanel(owner, AssuranceTier.T2, 6_000);
            panels.add(panel);
            signed.add(panel.meter().honest(quarter(i)));
            bodies.add(named(panel, signed.get(i)));
        }

        var answer = send(owner, bodies);
        var again = send(owner, bodies);

        assertThat(words(answer)).containsOnly("TAKEN 1");
        assertThat(again.body()).isEqualTo(answer.body());
        for (int i = 0; i < 5; i++) {
            var alone = bodyOf(send(panels.get(i), signed.get(i)));
            assertThat(bodyOf(answer).at("/outcomes/" + i + "/taken")).isEqualTo(alone);
            assertThat(stored(panels.get(i))).isEqualTo(1);
        }
    }

    @Test
    void theBatchesOfADeviceAreTakenInTheirOrder() {
        var panel = bondedPanel();
        var meter = panel.meter();
        var chain = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < 4; i++) {
            chain.add(named(panel, meter.honest(quarter(i))));
        }

        assertThat(words(send(panel.owner(), chain)))
                .containsExactly("TAKEN 1", "TAKEN 2", "TAKEN 3", "TAKEN 4");
        assertThat(stored(panel)).isEqualTo(4);
    }

    @Test
    void aBatchThatIsEarlyIsTakenWhenTheOneBeforeItHasCome() {
        var panel = bondedPanel();
        var meter = panel.meter();
        var chain = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < 3; i++) {
            chain.add(named(panel, meter.honest(quarter(i))));
        }
        var backwards = new ArrayList<>(chain);
        Collections.reverse(backwards);

        assertThat(words(send(panel.owner(), backwards)))
                .containsExactly(
                        "REFUSED 3 sequence_gap /sequence true",
                        "REFUSED 2 sequence_gap /sequence true",
                        "TAKEN 1");
        assertThat(words(send(panel.owner(), chain)))
                .containsExactly("TAKEN 1", "TAKEN 2", "TAKEN 3");
    }

    @Test
    void whatIsWrongWithOneBatchIsItsOwn() {
        var panel = bondedPanel();
        var stranger = bondedPanel();
        var good = named(panel, panel.meter().honest(quarter(0)));
        var unknownField = new HashMap<>(good);
        unknownField.put("colour", "green");
        var noSignature = new HashMap<>(good);
        noSignature.remove("signature");
        var wrongTime = new HashMap<>(good);
        wrongTime.put("readings", List.of(Map.of("start", "noon", "watt_hours", 1)));
        var wrongEnergy = new HashMap<>(good);
        wrongEnergy.put(
                "readings", List.of(Map.of("start", "2025-07-01T18:00:00Z", "watt_hours", 1.5)));
        var forged = new HashMap<>(good);
        forged.put("readings", List.of(Map.of("start", "2025-07-01T18:00:00Z", "watt_hours", 9)));
        var wrongChannel = new HashMap<>(good);
        wrongChannel.put("channel", "HEAT");

        var answer =
                send(
                        panel.owner(),
                        List.of(
                                unknownField,
                                noSignature,
                                wrongTime,
                                wrongEnergy,
                                forged,
                                wrongChannel,
                                named(stranger, stranger.meter().honest(quarter(0))),
                                "no batch",
                                good));

        assertThat(words(answer))
                .containsExactly(
                        "REFUSED 1 invalid_value /colour false",
                        "REFUSED 1 invalid_value /signature false",
                        "REFUSED 1 invalid_value /readings/0/start false",
                        "REFUSED 1 invalid_value /readings/0/watt_hours false",
                        "REFUSED 1 signature_invalid /signature false",
                        "REFUSED 1 invalid_value /channel false",
                        "REFUSED 1 device_unknown  false",
                        "REFUSED 0 invalid_value  false",
                        "TAKEN 1");
        assertThat(bodyOf(answer).at("/outcomes/2/message").asString())
                .contains("'noon' is not a time such as 2026-07-01T12:00:00Z");
    }

    @Test
    void aRequestThatIsWrongAsAWholeIsRefusedAsAWhole() {
        var owner = newOwner();
        var one = Map.of("device_id", "x");

        thenRefused(send(owner, List.of()), 400, "invalid_value");
        thenRefused(send(owner, Collections.nCopies(1_001, one)), 400, "invalid_value");
        assertThat(send(owner, Collections.nCopies(1_001, one)).body()).contains("1000");
        thenRefused(post("/api/v1/reading-batches", owner, List.of(one)), 400, "invalid_value");
        thenRefused(
                send(
                        json(
                                request("/api/v1/reading-batches", owner.token()),
                                "POST",
                                "{\"batches\": [{")),
                400,
                "malformed_json");
    }
}
