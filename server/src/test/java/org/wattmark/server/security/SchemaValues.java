package org.wattmark.server.security;

import java.util.UUID;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Values of the schemas of an OpenAPI document, as a client sends that read nothing else.
final class SchemaValues {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final JsonNodeFactory MAKE = JsonNodeFactory.instance;
    private static final int DEEPEST = 6;

    private final JsonNode document;
    private final RandomGenerator random;

    SchemaValues(JsonNode document, RandomGenerator random) {
        this.document = document;
        this.random = random;
    }

    /// The body of an operation's request; empty if it takes none.
    String body(JsonNode operation) {
        var content = operation.at("/requestBody/content");
        for (var each : content.properties()) {
            if (each.getKey().contains("json")) {
                return JSON.writeValueAsString(of(each.getValue().path("schema"), 0));
            }
            return "id,quantity\n1,2\n";
        }
        return "";
    }

    String contentType(JsonNode operation) {
        var types = operation.at("/requestBody/content").propertyNames();
        // What takes no body that could be described takes a file.
        return types.isEmpty() ? "text/csv" : types.iterator().next();
    }

    private JsonNode of(JsonNode schema, int depth) {
        if (schema.has("$ref")) {
            return of(document.at(schema.get("$ref").asString().substring(1)), depth);
        }
        if (schema.has("enum")) {
            return schema.get("enum").get(random.nextInt(schema.get("enum").size()));
        }
        for (var choice : new String[] {"oneOf", "anyOf", "allOf"}) {
            if (schema.has(choice)) {
                return of(schema.get(choice).get(random.nextInt(schema.get(choice).size())), depth);
            }
        }
        return switch (type(schema)) {
            case "object" -> object(schema, depth);
            case "array" -> {
                var array = MAKE.arrayNode();
                if (depth < DEEPEST) {
                    array.add(of(schema.path("items"), depth + 1));
                }
                yield array;
            }
            case "integer" -> MAKE.numberNode(1 + random.nextInt(100));
            case "number" -> MAKE.numberNode(1.5);
            case "boolean" -> MAKE.booleanNode(random.nextBoolean());
            case "null" -> MAKE.nullNode();
            default -> MAKE.stringNode(text(schema.path("format").asString("")));
        };
    }

    private static String type(JsonNode schema) {
        var type = schema.path("type");
        if (type.isArray()) {
            return type.get(0).asString();
        }
        return type.isMissingNode() && schema.has("properties")
                ? "object"
                : type.asString("string");
    }

    private ObjectNode object(JsonNode schema, int depth) {
        var object = MAKE.objectNode();
        var required = schema.path("required").valueStream().map(JsonNode::asString).toList();
        for (var property : schema.path("properties").properties()) {
            if (depth < DEEPEST
                    && (required.contains(property.getKey()) || random.nextInt(4) > 0)) {
                object.set(property.getKey(), of(property.getValue(), depth + 1));
            }
        }
        return object;
    }

    /// Of version 4.
    private UUID uuid() {
        return new UUID(
                (random.nextLong() & ~0xf000L) | 0x4000L, (random.nextLong() >>> 2) | (1L << 63));
    }

    private String text(String format) {
        return switch (format) {
            case "uuid" -> uuid().toString();
            case "date-time" -> "2026-03-01T00:00:00Z";
            case "date" -> "2026-03-01";
            case "uri" -> "https://example.org/";
            default -> "EUR";
        };
    }
}
