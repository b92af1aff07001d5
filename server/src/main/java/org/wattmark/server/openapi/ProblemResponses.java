package org.wattmark.server.openapi;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.tags.Tag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;

/// Says of each operation how it refuses, which no controller needs to repeat: by problems as RFC
/// 9457 has them. It also says which operations need no token.
final class ProblemResponses implements GlobalOpenApiCustomizer {

    private static final String PROBLEM = "Problem";

    /// Where those come in who have no account or no token yet.
    private static final Set<String> OPEN_DOORS =
            Set.of(
                    "/api/v1/sign-ups",
                    "/api/v1/invitation-acceptances",
                    "/api/token/",
                    "/api/token/blacklist/",
                    "/api/token/refresh/");

    /// Where clients of CarbonCred look for what is wrong field by field.
    private static final String INVALID = "Invalid400";

    private static final Map<String, String> MEANINGS = meanings();

    private static Map<String, String> meanings() {
        var meanings = new LinkedHashMap<String, String>();
        meanings.put("400", "The request cannot be read; `errors` name the places.");
        meanings.put("401", "The access token is missing or does not count.");
        meanings.put("402", "The organisation's plan does not have this.");
        meanings.put("403", "Who asks may not do this.");
        meanings.put("404", "Nothing is here.");
        meanings.put("409", "The id stands for another request, or the state does not allow it.");
        meanings.put("413", "The body is too large.");
        meanings.put("415", "The body is of a type that is not understood here.");
        meanings.put("422", "The request can be read, and a rule refuses it.");
        meanings.put("429", "Too many requests: wait as `Retry-After` says.");
        meanings.put("503", "The storage does not answer: send the same request again.");
        return meanings;
    }

    @Override
    public void customise(OpenAPI description) {
        describe(description.getComponents());
        nameTags(description);
        description
                .getPaths()
                .forEach((path, item) ->
                        item.readOperationsMap().forEach((how, what) -> complete(path, how, what)));
    }

    /// Each group of operations once, and no other.
    private static void nameTags(OpenAPI description) {
        description.setTags(
                description.getPaths().values().stream()
                        .flatMap(item -> item.readOperations().stream())
                        .flatMap(operation -> operation.getTags().stream())
                        .distinct()
                        .sorted()
                        .map(name -> new Tag().name(name))
                        .toList());
    }

    private static void complete(String path, HttpMethod how, Operation operation) {
        var isPublic =
                (how == HttpMethod.GET && isPublic(path))
                        || (how == HttpMethod.POST && OPEN_DOORS.contains(path));
        if (isPublic) {
            operation.setSecurity(List.of()); // overrides the requirement of the whole
        }
        refusals(path, how, isPublic)
                .forEach(status ->
                        operation
                                .getResponses()
                                .putIfAbsent(
                                        status,
                                        new ApiResponse()
                                                .$ref(
                                                        "#/components/responses/"
                                                                + response(path, status))));
    }

    private static String response(String path, String status) {
        boolean byField =
                status.equals("400") && path.startsWith("/api/") && !path.startsWith("/api/v1/");
        return byField ? INVALID : PROBLEM + status;
    }

    private static List<String> refusals(String path, HttpMethod how, boolean isPublic) {
        var statuses = new ArrayList<>(List.of("400"));
        if (!isPublic) {
            statuses.addAll(List.of("401", "403"));
        } else if (path.startsWith("/api/")) {
            statuses.add("401"); // none is needed, and one that is sent and does not count is told
        }
        if (path.contains("{")) {
            statuses.add("404");
        }
        if (path.startsWith("/api/v1/analytics/")) {
            statuses.addAll(List.of("402", "409"));
        }
        if (how != HttpMethod.GET) {
            statuses.addAll(List.of("409", "413", "415", "422"));
        }
        statuses.add("429");
        statuses.add("503");
        return statuses;
    }

    /// As the access rules have it; a test asks each operation without a token.
    private static boolean isPublic(String path) {
        return List.of(
                        "/.well-known/",
                        "/certificates/",
                        "/log/",
                        "/api/v1/certificates/",
                        "/api/v1/factors/",
                        "/api/v1/log/",
                        "/api/v1/public/",
                        "/api/marketplace/")
                .stream()
                .anyMatch(path::startsWith);
    }

    private static void describe(Components components) {
        components.addSchemas(PROBLEM, problem());
        var content =
                new Content()
                        .addMediaType(
                                org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                                new MediaType()
                                        .schema(
                                                new Schema<>(SpecVersion.V31)
                                                        .$ref("#/components/schemas/" + PROBLEM)));
        var messages = typed("array").items(typed("string"));
        var fields = typed("object");
        fields.setAdditionalProperties(messages);
        components.addResponses(
                INVALID,
                new ApiResponse()
                        .description("What is wrong, field by field; a problem if it is no field.")
                        .content(
                                new Content()
                                        .addMediaType(
                                                org.springframework.http.MediaType
                                                        .APPLICATION_JSON_VALUE,
                                                new MediaType().schema(fields))
                                        .addMediaType(
                                                org.springframework.http.MediaType
                                                        .APPLICATION_PROBLEM_JSON_VALUE,
                                                content.get(
                                                        org.springframework.http.MediaType
                                                                .APPLICATION_PROBLEM_JSON_VALUE))));
        MEANINGS.forEach((status, meaning) ->
                components.addResponses(
                        PROBLEM + status, new ApiResponse().description(meaning).content(content)));
    }

    private static Schema<Object> problem() {
        var fault = typed("object");
        fault.addProperty("pointer", string("In the body, as `/quantity/grams`, or `?name`."));
        fault.addProperty("message", string("What is wrong there."));
        fault.setRequired(List.of("pointer", "message"));
        var problem = typed("object");
        problem.setDescription("Why a request was not done (RFC 9457).");
        problem.addProperty("type", string("A name of the kind, relative to the server."));
        problem.addProperty("title", string("The kind in words."));
        problem.addProperty("status", typed("integer").format("int32"));
        problem.addProperty("detail", string("One sentence for a person."));
        problem.addProperty("code", string("Stable: decide by it."));
        problem.addProperty("request_id", string("Quote it when you report a fault."));
        problem.addProperty("retryable", typed("boolean"));
        problem.addProperty("errors", typed("array").items(fault));
        problem.setRequired(
                List.of("type", "title", "status", "detail", "code", "request_id", "retryable"));
        return problem;
    }

    private static Schema<Object> string(String description) {
        var string = typed("string");
        string.setDescription(description);
        return string;
    }

    /// OpenAPI 3.1 reads `types`, and not `type`.
    private static Schema<Object> typed(String type) {
        var schema = new Schema<Object>(SpecVersion.V31);
        schema.addType(type);
        return schema;
    }
}
