package org.wattmark.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Requests from the specification, right and broken: no answer is a fault of the server's, and
/// each is what the document says that it is.
///
/// Two thousand, or as many as `-Dfuzz.requests=100000` says, from `-Dfuzz.seed=1` on.
class FuzzTest extends AccessTest {

    private static final JsonNode DOCUMENT = document();

    private static final List<Operation> OPERATIONS =
            operations(DOCUMENT).stream().filter(operation -> !operation.isStream()).toList();

    /// What may be said to any request.
    private static final List<Integer> ANYWHERE = List.of(404, 405, 406, 410);

    /// So many requests take less than the ten minutes that a token lives.
    private static final int TOKENS_LAST = 10_000;

    private static final String[] BAD = {
        "",
        "null",
        "{",
        "[]",
        "\"\"",
        "{}",
        "0",
        "{\"id\": \"x\"}",
        "{\"id\": null, \"id\": null}",
        "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
        "{\"unknown\": 1}",
        "\u0000",
        "\ud800",
        "1e308",
    };

    private static final String[] TEXTS = {
        "x",
        "00000000-0000-0000-0000-000000000000",
        "-1",
        "9223372036854775808",
        "a%00b",
        "%F0%9F%98%80",
        "..%2f..%2fetc",
        "'%20or%201=1--",
        "%3Cscript%3E",
        "NaN",
        "1e400",
        "2026-02-30T00:00:00Z",
        "wattmark%2Fsolar",
    };

    @Test
    void noRequestIsTooMuchAndEveryAnswerIsAsDescribed() {
        long seed = Long.getLong("fuzz.seed", 1);
        int requests = Integer.getInteger("fuzz.requests", 2_000);
        var random = new Random(seed);
        var tokens = tokens();
        var faults = new ArrayList<String>();
        for (int i = 0; i < requests && faults.size() < 20; i++) {
            if (i % TOKENS_LAST == TOKENS_LAST - 1) {
                tokens = tokens();
            }
            var operation = OPERATIONS.get(random.nextInt(OPERATIONS.size()));
            faults.addAll(ask(operation, tokens.get(random.nextInt(tokens.size())), random));
        }

        assertThat(faults).as("-Dfuzz.seed=" + seed).isEmpty();
    }

    private List<String> tokens() {
        return List.of(
                owner(Role.PROPONENT).token(),
                operator().token(),
                member(newOrganisation(Role.VERIFIER), Role.VERIFIER).token());
    }

    /// The control: answers that are not what the document describes are told.
    @Test
    void aFaultIsFound() {
        var me =
                OPERATIONS.stream()
                        .filter(operation -> operation.path().equals("/api/v1/me"))
                        .findFirst()
                        .orElseThrow();

        assertThat(faults(me, 500, "application/problem+json", "{}", "")).isNotEmpty();
        assertThat(faults(me, 418, "application/problem+json", "{}", "")).isNotEmpty();
        assertThat(faults(me, 404, "text/html", "<p>", "")).isNotEmpty();
        assertThat(faults(me, 403, "application/problem+json", "{\"code\": 1}", "")).isNotEmpty();
        assertThat(faults(me, 200, "application/json", "{\"id\": 7}", "")).isNotEmpty();
    }

    private List<String> ask(Operation operation, String token, Random random) {
        var values = new SchemaValues(DOCUMENT, random);
        var path =
                operation.at(
                                random.nextInt(3) == 0
                                        ? TEXTS[random.nextInt(TEXTS.length)]
                                        : new UUID(random.nextLong(), random.nextLong()).toString())
                        + query(operation, random);
        var body = values.body(operation.description());
        if (random.nextInt(3) == 0) {
            body = broken(body, random);
        }
        HttpRequest.Builder request;
        try {
            request =
                    request(path, token)
                            .header("Content-Type", values.contentType(operation.description()))
                            .method(operation.method(), text(body));
        } catch (IllegalArgumentException e) {
            return List.of(); // it cannot be sent
        }
        HttpResponse<String> answer = send(request);
        return faults(
                operation,
                answer.statusCode(),
                answer.headers().firstValue("Content-Type").orElse(""),
                answer.body(),
                path + " " + body);
    }

