package org.wattmark.server.ledger;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Outcomes of commands as they are kept: JSON with the name of the record, such as
/// `{"type":"Posting.Posted","value":{…}}`.
public final class OutcomeCodec {

    private final JsonMapper json;
    private final Map<String, Class<?>> types = new HashMap<>();

    /// @param outcomes each a record, or a sealed interface over records
    public OutcomeCodec(JsonMapper json, Stream<Class<?>> outcomes) {
        this.json = json;
        outcomes.distinct().forEach(this::add);
    }

    private void add(Class<?> outcome) {
        if (outcome.isSealed()) {
            Stream.of(outcome.getPermittedSubclasses()).forEach(this::add);
        } else if (types.putIfAbsent(nameOf(outcome), outcome) != null) {
            throw new IllegalArgumentException("two outcomes are called " + nameOf(outcome));
        }
    }

    private static String nameOf(Class<?> type) {
        var outer = type.getEnclosingClass();
        return outer == null ? type.getSimpleName() : nameOf(outer) + "." + type.getSimpleName();
    }

    public byte[] encode(Object outcome) {
        var name = nameOf(outcome.getClass());
        if (types.get(name) != outcome.getClass()) {
            throw new IllegalArgumentException("no command is known to end in " + name);
        }
        ObjectNode node = json.createObjectNode().put("type", name);
        node.set("value", json.valueToTree(outcome));
        return json.writeValueAsString(node).getBytes(StandardCharsets.UTF_8);
    }

    public Object decode(byte[] encoded) {
        var node = json.readTree(encoded);
        var type = types.get(node.path("type").asString());
        if (type == null) {
            throw new IllegalStateException("an outcome of unknown type: " + node.path("type"));
        }
        return json.treeToValue(node.path("value"), type);
    }
}
