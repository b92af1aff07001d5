package org.wattmark.server.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wattmark.metering.Site;
import org.wattmark.server.registry.RecomputeCommand;
import org.wattmark.server.security.Role;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/// Solar claims by hourly factors: two operators load a table, and from then on a claim of that
/// grid is quantified hour by hour, never above the annual factor, and anybody computes it again.
class HourlyFactorsStoryTest extends WalkTest {

    private static final Site MADRID = Site.of("Europe/Madrid", "40.4168", "-3.7038", 650, "ES");

    @TempDir private Path folder;

    @SuppressWarnings("NullAway.Init") // JUnit sets the folder before each test
    HourlyFactorsStoryTest() {}

    /// Simulated: a grid that is clean by day. June of 2026 but for its last ten days.
    private static String twentyDays() {
        var csv = new StringBuilder("datetime_utc,gco2_kwh_lca\n");
        var start = JUNE.start();
        for (int hour = 0; hour < 20 * 24; hour++) {
            var at = start.plus(Duration.ofHours(hour));
            csv.append(at).append(hour % 24 >= 8 && hour % 24 < 18 ? ",31.25\n" : ",190\n");
        }
        return csv.toString();
    }

    private HttpResponse<String> loaded(Client operator, UUID id, String csv, int version) {
        return send(
                request(
                                "/api/v1/hourly-factors/"
                                        + id
                                        + "?name=simulated-es&region=ES&gases=CO2E"
                                        + "&boundary=LIFE_CYCLE&source=Simulated&version="
                                        + version,
                                operator.token())
                        .header("Content-Type", "text/csv")
                        .PUT(BodyPublishers.ofString(csv)));
    }

    private Household household() {
        var household = new Household(testClient(Role.PROPONENT), MADRID, ROOF, true);
        household.send(household.simulatedReadings(days(0, 15)));
        household.send(household.simulatedReadings(days(15, 15)));
        return household;
    }

    private static JsonNode claimed(Household household, int first, int count) {
        var id = UUID.randomUUID();
        household.client.created("/api/v1/claims", household.claim(id, days(first, count)));
        return household.client.found("/api/v1/claims/" + id);
    }

    @Test
    void aClaimIsQuantifiedByTheHourWhereTwoOperatorsHaveLoadedTheHours() throws Exception {
        var one = person(Role.OPERATOR);
        var other = person(Role.OPERATOR);
        var household = household();
        var id = UUID.randomUUID();
        var proposed = loaded(one, id, twentyDays(), 1);
        assertThat(proposed.statusCode()).as(proposed.body()).isEqualTo(201);
        var before = claimed(household, 0, 5);

        var approvals = "/api/v1/hourly-factors/" + id + "/approvals";
        var alone = one.refused(approvals, Map.of());
        other.created(approvals, Map.of());
        var hourly = claimed(household, 5, 5);
        var beyond = claimed(household, 16, 10);

        assertThat(alone).isEqualTo("409 proposer_decides");
        assertThat(before.path("factors").size()).isOne();
        assertThat(beyond.path("factors").size()).isOne();
        assertThat(hourly.path("factors").size()).as(hourly.toString()).isEqualTo(2);
        assertThat(hourly.at("/factors/1/role").asString()).isEqualTo("grid by the hour");
        assertThat(hourly.at("/factors/1/id").asString())
                .isEqualTo(bodyOf(proposed).path("sha256").asString());
        assertThat(gramsPerWattHour(hourly)).isLessThan(gramsPerWattHour(before) / 2);
        thenAnybodyComputesItAgain(household, hourly.path("id").asString());
    }

    private static double gramsPerWattHour(JsonNode claim) {
        return claim.at("/reduction/0/net/grams").asDouble()
                / claim.at("/reduction/0/energy/watt_hours").asDouble();
    }

    private void thenAnybodyComputesItAgain(Household household, String claim) throws Exception {
        var answer = household.client.get("/api/v1/claims/" + claim + "/statement").body();
        var file = Files.writeString(folder.resolve("statement.json"), answer);
        var changed =
                Files.writeString(
                        folder.resolve("changed.json"),
                        answer.replaceFirst("\"31.25\"", "\"31.26\""));
        var same = new StringWriter();

        int exit = recompute(same, file);
        var differs = new StringWriter();
        int changedExit = recompute(differs, changed);

        assertThat(exit).as(same.toString()).isZero();
        assertThat(same.toString()).contains("SAME", "solar-displacement/2");
        assertThat(changedExit).as(differs.toString()).isEqualTo(2);
        assertThat(differs.toString()).contains("table of hours");
    }

    private static int recompute(StringWriter out, Path file) {
        return new CommandLine(RecomputeCommand.class)
                .setOut(new PrintWriter(out))
                .execute(file.toString());
    }

    @Test
    void aTableNeverChangesAndIsLoadedWholeOrNotAtAll() {
        var operator = person(Role.OPERATOR);
        var id = UUID.randomUUID();
        var csv = "datetime_utc,gco2_kwh_lca\n2024-01-01 00:00:00,200\n";

        var first = loaded(operator, id, csv, 17);
        var again = loaded(operator, id, csv, 17);
        var other = loaded(operator, id, csv.replace("200", "201"), 17);
        var bad = loaded(operator, UUID.randomUUID(), csv + "2024-01-01 00:30:00,5\n", 18);

        assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(Client.problem(other)).isEqualTo("409 id_stands_for_another");
        assertThat(Client.problem(bad)).isEqualTo("422 file_refused");
        assertThat(operator.found("/api/v1/hourly-factors").toString())
                .contains("simulated-es/17")
                .doesNotContain("simulated-es/18");
    }
}
