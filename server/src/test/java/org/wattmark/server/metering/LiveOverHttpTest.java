package org.wattmark.server.metering;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Scanner;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.wattmark.emissions.GridFactors;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.server.security.Role;
import org.wattmark.units.Period;
import tools.jackson.databind.JsonNode;

/// What meters make, as those who listen hear it over real HTTP.
class LiveOverHttpTest extends MeterServerTest {

    /// From midnight to one in the afternoon in Golden.
    private static final Period MORNING =
            Period.starting(Instant.parse("2025-07-01T06:00:00Z"), Duration.ofHours(13));

    private static final Period AFTERNOON = Period.starting(MORNING.end(), Duration.ofMinutes(15));

    private final List<Stream> streams = new ArrayList<>();

    @AfterEach
    void hangUp() throws IOException {
        for (var stream : streams) {
            stream.close();
        }
        jdbc.sql("delete from grid_intensity").update();
    }

    /// The events of one open stream.
    private static final class Stream implements Closeable {

        private final InputStream body;
        private final LinkedBlockingQueue<JsonNode> events = new LinkedBlockingQueue<>();

        Stream(InputStream body) {
            this.body = body;
            Thread.ofVirtual()
                    .start(() -> {
                        var lines = new Scanner(body, StandardCharsets.UTF_8);
                        while (lines.hasNextLine()) {
                            var line = lines.nextLine();
                            if (line.startsWith("data:")) {
                                events.add(JSON.readTree(line.substring(5)));
                            }
                        }
                    });
        }

        JsonNode next() throws InterruptedException {
            return Objects.requireNonNull(events.poll(10, TimeUnit.SECONDS), "no event came");
        }

        @Override
        public void close() throws IOException {
            body.close();
        }
    }

