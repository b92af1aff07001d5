package org.wattmark.server.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.dhatim.fastexcel.Workbook;
import org.junit.jupiter.api.Test;
import org.wattmark.server.security.Role;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What another registry tells is taken in as its history, and what is ours never is.
class CadtImportTest extends WalkTest {

    private static final String XLSX =
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private HttpResponse<String> imported(
            Client operator, UUID key, String query, String type, byte[] file) {
        return send(
                request("/api/v1/cadt-imports" + query, operator.token())
                        .header("Content-Type", type)
                        .header("Idempotency-Key", key.toString())
                        .POST(HttpRequest.BodyPublishers.ofByteArray(file)));
    }

    private HttpResponse<String> imported(Client operator, UUID key, String query, String json) {
        return imported(
                operator, key, query, "application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    /// A unit retired, one held, of a project of ours.
    private String exported() {
        var household = new Household(testClient(Role.PROPONENT), BRISTOL, ROOF, true);
        household.send(household.simulatedReadings(JUNE));
        var claim = UUID.randomUUID();
        household.client.created("/api/v1/claims", household.claim(claim, days(10, 10)));
        var block = issue(household.client, claim);
        household.client.created(
                "/api/v1/retirements", retirement(UUID.randomUUID(), block, 1_000));
        var export = household.client.found("/api/v1/public/cadt?limit=1000");
        var mine = JsonMapper.shared().createObjectNode();
        var project = household.project.toString();
        mine.set("projects", only(export, "projects", "warehouseProjectId", project));
        mine.set("issuances", only(export, "issuances", "id", claim.toString()));
        mine.set("units", only(export, "units", "issuanceId", claim.toString()));
        return mine.toString();
    }

    private static JsonNode only(JsonNode export, String list, String field, String value) {
        var some = JsonMapper.shared().createArrayNode();
        for (var row : export.path(list)) {
            if (row.path(field).asString().equals(value)) {
                some.add(row);
            }
        }
        return some;
    }

    /// As another registry of the same make would write it.
    private static String elsewhere(String export) {
        var ids = new TreeMap<String, String>();
        var pattern =
                Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
        return pattern.matcher(export)
                .replaceAll(match ->
                        ids.computeIfAbsent(match.group(), _ -> UUID.randomUUID().toString()))
                .replace("\"Wattmark\"", "\"Elsewhere\"");
    }

    private static List<Map<String, String>> rowsOf(JsonNode tree) {
        return List.of("projects", "issuances", "units").stream()
                .flatMap(list -> tree.path(list).valueStream())
                .map(CadtImportTest::texts)
                .toList();
    }

    private static Map<String, String> texts(JsonNode row) {
        return row.properties().stream()
                .filter(each -> !each.getValue().isNull())
                .collect(
                        Collectors.toMap(
                                Map.Entry::getKey,
                                each ->
                                        each.getValue().isString()
                                                ? each.getValue().asString()
                                                : each.getValue().toString()));
    }

    private List<Map<String, String>> stored(UUID id) {
        return bodyOf(send(request("/api/v1/public/cadt-imports/" + id + "/rows?limit=100").GET()))
                .path("data")
                .valueStream()
                .map(row -> texts(row.path("fields")))
                .toList();
    }

    @Test
    void ourOwnExportIsRefusedRowByRowAsOurs() {
        var operator = person(Role.OPERATOR);
        var export = exported();

        var answer = bodyOf(imported(operator, UUID.randomUUID(), "", export));

        assertThat(answer.path("stored").asInt()).isZero();
        assertThat(answer.path("bad").asInt()).isEqualTo(4);
        assertThat(answer.path("faults").toString()).contains("it is this registry's own");
    }

    @Test
    void anothersExportComesBackAsItWasAndIsNoUnitOfOurs() {
        var operator = person(Role.OPERATOR);
        var file = elsewhere(exported());
        var key = UUID.randomUUID();
        var before = bodyOf(send(request("/api/v1/public/cadt?limit=1000").GET()));

        var dry = bodyOf(imported(operator, UUID.randomUUID(), "?dry_run=true", file));
        var taken = imported(operator, key, "", file);
        var again = imported(operator, key, "", file);
        var known = bodyOf(imported(operator, UUID.randomUUID(), "", file));
        var other = imported(operator, key, "", elsewhere(exported()));

        assertThat(dry.path("stored").asInt()).isEqualTo(4);
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(taken.body());
        assertThat(known.path("already_known").asInt()).isEqualTo(4);
        assertThat(Client.problem(other)).isEqualTo("409 id_stands_for_another");
        var id = UUID.fromString(bodyOf(taken).path("id").asString());
        assertThat(stored(id)).isEqualTo(rowsOf(JsonMapper.shared().readTree(file)));
        var after = bodyOf(send(request("/api/v1/public/cadt?limit=1000").GET()));
        assertThat(after.path("units").toString()).doesNotContain("Elsewhere");
        assertThat(after.path("units").size()).isGreaterThanOrEqualTo(before.path("units").size());
    }

    @Test
    void whatAnotherImportRefersToIsUndoneAfterIt() {
        var operator = person(Role.OPERATOR);
        var all = JsonMapper.shared().readTree(elsewhere(exported()));
        var projects = JsonMapper.shared().createObjectNode();
        projects.set("projects", all.path("projects"));
        var rest = JsonMapper.shared().createObjectNode();
        rest.set("issuances", all.path("issuances"));
        rest.set("units", all.path("units"));

        var orphans = bodyOf(imported(operator, UUID.randomUUID(), "", rest.toString()));
        var first = idOf(imported(operator, UUID.randomUUID(), "", projects.toString()));
        var second = idOf(imported(operator, UUID.randomUUID(), "", rest.toString()));
        var early = operator.post("/api/v1/cadt-imports/" + first + "/undo", Map.of());
        var undone = operator.post("/api/v1/cadt-imports/" + second + "/undo", Map.of());
        var later = operator.post("/api/v1/cadt-imports/" + first + "/undo", Map.of());

        assertThat(orphans.path("stored").asInt()).isZero();
        assertThat(Client.problem(early)).isEqualTo("409 import_is_referred_to");
        assertThat(undone.statusCode()).isEqualTo(200);
        assertThat(later.statusCode()).isEqualTo(200);
        assertThat(stored(UUID.fromString(first))).isEmpty();
    }

    private static String idOf(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return bodyOf(answer).path("id").asString();
    }

    @Test
    void aBadRowOfAWorkbookIsNamedBySheetRowAndColumn() throws IOException {
        var operator = person(Role.OPERATOR);

        var answer =
                bodyOf(imported(operator, UUID.randomUUID(), "?dry_run=true", XLSX, workbook()));

        assertThat(answer.path("stored").asInt()).isEqualTo(3);
        assertThat(answer.path("bad").asInt()).isEqualTo(1);
        var fault = answer.path("faults").get(0);
        assertThat(fault.path("sheet").asString()).isEqualTo("units");
        assertThat(fault.path("row").asInt()).isEqualTo(3);
        assertThat(fault.path("column").asString()).isEqualTo("unitCount");
        assertThat(fault.path("value").asString()).isEqualTo("99");
        var stranger = imported(person(Role.BUYER), UUID.randomUUID(), "", XLSX, workbook());
        assertThat(Client.problem(stranger)).isEqualTo("403 role_missing");
        var damaged = imported(operator, UUID.randomUUID(), "", XLSX, new byte[] {1, 2});
        assertThat(Client.problem(damaged)).isEqualTo("422 file_unreadable");
    }

    private static byte[] workbook() throws IOException {
        var bytes = new ByteArrayOutputStream();
        var project = UUID.randomUUID().toString();
        var issuance = UUID.randomUUID().toString();
        try (var workbook = new Workbook(bytes, "Test", "1.0")) {
            sheet(
                    workbook,
                    "projects",
                    List.of("warehouseProjectId", "projectName", "currentRegistry"),
                    List.of(project, "Cookstoves", "Elsewhere"));
            sheet(
                    workbook,
                    "issuances",
                    List.of("id", "warehouseProjectId", "startDate", "endDate"),
                    List.of(issuance, project, "2023-01-01", "2023-12-31"));
            sheet(
                    workbook,
                    "units",
                    List.of(
                            "warehouseUnitId",
                            "issuanceId",
                            "serialNumberBlock",
                            "unitCount",
                            "vintageYear",
                            "unitStatus"),
                    List.of(UUID.randomUUID() + "", issuance, "EL-1-100", "100", "2023", "Held"),
                    List.of(UUID.randomUUID() + "", issuance, "EL-101-200", "99", "2023", "Held"));
        }
        return bytes.toByteArray();
    }

    @SafeVarargs
    private static void sheet(
            Workbook workbook, String name, List<String> names, List<String>... rows) {
        var sheet = workbook.newWorksheet(name);
        for (int x = 0; x < names.size(); x++) {
            sheet.value(0, x, names.get(x));
            for (int y = 0; y < rows.length; y++) {
                sheet.value(y + 1, x, rows[y].get(x));
            }
        }
    }
}