    private static String query(Operation operation, Random random) {
        var query = new StringBuilder();
        operation
                .description()
                .path("parameters")
                .valueStream()
                .filter(parameter -> parameter.path("in").asString().equals("query"))
                .filter(_ -> random.nextInt(3) == 0)
                .forEach(parameter ->
                        query.append(query.isEmpty() ? "?" : "&")
                                .append(parameter.get("name").asString())
                                .append("=")
                                .append(TEXTS[random.nextInt(TEXTS.length)]));
        return query.toString();
    }

    /// Cut, doubled, replaced, or with a value of another kind.
    private static String broken(String body, Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> body.substring(0, random.nextInt(body.length() + 1));
            case 1 -> body.replaceFirst("\\d+", "99999999999999999999");
            case 2 -> body.replaceFirst("\"EUR\"", "\"\\\\u0000\\\\ud83d\\\\ude00 \"");
            default -> BAD[random.nextInt(BAD.length)];
        };
    }

    private static List<String> faults(
            Operation operation, int status, String type, String body, String asked) {
        var faults = new ArrayList<String>();
        var where = operation + " " + asked + ": " + status + " ";
        var responses = operation.description().get("responses");
        if (status >= 500 && status != 503) {
            faults.add(where + body);
        } else if (status == 400 && tellsFields(responses) && type.equals("application/json")) {
            JSON.readTree(body)
                    .properties()
                    .forEach(field -> {
                        if (!field.getValue().path(0).isString()) {
                            faults.add(where + "is no list of messages: " + field);
                        }
                    });
        } else if (status >= 400) {
            if (!type.startsWith("application/problem+json")) {
                faults.add(where + "is no problem but " + type);
            } else if (!JSON.readTree(body).path("code").isString()
                    || JSON.readTree(body).path("status").asInt() != status) {
                faults.add(where + "is no problem as described: " + body);
            }
            // What any server may say to any request needs no line at each operation.
            if (!responses.has(String.valueOf(status)) && !ANYWHERE.contains(status)) {
                faults.add(where + "is not described");
            }
        } else if (status < 300 && type.startsWith("application/json")) {
            for (var response : responses.properties()) {
                if (response.getKey().startsWith("2")) {
                    mismatch(response.getValue(), JSON.readTree(body), where, faults);
                }
            }
        }
        return faults;
    }

    /// Some paths answer invalid bodies as CarbonCred did, field by field.
    private static boolean tellsFields(JsonNode responses) {
        return responses.at("/400/$ref").asString("").endsWith("/Invalid400");
    }

    private static void mismatch(
            JsonNode response, JsonNode body, String where, List<String> faults) {
        var schema = response.at("/content/application~1json/schema");
        if (!schema.isMissingNode()) {
            check(schema, body, where, faults);
        }
    }

    /// That much of JSON Schema as the document uses: types, and names of fields.
    private static void check(JsonNode schema, JsonNode value, String where, List<String> faults) {
        if (schema.has("$ref")) {
            check(DOCUMENT.at(schema.get("$ref").asString().substring(1)), value, where, faults);
            return;
        }
        var type = schema.path("type").asString("");
        boolean fits =
                switch (type) {
                    case "object" -> value.isObject();
                    case "array" -> value.isArray();
                    case "string" -> value.isString();
                    case "integer" -> value.isIntegralNumber();
                    case "boolean" -> value.isBoolean();
                    default -> true;
                };
        if (!fits) {
            faults.add(where + value + " is no " + type);
            return;
        }
        if (type.equals("array")) {
            value.forEach(each -> check(schema.path("items"), each, where, faults));
        }
        var properties = schema.path("properties");
        if (value.isObject() && properties.isObject()) {
            for (var field : value.properties()) {
                if (properties.has(field.getKey())) {
                    check(properties.get(field.getKey()), field.getValue(), where, faults);
                } else if (!schema.has("additionalProperties")) {
                    faults.add(where + field.getKey() + " is not described");
                }
            }
        }
    }
}
