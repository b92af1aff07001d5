package org.wattmark.server.ledger;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.wattmark.verification.VerifiedBy;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Outcomes of commands as they are kept: JSON with the name of the record, such as
/// `{"type":"Posting.Posted","value":{…}}`.
public final class OutcomeCodec {

    /// Its own, so that what is kept for ever does not change with how the API writes JSON.
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .changeDefaultVisibility(visibility ->
                            visibility.withIsGetterVisibility(JsonAutoDetect.Visibility.NONE))
                    .addMixIn(VerifiedBy.class, NamedSubtype.class)
                    .build();

    /// A sealed type inside an outcome is kept with the name of its case.
    @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME)
    private interface NamedSubtype {}

    private final Map<String, Class<?>> types = new HashMap<>();

    /// @param outcomes each a record, or a sealed interface over records
    public OutcomeCodec(Stream<Class<?>> outcomes) {
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
        ObjectNode node = JSON.createObjectNode().put("type", name);
        node.set("value", JSON.valueToTree(outcome));
        return JSON.writeValueAsString(node).getBytes(StandardCharsets.UTF_8);
    }

    public Object decode(byte[] encoded) {
        var node = JSON.readTree(encoded);
        var type = types.get(node.path("type").asString());
        if (type == null) {
            throw new IllegalStateException("an outcome of unknown type: " + node.path("type"));
        }
        return JSON.treeToValue(node.path("value"), type);
    }
}
