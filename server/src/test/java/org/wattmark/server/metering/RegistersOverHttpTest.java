package org.wattmark.server.metering;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.wattmark.metering.AssuranceTier;
import tools.jackson.databind.JsonNode;

class RegistersOverHttpTest extends MeterServerTest {

    private static final String NINE_WATT_HOURS =
            """
            interval_start,watt_hours
            2025-07-01T12:15:00Z,9
            """;

    @Test
    void countsBecomeIntervalsAndNoWattHourIsLost() {
        var panel = withRegister(100_000);
        read(panel, "12:00:00Z 5000");

        var answer = read(panel, "12:15:00Z 5400", "12:50:00Z 6000");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        var body = bodyOf(answer);
        assertThat(body.get("watt_hours").asLong()).isEqualTo(1_000);
        assertThat(body.get("intervals").asInt()).isEqualTo(3);
        assertThat(wattHours(panel)).containsExactly(400L, 257L, 257L);
        var register = bodyOf(get(panel.path() + "/registers", panel.owner())).at("/registers/0");
        assertThat(register.get("open_watt_hours").asLong()).isEqualTo(86);
        assertThat(register.at("/last/watt_hours").asLong()).isEqualTo(6_000);
        assertThat(rules(panel)).containsExactly("SPREAD");
    }

    @Test
    void aRegisterThatWentRoundCountsOn() {
        var panel = withRegister(100_000);
        read(panel, "12:00:00Z 99900");

        var answer = read(panel, "12:15:00Z 100");

        assertThat(bodyOf(answer).get("watt_hours").asLong()).isEqualTo(200);
        assertThat(rules(panel)).containsExactly("ROLL_OVER");
    }

    @Test
    void aCountThatFellIsRefusedUntilAResetExplainsIt() {
        var panel = withRegister(100_000);
        read(panel, "12:00:00Z 50000");

        var fell = read(panel, "12:30:00Z 200");
        var reset =
                post(
                        panel,
                        "/resets",
                        Map.of(
                                "at",
                                "2025-07-01T12:15:00Z",
                                "last_watt_hours",
                                50_300,
                                "first_watt_hours",
                                0,
                                "register",
                                register(1_000_000)));
        var after = read(panel, "12:30:00Z 200");

        thenRefused(fell, 409, "runs_backwards");
        assertThat(fell.body()).contains("the count fell from 50000 to 200 Wh");
        assertThat(reset.statusCode()).as(reset.body()).isEqualTo(201);
        assertThat(after.statusCode()).as(after.body()).isEqualTo(201);
        assertThat(wattHours(panel)).containsExactly(300L, 200L);
        var register = bodyOf(get(panel.path() + "/registers", panel.owner())).at("/registers/0");
        assertThat(register.get("rolls_over_at_watt_hours").asLong()).isEqualTo(1_000_000);
    }

    @Test
    void moreThanCanFlowIsRefusedAndNothingOfTheRequestIsTaken() {
        var panel = withRegister(100_000);
        read(panel, "12:00:00Z 5000");

        var answer = read(panel, "12:15:00Z 5400", "12:30:00Z 9000");

        thenRefused(answer, 409, "above_the_bound");
        assertThat(bodyOf(answer).at("/errors/0/pointer").asString()).isEqualTo("/readings/1");
        assertThat(answer.body()).contains("3600 Wh in 900 s; at most 2751 Wh flow");
        assertThat(wattHours(panel)).isEmpty();
    }

    @Test
    void theSameRequestIsToldTheSameAndTheSameCountIsNothingNew() {
        var panel = withRegister(100_000);
        var key = UUID.randomUUID().toString();
        var counts = counts("12:00:00Z 5000");

        var first = post(panel, "/readings", counts, key);
        var again = post(panel, "/readings", counts, key);
        var other = post(panel, "/readings", counts("12:15:00Z 5001"), key);
        var newKey = post(panel, "/readings", counts);

        assertThat(again.body()).isEqualTo(first.body());
        thenRefused(other, 409, "id_stands_for_another");
        assertThat(newKey.statusCode()).as("the last count again").isEqualTo(204);
    }