    private Stream listen(HttpRequest.Builder request) throws Exception {
        var answer =
                HttpClient.newHttpClient()
                        .send(
                                request.header("Accept", "text/event-stream").GET().build(),
                                HttpResponse.BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        var stream = new Stream(answer.body());
        streams.add(stream);
        return stream;
    }

    private Stream listen(Panel panel, String path) throws Exception {
        return listen(request(path, panel.owner().token()));
    }

    @Test
    void aReadingThatIsTakenInIsHeardOfAtOnce() throws Exception {
        var panel = bondedPanel();
        var ofDevice = listen(panel, panel.path() + "/live");
        var ofOwner = listen(panel, "/api/v1/live");
        var meter = panel.meter();

        var taken = bodyOf(send(panel, meter.honest(MORNING)));

        var event = ofDevice.next();
        assertThat(ofOwner.next()).isEqualTo(event);
        long energy = taken.get("energy_watt_hours").asLong();
        assertThat(event.get("device_id").asString()).isEqualTo(panel.device().id().toString());
        assertThat(event.get("day").asString()).isEqualTo("2025-07-01");
        assertThat(event.get("energy_today_watt_hours").asLong()).isEqualTo(energy).isPositive();
        assertThat(event.get("interval_start").asString()).isEqualTo("2025-07-01T18:45:00Z");
        assertThat(event.get("watts").asLong()).isBetween(1_000L, 6_600L);
        assertThat(event.get("rewards").isEmpty()).isTrue(); // it takes part in no programme
        var factor = GridFactors.shipped().currentAverage("US").orElseThrow();
        assertThat(event.at("/avoided/basis").asString()).isEqualTo("ANNUAL");
        assertThat(event.at("/avoided/factor").asString()).isEqualTo(factor.id());
        assertThat(event.at("/avoided/grams_today").asLong())
                .isEqualTo(grams(factor.gramsPerKilowattHour(), energy));
        assertThat(event.at("/avoided/factor_age_seconds").asLong()).isPositive();

        long more = bodyOf(send(panel, meter.honest(AFTERNOON))).get("energy_watt_hours").asLong();
        assertThat(ofDevice.next().get("energy_today_watt_hours").asLong())
                .isEqualTo(energy + more);
    }

    private static long grams(BigDecimal perKilowattHour, long wattHours) {
        return perKilowattHour
                .multiply(BigDecimal.valueOf(wattHours))
                .movePointLeft(3)
                .setScale(0, RoundingMode.FLOOR)
                .longValueExact();
    }

    @Test
    void whoConnectsLaterBeginsWithWhatIsKnown() throws Exception {
        var panel = bondedPanel();
        send(panel, panel.meter().honest(MORNING));

        var event = listen(panel, panel.path() + "/live").next();

        assertThat(event.get("interval_start").asString()).isEqualTo("2025-07-01T18:45:00Z");
    }

    @Test
    void anOwnerWhoConnectsHearsOfEachDevice() throws Exception {
        var one = bondedPanel();
        var other = bondedPanel(one.owner(), AssuranceTier.T2, 6_000);
        send(one, one.meter().honest(MORNING));
        send(other, other.meter().honest(MORNING));

        var stream = listen(one, "/api/v1/live");

        assertThat(List.of(stream.next(), stream.next()))
                .extracting(event -> event.get("device_id").asString())
                .containsExactlyInAnyOrder(
                        one.device().id().toString(), other.device().id().toString());
    }

    @Test
    void theHourIsValuedByItsOwnIntensityWhereTheOperatorHasLoadedIt() throws Exception {
        var panel = bondedPanel();
        long energy =
                bodyOf(send(panel, panel.meter().honest(MORNING)))
                        .get("energy_watt_hours")
                        .asLong();
        var csv = new StringBuilder("datetime_utc,zone,gco2_kwh_direct\n");
        for (int hour = 6; hour < 19; hour++) {
            csv.append("2025-07-01 %02d:00:00,US,250.5%n".formatted(hour));
        }

        var loaded = load(tokenFor(Role.OPERATOR), "US", csv.toString());
        var again = load(tokenFor(Role.OPERATOR), "us", csv.toString());

        assertThat(loaded.body()).contains("\"added\":13", "\"replaced\":0");
        assertThat(again.body()).contains("\"added\":0", "\"unchanged\":13");
        var avoided = listen(panel, panel.path() + "/live").next().get("avoided");
        assertThat(avoided.get("basis").asString()).isEqualTo("HOURLY");
        assertThat(avoided.get("grams_today").asLong())
                .isEqualTo(grams(new BigDecimal("250.5"), energy));
        assertThat(avoided.get("factor").asString()).isEqualTo("gco2_kwh_direct, A test");
        assertThat(avoided.get("factor_age_seconds").asLong()).isZero();
    }

    private HttpResponse<String> load(String token, String region, String csv) {
        var source = URLEncoder.encode("A test", StandardCharsets.UTF_8);
        return send(
                request("/api/v1/grid-intensities/" + region + "?source=" + source, token)
                        .header("Content-Type", "text/csv")
                        .PUT(HttpRequest.BodyPublishers.ofString(csv)));
    }

    @Test
    void aFileOfIntensitiesIsLoadedWholeOrNotAtAll() {
        var operator = tokenFor(Role.OPERATOR);
        var wrong =
                """
                datetime_utc,gco2_kwh_direct
                2025-07-01 06:00:00,100
                2025-07-01 07:30:00,100
                2025-07-01 08:00:00,many
                2025-07-01 06:00:00,100
                """;

        var refused = load(operator, "US", wrong);

        thenRefused(refused, 422, "file_refused");
        assertThat(refused.body())
                .contains("/line/3", "2025-07-01 07:30:00 is not the start of an hour")
                .contains("/line/4", "\\\"many\\\" is no number of grams")
                .contains("/line/5", "2025-07-01 06:00:00 stands there twice");
        thenRefused(load(operator, "US", "when,grams\n1,2\n"), 422, "file_refused");
        thenRefused(load(operator, "XX", wrong), 404, "region_unknown");
        thenRefused(load(tokenFor(Role.BUYER), "US", wrong), 403, "role_missing");
        assertThat(jdbc.sql("select count(*) from grid_intensity").query(Long.class).single())
                .isZero();
    }

    @Test
    void nobodyListensToTheDevicesOfOthers() {
        var panel = bondedPanel();

        thenRefused(get(panel.path() + "/live", newOwner()), 404, "device_unknown");
        thenRefused(send(request(panel.path() + "/live").GET()), 401, "token_missing");
    }

    @Test
    void anybodyHearsTheTotalOfAll() throws Exception {
        var panel = bondedPanel();
        var stream = listen(request("/api/v1/public/live"));
        var before = stream.next();

        long energy =
                bodyOf(send(panel, panel.meter().honest(MORNING)))
                        .get("energy_watt_hours")
                        .asLong();

        assertThat(stream.next().at("/simulated/energy_watt_hours").asLong())
                .isEqualTo(before.at("/simulated/energy_watt_hours").asLong() + energy);
    }
}
