package org.wattmark.server.openapi;

import io.swagger.v3.core.jackson.TypeNameResolver;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// Names a schema after its type and the controller around it: `RetirementEndpoints.Listed` is
/// `RetirementListed`, since another controller lists things too.
final class SchemaNames extends TypeNameResolver {

    /// How controllers are called.
    static final Pattern CONTROLLER = Pattern.compile("Endpoints?$");

    private final Map<String, Class<?>> given = new ConcurrentHashMap<>();

    @Override
    protected String nameForClass(Class<?> type, Set<Options> options) {
        var name = withController(type, super.nameForClass(type, options));
        // Otherwise one of the two would be described as the other. An enum is described in place.
        var first = type.isEnum() ? null : given.putIfAbsent(name, type);
        if (first != null && first != type) {
            throw new IllegalStateException(name + " names " + first + " and " + type);
        }
        return name;
    }

    private static String withController(Class<?> type, String name) {
        var around = type.getEnclosingClass();
        if (around == null || !CONTROLLER.matcher(around.getSimpleName()).find()) {
            return name;
        }
        var prefix = CONTROLLER.matcher(around.getSimpleName()).replaceFirst("");
        return name.startsWith(prefix) ? name : prefix + name;
    }
}
