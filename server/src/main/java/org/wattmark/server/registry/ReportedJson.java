package org.wattmark.server.registry;

import java.util.Map;
import org.wattmark.verification.Methodologies;
import org.wattmark.verification.MethodologyId;
import org.wattmark.verification.MonitoredData;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/// Reported data as JSON: the fields of what the project's methodology takes, by their names.
public final class ReportedJson {

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                    .annotationIntrospector(new SealedByFields())
                    .build();

    private ReportedJson() {}

    /// What is no such data is a 400 problem that says why.
    public static MonitoredData data(MethodologyId methodology, Map<String, Object> fields) {
        var takes =
                Methodologies.of(methodology)
                        .orElseThrow(() ->
                                Refusals.invalid(
                                        "/data",
                                        "are not what "
                                                + methodology
                                                + " takes: name devices in their place"))
                        .takes();
        try {
            return JSON.convertValue(fields, takes);
        } catch (JacksonException | IllegalArgumentException e) {
            throw Refusals.invalid("/data", "are not what the methodology takes: " + words(e));
        }
    }

    /// The rule that was broken, in one line, without our insides.
    private static String words(RuntimeException e) {
        var cause = e.getCause() instanceof IllegalArgumentException rule ? rule : e;
        var text = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        return text.replaceAll("`?org\\.wattmark\\.[a-zA-Z.$]*`?", "it");
    }
}
