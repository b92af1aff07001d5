package org.wattmark.server.metering;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.Device;
import org.wattmark.metering.DeviceSigner;
import org.wattmark.metering.Installation;
import org.wattmark.metering.SimulatedPanel;
import org.wattmark.units.Period;

class UndoOverHttpTest extends MeterServerTest {

    /// Kilowatt-hours in the column of watt-hours, and one reading of the night.
    private static final String WRONG =
            """
            interval_start,watt_hours
            2025-07-01T19:00:00Z,1
            2025-07-01T19:15:00Z,1
            2025-07-01T07:00:00Z,700
            """;

    private static final String RIGHT =
            """
            interval_start,watt_hours
            2025-07-01T19:00:00Z,900
            2025-07-01T19:15:00Z,800
            """;

    /// Ten civil days in Denver.
    private static final Period JULY =
            Period.starting(Instant.parse("2025-07-01T06:00:00Z"), Duration.ofDays(10));

    @Test
    void afterAnUndoTheRightFileSaysWhatTheWrongOneSaid() {
        var panel = panel();
        var wrong = taken(panel, WRONG, "first");

        var undone = undo(panel, wrong, "undo");
        var right = bodyOf(take(panel, RIGHT, "second"));

        assertThat(undone.statusCode()).as(undone.body()).isEqualTo(201);
        assertThat(bodyOf(undone).get("accepted").asInt()).isEqualTo(2);
        assertThat(bodyOf(undone).get("energy_watt_hours").asLong()).isEqualTo(2);
        assertThat(bodyOf(undone).at("/receipt/leaf_hash").asString()).hasSize(64);
        assertThat(right.get("accepted").asInt()).isEqualTo(2);
        assertThat(right.get("already_known").asInt()).isZero();
        var readings = bodyOf(get(panel.path() + "/readings", panel.owner())).get("data");
        assertThat(readings.valueStream().map(each -> each.get("watt_hours").asLong()))
                .containsExactly(900L, 800L);
        assertThat(bodyOf(get(panel.path() + "/findings", panel.owner())).get("data")).isEmpty();
        assertThat(aside(panel)).isEqualTo(2);
    }

    @Test
    void importsAreListedInTheirOrderWithWhatBecameOfThem() {
        var panel = panel();
        var wrong = taken(panel, WRONG, "first");
        var undone = undo(panel, wrong, "undo");
        var right = taken(panel, RIGHT, "second");

        var first = get(panel.path() + "/imports?limit=1", panel.owner());
        var link = first.headers().firstValue("Link").orElseThrow();
        var second = get(link.substring(1, link.indexOf('>')), panel.owner());

        var before = bodyOf(first).at("/data/0");
        assertThat(before.get("id").asString()).isEqualTo(wrong);
        assertThat(before.get("state").asString()).isEqualTo("UNDONE");
        assertThat(before.get("undone_by_sequence"))
                .isEqualTo(bodyOf(undone).at("/receipt/sequence"));
        var after = bodyOf(second).at("/data/0");
        assertThat(after.get("id").asString()).isEqualTo(right);
        assertThat(after.get("state").asString()).isEqualTo("TAKEN");
        assertThat(after.get("energy_watt_hours").asLong()).isEqualTo(1_700);
        assertThat(bodyOf(second).get("has_more").asBoolean()).isFalse();
        assertThat(bodyOf(get("/api/v1/imports/" + right, panel.owner()))).isEqualTo(after);
    }

    @Test
    void anUndoIsDoneOnceAndToldTheSame() {
        var panel = panel();
        var id = taken(panel, WRONG, "first");

        var first = undo(panel, id, "undo");
        var again = undo(panel, id, "undo");
        var another = undo(panel, id, "undo it more");

        assertThat(again.body()).isEqualTo(first.body());
        thenRefused(another, 409, "import_already_undone");
        thenRefused(undo(panel, taken(panel, RIGHT, "r"), "undo"), 409, "id_stands_for_another");
    }

    @Test
    void whatAClaimHasReservedStaysAndTheClaimIsNamed() {
        var panel = realPanel();
        var id = taken(panel, tenDays(panel), "first");
        var claim = claimed(panel);
        assertThat(stateOf(claim, panel)).isIn("APPROVED", "NEEDS_REVIEW");

        var refused = undo(panel, id, "undo");

        thenRefused(refused, 409, "import_is_claimed");
        assertThat(bodyOf(refused).get("detail").asString())
                .contains(claim.toString())
                .contains("PENDING");
        assertThat(aside(panel)).isZero();
    }

    @Test
    void whatARefusedClaimHasSetFreeCanBeUndoneAndItsPeriodStaysClosed() {
        var panel = panel();
        var id = taken(panel, RIGHT, "first");
        var claim = claimed(panel);
        assertThat(stateOf(claim, panel))
                .as("a simulated device, and half an hour of ten days")
                .isEqualTo("REFUSED");

        var undone = undo(panel, id, "undo");
        var again = bodyOf(take(panel, RIGHT, "second"));

        assertThat(undone.statusCode()).as(undone.body()).isEqualTo(201);
        assertThat(again.get("accepted").asInt()).isEqualTo(2);
        var readings = bodyOf(get(panel.path() + "/readings", panel.owner())).get("data");
        assertThat(readings.valueStream()).allMatch(each -> each.get("late").asBoolean());
    }

