package org.wattmark.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.wattmark.server.postgres.ServerTest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

class OpenApiTest extends ServerTest {

    /// What clients are written against, beside the code that it is generated from.
    private static final Path CHECKED_IN = Path.of("..", "docs", "openapi.json");

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                    .build();

    @Test
    void describesTheApiInItsOwnWordsAndNothingBesideIt() {
        var description = description();

        assertThat(description.get("openapi").asString()).startsWith("3.1");
        var me = description.at("/paths/~1api~1v1~1me/get");
        assertThat(me.has("parameters")).as("who acts is no parameter").isFalse();
        assertThat(description.at("/components/schemas/Me/properties").has("organisation_id"))
                .isTrue();
        assertThat(description.get("paths").propertyNames()).doesNotContain("/login", "/error");
    }

    @Test
    void theDescriptionKeepsTheRulesOfTheHouse() {
        assertThat(Lint.faults(description())).isEmpty();
    }

    /// The API changes on purpose only: `-Dopenapi.update=true` writes what it has become.
    @Test
    void theCheckedInDescriptionIsTheServersOwn() throws IOException {
        var generated = JSON.writeValueAsString(JSON.treeToValue(description(), Object.class));

        if (Boolean.getBoolean("openapi.update")) {
            Files.writeString(CHECKED_IN, generated + "\n");
        }

        assertThat(Files.readString(CHECKED_IN))
                .as("docs/openapi.json; refresh it with ./wattmark test -Dopenapi.update=true")
                .isEqualToIgnoringNewLines(generated + "\n");
    }

    @Test
    void whatNeedsATokenIsDescribedAsItIs() {
        var wrong = new ArrayList<String>();

        for (var path : description().get("paths").properties()) {
            for (var operation : path.getValue().properties()) {
                var described = operation.getValue().path("security");
                var isPublic = described.isArray() && described.isEmpty();
                if (isPublic != answersAStranger(path.getKey(), operation.getKey())) {
                    wrong.add(operation.getKey() + " " + path.getKey());
                }
            }
        }

        assertThat(wrong).isEmpty();
    }

    @Test
    void aProblemIsWhatItIsDescribedToBe() {
        var answer = bodyOf(send(request("/api/v1/me").GET()));

        var described = description().at("/components/schemas/Problem");

        assertThat(answer.propertyNames())
                .containsExactlyInAnyOrderElementsOf(
                        described.get("required").valueStream().map(JsonNode::asString).toList());
        assertThat(described.get("properties").propertyNames()).containsAll(answer.propertyNames());
    }

    /// The control: a description in which everything is wrong.
    @Test
    void eachPlantedFaultIsFound() {
        var planted =
                JSON.readTree(
                        """
                        {"paths": {
                           "/a": {"get": {"operationId": "a_1", "tags": ["A"],
                             "description": "A.", "responses": {
                             "404": {"content": {"application/json": {}}}}}},
                           "/b": {"get": {"operationId": "b", "description": "B.",
                             "responses": {}}},
                           "/c": {"put": {"operationId": "b", "tags": ["C"], "responses": {
                             "400": {"$ref": "#/components/responses/Wrong"}}}}},
                         "components": {
                           "responses": {"Wrong": {"content": {"application/problem+json": {}}}},
                           "schemas": {"D": {"properties": {"camelCase": {}, "snake_case": {}}}}}}
                        """);

        assertThat(Lint.faults(planted))
                .containsExactly(
                        "no security scheme",
                        "get /a: no operationId of its own: 'a_1'",
                        "get /a: 404 is no problem",
                        "get /b: no tag",
                        "get /b: no 4xx response",
                        "put /c: the operationId stands twice: b",
                        "put /c: no description: the method has no comment",
                        "D: not snake case: camelCase");
    }

    private JsonNode description() {
        var answer = send(request("/openapi.json").GET());
        assertThat(answer.statusCode()).isEqualTo(200);
        return bodyOf(answer);
    }

    private boolean answersAStranger(String path, String method) {
        var request =
                request(path.replaceAll("\\{\\w+}", "x"))
                        .method(
                                method.toUpperCase(Locale.ROOT),
                                HttpRequest.BodyPublishers.noBody());
        return !List.of(401, 403).contains(statusOf(request));
    }
}
