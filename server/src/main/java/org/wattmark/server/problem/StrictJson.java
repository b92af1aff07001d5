package org.wattmark.server.problem;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/// How this server reads and writes JSON. The bodies that it takes are taken alike wherever they
/// are read: by HTTP, by MQTT, and by whoever checks them without a server.
public final class StrictJson {

    private StrictJson() {}

    /// A reader and writer of its own.
    public static JsonMapper mapper() {
        return onto(JsonMapper.builder()).build();
    }

    static JsonMapper.Builder onto(JsonMapper.Builder builder) {
        return builder.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .changeDefaultPropertyInclusion(
                        inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                // A field that stands twice would let two readers of one body see different values.
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .annotationIntrospector(new RequiredFields())
                .addModule(
                        new SimpleModule("plain text")
                                .addDeserializer(String.class, new PlainText()))
                // A record's components are its fields; `isZero()` beside them is none.
                .changeDefaultVisibility(visibility ->
                        visibility.withIsGetterVisibility(JsonAutoDetect.Visibility.NONE));
    }
}