    @Test
    void anotherCountForTheSameSecondIsAConflictAndTheFirstStands() {
        var panel = withRegister(100_000);
        read(panel, "12:00:00Z 5000");

        var answer = read(panel, "12:00:00Z 5001");

        assertThat(bodyOf(answer).get("conflicting").asInt()).isEqualTo(1);
        assertThat(bodyOf(answer).get("readings").asInt()).isZero();
        assertThat(rules(panel)).containsExactly("CONFLICT");
        assertThat(bodyOf(read(panel, "12:15:00Z 5010")).get("watt_hours").asLong()).isEqualTo(10);
    }

    @Test
    void whatAFileHasSaidIsNotCountedAgain() {
        var panel = withRegister(100_000);
        var file =
                send(
                        request(panel.path() + "/imports?channel=IMPORT", panel.owner().token())
                                .header("Content-Type", "text/csv")
                                .POST(BodyPublishers.ofString(NINE_WATT_HOURS)));
        assertThat(file.statusCode()).as(file.body()).isEqualTo(201);
        read(panel, "12:00:00Z 5000");

        var answer = read(panel, "12:30:00Z 5100");

        thenRefused(answer, 409, "overlaps_stored");
    }

    @Test
    void aRegisterIsDeclaredBeforeItIsReadAndKeepsItsWidth() {
        var panel = bondedPanel(newOwner(), AssuranceTier.T1, 6_000);

        var unknown = read(panel, "12:00:00Z 1");
        var first = declare(panel, register(100_000));
        var same = declare(panel, register(100_000));
        var other = declare(panel, register(200_000));
        var two = declare(panel, Map.of("most_watts", 1, "bits", 32, "kilowatt_hour_digits", 5));
        var none = declare(panel, Map.of("most_watts", 0, "bits", 32));

        thenRefused(unknown, 404, "register_unknown");
        assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
        assertThat(same.statusCode()).isEqualTo(204);
        thenRefused(other, 409, "register_differs");
        assertThat(bodyOf(two).at("/errors/0/message").asString()).startsWith("say one of");
        assertThat(bodyOf(none).at("/errors/0/message").asString()).contains("carries 0 W");
    }

    @Test
    void aDeviceThatSignsHasNoRegisters() {
        thenRefused(declare(bondedPanel(), register(100_000)), 409, "device_signs_its_readings");
    }

    private Panel withRegister(long rollsOverAt) {
        var panel = bondedPanel(newOwner(), AssuranceTier.T1, 6_000);
        var answer = declare(panel, register(rollsOverAt));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return panel;
    }

    private static Map<String, Object> register(long rollsOverAt) {
        return Map.of("rolls_over_at_watt_hours", rollsOverAt, "most_watts", 11_000);
    }

    private static String path(Panel panel) {
        return panel.path() + "/registers/IMPORT";
    }

    private HttpResponse<String> declare(Panel panel, Map<String, Object> register) {
        return send(
                json(
                                request(path(panel), panel.owner().token()),
                                "PUT",
                                JSON.writeValueAsString(register))
                        .header("Idempotency-Key", UUID.randomUUID().toString()));
    }

    /// Each as it is spoken: `12:15:00Z 5400`, on the first of July.
    private HttpResponse<String> read(Panel panel, String... counts) {
        return post(panel, "/readings", counts(counts));
    }

    private static Map<String, Object> counts(String... counts) {
        var readings = new ArrayList<Map<String, Object>>();
        for (var each : counts) {
            int space = each.indexOf(' ');
            readings.add(
                    Map.of(
                            "at",
                            "2025-07-01T" + each.substring(0, space),
                            "watt_hours",
                            Long.parseLong(each.substring(space + 1))));
        }
        return Map.of("readings", readings);
    }

    private HttpResponse<String> post(Panel panel, String path, Map<String, Object> body) {
        return post(panel, path, body, UUID.randomUUID().toString());
    }

    private HttpResponse<String> post(
            Panel panel, String path, Map<String, Object> body, String key) {
        return send(
                json(
                                request(path(panel) + path, panel.owner().token()),
                                "POST",
                                JSON.writeValueAsString(body))
                        .header("Idempotency-Key", key));
    }

    private List<Long> wattHours(Panel panel) {
        return bodyOf(get(panel.path() + "/readings?channel=IMPORT", panel.owner()))
                .get("data")
                .valueStream()
                .map(each -> each.get("watt_hours").asLong())
                .toList();
    }

    private List<String> rules(Panel panel) {
        return bodyOf(get(panel.path() + "/findings", panel.owner()))
                .get("data")
                .valueStream()
                .map((JsonNode each) -> each.get("rule").asString())
                .toList();
    }
}
