package org.wattmark.server.openapi;

import io.swagger.v3.oas.models.Operation;
import java.util.List;
import java.util.Locale;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.web.method.HandlerMethod;

/// Names an operation after its controller and method, so that it keeps its name whatever other
/// controllers there are: `DeviceEndpoints.list` is `deviceList`, under the tag `Device` if the
/// controller names none. Its summary, the first sentence of the method's comment, is one line.
final class OperationNames implements GlobalOperationCustomizer {

    @Override
    public Operation customize(Operation operation, HandlerMethod handler) {
        var controller =
                SchemaNames.CONTROLLER
                        .matcher(handler.getBeanType().getSimpleName())
                        .replaceFirst("");
        var method = handler.getMethod().getName();
        operation.setOperationId(lower(controller) + upper(method));
        var isUntagged =
                operation.getTags() == null
                        || operation.getTags().stream().allMatch(OperationNames::isGenerated);
        if (isUntagged) {
            operation.setTags(List.of(controller));
        }
        if (operation.getSummary() != null) {
            operation.setSummary(operation.getSummary().replaceAll("\\s+", " "));
        }
        return operation;
    }

    /// The generator's own are the class's name in kebab case.
    private static boolean isGenerated(String tag) {
        return tag.equals(tag.toLowerCase(Locale.ROOT)) && tag.contains("-");
    }

    private static String lower(String name) {
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    private static String upper(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }
}
