package org.wattmark.server.openapi;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// What may be wrong with a description of an API. One fault is one sentence.
final class Lint {

    private static final Pattern SNAKE_CASE = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");

    /// What the generator makes of a second method of the same name: it changes with their order.
    private static final Pattern NUMBERED = Pattern.compile(".*_\\d+");

    private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");

    private final JsonNode description;
    private final List<String> faults = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();

    private Lint(JsonNode description) {
        this.description = description;
    }

    static List<String> faults(JsonNode description) {
        var lint = new Lint(description);
        if (description.at("/components/securitySchemes").isEmpty()) {
            lint.faults.add("no security scheme");
        }
        for (var path : description.path("paths").properties()) {
            for (var operation : path.getValue().properties()) {
                if (METHODS.contains(operation.getKey())) {
                    lint.operation(operation.getKey() + " " + path.getKey(), operation.getValue());
                }
            }
        }
        for (var schema : description.at("/components/schemas").properties()) {
            lint.names(schema.getKey(), schema.getValue());
        }
        return List.copyOf(lint.faults);
    }

    private void operation(String place, JsonNode operation) {
        var id = operation.path("operationId").asString("");
        if (id.isEmpty() || NUMBERED.matcher(id).matches()) {
            faults.add(place + ": no operationId of its own: '" + id + "'");
        } else if (!ids.add(id)) {
            faults.add(place + ": the operationId stands twice: " + id);
        }
        if (operation.path("tags").isEmpty()) {
            faults.add(place + ": no tag");
        }
        if (operation.path("description").asString("").isBlank()) {
            faults.add(place + ": no description: the method has no comment");
        }
        var refusals = 0;
        for (var response : operation.path("responses").properties()) {
            if (response.getKey().startsWith("4")) {
                refusals++;
                if (!isProblem(response.getValue())) {
                    faults.add(place + ": " + response.getKey() + " is no problem");
                }
            }
        }
        if (refusals == 0) {
            faults.add(place + ": no 4xx response");
        }
    }

    private boolean isProblem(JsonNode response) {
        var ref = response.path("$ref").asString("");
        var meant = ref.isEmpty() ? response : description.at(ref.substring(1));
        return meant.path("content").has("application/problem+json");
    }

    private void names(String place, JsonNode node) {
        for (var property : node.path("properties").properties()) {
            if (!SNAKE_CASE.matcher(property.getKey()).matches()) {
                faults.add(place + ": not snake case: " + property.getKey());
            }
        }
        for (var child : node.properties()) {
            names(place, child.getValue());
        }
    }
}
