package org.wattmark.server.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.swagger.v3.oas.annotations.Hidden;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.wattmark.server.postgres.ServerTest;
import org.wattmark.server.security.Role;

/// Whatever goes wrong, the answer has one form, names the place, and keeps our insides to itself.
class ProblemsTest extends ServerTest {

    private static final String BODY = "/api/v1/test/body";

    private static String token = "";

    @BeforeEach
    void signIn() {
        if (token.isEmpty()) {
            token = tokenFor(Role.BUYER);
        }
    }

    @Test
    void aRightBodyIsTakenSoTheRefusalsBelowMeanSomething() {
        var answer = post("{\"name\": \"a\", \"some_count\": 1, \"quantity\": {\"grams\": 2}}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("1");
    }

    @Test
    void noRoute() {
        assertProblem(get("/api/v1/nowhere"), 404, "not_found");
        assertProblem(send(request("/nowhere").GET()), 404, "not_found");
    }

    @Test
    void wrongMethod() {
        var answer = get(BODY);

        assertProblem(answer, 405, "method_not_allowed");
        assertThat(answer.headers().firstValue("Allow")).hasValue("POST");
    }

    @Test
    void formsThatNobodySpeaksHere() {
        var accept = send(request("/api/v1/me", token).header("Accept", "image/png").GET());
        var content =
                send(
                        request(BODY, token)
                                .header("Content-Type", "text/csv")
                                .POST(HttpRequest.BodyPublishers.ofString("a,b")));

        assertProblem(accept, 406, "not_acceptable");
        assertProblem(content, 415, "unsupported_media_type");
    }

    @Test
    void malformedAndMissingBodies() {
        assertProblem(post("{\"name\": "), 400, "malformed_json");
        assertProblem(post("{\"name\": \"a\", \"some_count\": 1} trailing"), 400, "malformed_json");
        assertProblem(post("{\"name\": \"a\", \"name\": \"b\"}"), 400, "malformed_json");
        assertProblem(post(""), 400, "body_missing");
    }

    @Test
    void anUnknownFieldIsNamed() {
        var answer = post("{\"name\": \"a\", \"quantity\": {\"grams\": 1, \"tonnes\": 2}}");

        assertProblem(answer, 400, "unknown_field");
        assertThat(pointer(answer)).isEqualTo("/quantity/tonnes");
    }

    @Test
    void aWrongValueIsNamedWithItsField() {
        var text = post("{\"some_count\": \"many\"}");
        var fraction = post("{\"some_count\": 1.5}");
        var nested = post("{\"quantity\": {\"grams\": \"heavy\"}}");
        var time = post("{\"at\": \"yesterday\"}");
        var choice = post("{\"role\": \"KING\"}");
        var refused = post("{\"quantity\": {\"grams\": -1}}");

        assertProblem(text, 400, "invalid_value");
        assertThat(pointer(text)).isEqualTo("/some_count");
        assertThat(text.body()).contains("'many' is not a whole number");
        assertProblem(fraction, 400, "invalid_value");
        assertThat(pointer(fraction)).isEqualTo("/some_count");
        assertThat(pointer(nested)).isEqualTo("/quantity/grams");
        assertThat(time.body()).contains("'yesterday' is not an RFC 3339 instant");
        assertThat(choice.body()).contains("'KING' is not one of [PROPONENT, VERIFIER");
        assertProblem(refused, 400, "invalid_value");
        assertThat(refused.body()).contains("grams are negative: -1");
    }

    @Test
    void whatNoDatabaseKeepsIsNoText() {
        var nothing = post("{\"name\": \"a\\u0000b\", \"some_count\": 1}");
        var half = post("{\"name\": \"a\\ud83d\", \"some_count\": 1}");
        var whole = post("{\"name\": \"\\ud83d\\ude00\", \"some_count\": 1}");

        assertProblem(nothing, 400, "invalid_value");
        assertThat(pointer(nothing)).isEqualTo("/name");
        assertThat(nothing.body()).contains("half a character");
        assertProblem(half, 400, "invalid_value");
        assertThat(whole.statusCode()).as(whole.body()).isEqualTo(200);
    }

    @Test
    void whatIsNotNullableMustBeThere() {
        var absent = post("{\"some_count\": 1}");
        var nothing = post("{\"some_count\": 1, \"name\": null}");

        assertProblem(absent, 400, "invalid_value");
        assertThat(pointer(absent)).isEqualTo("/name");
        assertProblem(nothing, 400, "invalid_value");
        assertThat(pointer(nothing)).isEqualTo("/name");
    }

    @Test
    void parametersAreNamedToo() {
        var missing = get("/api/v1/test/parameter");
        var wrong = get("/api/v1/test/parameter?limit=x");
        var path = get("/api/v1/test/path/not-a-uuid");

        assertProblem(missing, 400, "parameter_missing");
        assertThat(pointer(missing)).isEqualTo("?limit");
        assertProblem(wrong, 400, "invalid_value");
        assertThat(pointer(wrong)).isEqualTo("?limit");
        assertProblem(path, 400, "invalid_value");
    }

    @Test
    void ourOwnFaultsAreReportedByNumberAndNotExplained() {
        var answer = get("/api/v1/test/crash");

        assertProblem(answer, 500, "internal_error");
        assertThat(answer.body()).doesNotContain("secret", "Exception", "at org.");
    }

    @Test
    void aStorageThatDoesNotAnswerIsToBeAskedAgain() {
        var answer = get("/api/v1/test/storage");

        assertProblem(answer, 503, "storage_unavailable");
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("2");
        assertThat(bodyOf(answer).get("retryable").asBoolean()).isTrue();
    }

    @Test
    void aControllerRefusesWithAValueAndDeepCodeWithAnException() {
        assertProblem(get("/api/v1/test/refused"), 409, "already_retired");
        assertProblem(get("/api/v1/test/deep"), 409, "already_retired");
    }

    @Test
    void aBodyThatIsTooLongIsRefusedDeclaredOrNot() {
        byte[] tooLong = new byte[(int) BodyLimit.BYTES + 1];
        Arrays.fill(tooLong, (byte) ' ');

        var declared = sendBody(HttpRequest.BodyPublishers.ofByteArray(tooLong));
        var chunked =
                sendBody(
                        HttpRequest.BodyPublishers.ofInputStream(
                                () -> new ByteArrayInputStream(tooLong)));

        assertProblem(declared, 413, "body_too_large");
        assertProblem(chunked, 413, "body_too_large");
    }

    @Test
    void theRequestIdIsEchoedUnlessItCouldForgeTheLog() {
        var kept = send(request("/api/v1/x").header("X-Request-Id", "order-66").GET());
        var replaced = send(request("/api/v1/x").header("X-Request-Id", "a b\u00e9").GET());

        assertThat(kept.headers().firstValue("X-Request-Id")).hasValue("order-66");
        assertThat(bodyOf(kept).get("request_id").asString()).isEqualTo("order-66");
        assertThat(UUID.fromString(bodyOf(replaced).get("request_id").asString())).isNotNull();
    }

    @Test
    void whatTomcatItselfRefusesHasTheSameForm() throws IOException {
        try (var socket = new Socket("localhost", port)) {
            socket.getOutputStream()
                    .write("GET /a|b HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).startsWith("HTTP/1.1 400").contains("application/problem+json");
            assertThat(answer)
                    .contains("\"code\":\"bad_request\"")
                    .doesNotContain("<html", "Tomcat");
        }
    }

    private HttpResponse<String> get(String path) {
        return send(request(path, token).GET());
    }

    private HttpResponse<String> post(String body) {
        return send(json(request(BODY, token), "POST", body));
    }

    private HttpResponse<String> sendBody(HttpRequest.BodyPublisher body) {
        return send(request(BODY, token).header("Content-Type", "application/json").POST(body));
    }

    private static String pointer(HttpResponse<String> answer) {
        return bodyOf(answer).get("errors").get(0).get("pointer").asString();
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValue("application/problem+json");
        var problem = bodyOf(answer);
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("code").asString()).isEqualTo(code);
        assertThat(problem.get("type").asString()).isEqualTo("/problems/" + code);
        assertThat(problem.get("title").asString()).isNotBlank();
        assertThat(problem.get("detail").asString()).isNotBlank();
        assertThat(answer.headers().firstValue("X-Request-Id"))
                .hasValue(problem.get("request_id").asString());
    }

    record Quantity(long grams) {

        Quantity {
            if (grams < 0) {
                throw new IllegalArgumentException("grams are negative: " + grams);
            }
        }
    }

    record Body(
            String name,
            int someCount,
            @Nullable Instant at,
            @Nullable Role role,
            @Nullable Quantity quantity) {}

    /// Ways to go wrong; the component scan finds this because it is a configuration.
    @Configuration(proxyBeanMethods = false)
    static class Wrongs {

        @Bean
        WrongController wrongController() {
            return new WrongController();
        }
    }

    @Hidden
    @RestController
    static class WrongController {

        @PostMapping(BODY)
        int body(@RequestBody Body body) {
            return body.someCount();
        }

        @GetMapping("/api/v1/test/parameter")
        int parameter(@RequestParam int limit) {
            return limit;
        }

        @GetMapping("/api/v1/test/path/{id}")
        UUID path(@PathVariable UUID id) {
            return id;
        }

        @GetMapping("/api/v1/test/crash")
        int crash() {
            throw new IllegalStateException("secret inside");
        }

        @GetMapping("/api/v1/test/storage")
        int storage() {
            throw new DataAccessResourceFailureException("secret host");
        }

        @GetMapping("/api/v1/test/refused")
        ResponseEntity<?> refused() {
            return problem().answer();
        }

        @GetMapping("/api/v1/test/deep")
        int deep() {
            throw problem().asException();
        }

        private static Problem problem() {
            return Problem.of(HttpStatus.CONFLICT, "already_retired", "It was retired before.");
        }
    }
}