    /// One that does not say it is simulated: a claim on a simulated one is refused at once.
    private Panel realPanel() {
        var owner = newOwner();
        var signer = DeviceSigner.withNewKey();
        var challenge = challenge(owner, signer.key(), UUID.randomUUID());
        var body = new HashMap<>(bond(challenge, signer, AssuranceTier.T1, 6_000));
        body.put("simulated", false);
        var answer = post("/api/v1/devices", owner, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        var device =
                new Device(
                        challenge.device(),
                        signer.key(),
                        owner.organisation(),
                        GOLDEN,
                        new Installation(6_000, Installation.Mounting.FIXED),
                        AssuranceTier.T1,
                        Device.DEFAULT_INTERVAL,
                        true); // only the test knows
        return new Panel(owner, device, signer);
    }

    private static String tenDays(Panel panel) {
        var csv = new StringBuilder("interval_start,watt_hours\n");
        for (var reading : new SimulatedPanel(panel.device(), 7).readings(JULY)) {
            csv.append(reading.interval().start())
                    .append(',')
                    .append(reading.rawWattHours())
                    .append('\n');
        }
        return csv.toString();
    }

    private String stateOf(UUID claim, Panel panel) {
        return bodyOf(get("/api/v1/claims/" + claim, panel.owner())).get("state").asString();
    }

    private UUID claimed(Panel panel) {
        var project = UUID.randomUUID();
        var claim = UUID.randomUUID();
        var begun =
                post(
                        "/api/v1/projects",
                        panel.owner(),
                        Map.of(
                                "id", project,
                                "title", "Roof in Golden",
                                "region", "US",
                                "zone", "America/Denver"));
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(201);
        var answer =
                post(
                        "/api/v1/claims",
                        panel.owner(),
                        Map.of(
                                "id",
                                claim,
                                "project",
                                project,
                                "devices",
                                List.of(panel.device().id().value()),
                                "monitoring_period",
                                Map.of(
                                        "start", JULY.start().toString(),
                                        "end", JULY.end().toString()),
                                "exclusivity_declared",
                                true));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return claim;
    }

    @Test
    void aKeyMakesOneImportOfAFileHoweverOftenItIsSent() {
        var panel = panel();
        var id = taken(panel, WRONG, "first");

        var again = take(panel, WRONG, "first");
        var other = take(panel, RIGHT.replace("2025-07-01", "2025-07-02"), "first");
        undo(panel, id, "undo");
        var undone = take(panel, WRONG, "first");

        assertThat(bodyOf(again).get("already_known").asInt()).isEqualTo(3);
        thenRefused(other, 409, "id_stands_for_another");
        thenRefused(undone, 409, "id_stands_for_another");
        assertThat(bodyOf(get(panel.path() + "/imports", panel.owner())).get("data").size())
                .isEqualTo(1);
    }

    @Test
    void anUndoNeedsAKeyAndAnImportOfOnesOwn() {
        var panel = panel();
        var id = taken(panel, WRONG, "first");
        var stranger = new Panel(newOwner(), panel.device(), panel.signer());

        var keyless = send(request(path(id), panel.owner().token()).POST(BodyPublishers.noBody()));

        thenRefused(keyless, 400, "id_missing");
        thenRefused(undo(stranger, id, "undo"), 404, "import_unknown");
        thenRefused(get("/api/v1/imports/" + id, stranger.owner()), 404, "import_unknown");
        thenRefused(get(panel.path() + "/imports", stranger.owner()), 404, "device_unknown");
    }

    private Panel panel() {
        return bondedPanel(newOwner(), AssuranceTier.T1, 6_000);
    }

    private long aside(Panel panel) {
        return jdbc.sql("select count(*) from interval_undone where device_id = ?")
                .param(panel.device().id().value())
                .query(Long.class)
                .single();
    }

    private String taken(Panel panel, String csv, String key) {
        var answer = take(panel, csv, key);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return bodyOf(answer).get("import_id").asString();
    }

    private HttpResponse<String> take(Panel panel, String csv, String key) {
        return send(
                request(panel.path() + "/imports", panel.owner().token())
                        .header("Content-Type", "text/csv")
                        .header("Idempotency-Key", key)
                        .POST(BodyPublishers.ofString(csv)));
    }

    private static String path(String id) {
        return "/api/v1/imports/" + id + "/undo";
    }

    private HttpResponse<String> undo(Panel panel, String id, String key) {
        return send(
                request(path(id), panel.owner().token())
                        .header("Idempotency-Key", key)
                        .POST(BodyPublishers.noBody()));
    }
}
