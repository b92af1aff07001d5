package org.wattmark.server.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A small firm that changed its lamps, and reports how long they burned.
final class Firm {

    final Client client;
    final UUID project = UUID.randomUUID();
    private final String mark = UUID.randomUUID().toString();

    /// Registers its project.
    Firm(Client client) {
        this.client = client;
        client.created(
                "/api/v1/projects",
                Map.of(
                        "id", project,
                        "title", "Lamps of a workshop",
                        "region", "GB",
                        "zone", "Europe/London",
                        "methodology", "deemed-savings/1"));
    }

    /// Stores a document of its own and returns its SHA-256.
    String stored(String what) {
        return stored(client, what + " " + mark);
    }

    static String stored(Client client, String content) {
        var request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://localhost:"
                                                + client.port()
                                                + "/api/v1/account-evidence?name=document.txt"))
                        .header("Authorization", "Bearer " + client.token())
                        .header("Content-Type", "text/plain")
                        .POST(HttpRequest.BodyPublishers.ofString(content))
                        .build();
        try (var http = HttpClient.newHttpClient()) {
            var answer =
                    http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
            return JsonMapper.shared().readTree(answer.body()).path("sha256").asString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// A design for seven years from 2020 on, which may be renewed.
    Map<String, Object> design() {
        var design = new LinkedHashMap<String, Object>();
        design.put("id", UUID.randomUUID());
        design.put("document", stored("design"));
        design.put("summary", "120 lamps of 40 W in place of 90 W.");
        design.put("location", "Bristol");
        design.put("crediting_start", "2020-01-01");
        design.put("years", 7);
        design.put("renewable", true);
        design.put("exclusivity_declared", true);
        design.put("exclusivity", "No other scheme, no support, no cap.");
        design.put(
                "additionality",
                Map.of(
                        "beyond_the_law",
                        true,
                        "law",
                        "Building regulations",
                        "listed",
                        Map.of(
                                "list",
                                "MICROSCALE_EFFICIENCY",
                                "largest_sub_unit",
                                16,
                                "of_small_users",
                                true)));
        return design;
    }

    /// Brings its design, which a validator finds good.
    void validated(Client validator) {
        client.created("/api/v1/projects/" + project + "/designs", design());
        validator.created(
                "/api/v1/projects/" + project + "/validations",
                Map.of(
                        "id",
                        UUID.randomUUID(),
                        "design",
                        1,
                        "decision",
                        "VALIDATE",
                        "opinion",
                        "The lamps are what the invoice says."));
    }

    String record(int year) {
        return stored("hours " + year);
    }

    /// A claim on what the lamps saved in a year.
    Map<String, Object> claim(UUID id, int year) {
        return claim(id, year, record(year));
    }

    Map<String, Object> claim(UUID id, int year, String meterRecord) {
        var claim = new LinkedHashMap<String, Object>();
        claim.put("id", id);
        claim.put("project", project);
        claim.put(
                "monitoring_period",
                Map.of(
                        "start", year + "-01-01T00:00:00Z",
                        "end", (year + 1) + "-01-01T00:00:00Z"));
        claim.put("exclusivity_declared", true);
        claim.put("data", data(stored("invoice"), meterRecord));
        return claim;
    }

    private static Map<String, Object> data(String invoice, String meterRecord) {
        return Map.of(
                "reported",
                Map.of(
                        "region",
                        "GBR",
                        "documents",
                        List.of(
                                Map.of("kind", "INVOICE", "hash", Map.of("hex", invoice)),
                                Map.of("kind", "METER_RECORD", "hash", Map.of("hex", meterRecord))),
                        "leakage",
                        Map.of(
                                "used_equipment_stays_in_use",
                                false,
                                "grams",
                                Map.of("grams", 0),
                                "because",
                                "what was replaced was scrapped")),
                "lines",
                List.of(
                        Map.of(
                                "what", "LED tubes",
                                "working_units", 120,
                                "baseline_watts", 90,
                                "project_watts", 40,
                                "run_time",
                                        Map.of(
                                                "hours",
                                                2600,
                                                "basis",
                                                "LOGGED",
                                                "precision",
                                                Map.of("basis_points", 0)))),
                "grid_losses",
                Map.of("basis_points", 0));
    }

    JsonNode found(UUID claim) {
        return client.found("/api/v1/claims/" + claim);
    }
}
