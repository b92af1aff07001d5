package org.wattmark.server.registry;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.jsontype.NamedType;

/// Which of a sealed interface's records is meant follows from the fields that are there: lamps
/// have other ones than motors.
final class SealedByFields extends JacksonAnnotationIntrospector {

    private static final long serialVersionUID = 1L;

    @Override
    public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(
            MapperConfig<?> config, Annotated annotated) {
        return isSealed(annotated)
                ? JsonTypeInfo.Value.construct(
                        JsonTypeInfo.Id.DEDUCTION,
                        JsonTypeInfo.As.PROPERTY,
                        null,
                        null,
                        false,
                        true)
                : super.findPolymorphicTypeInfo(config, annotated);
    }

    @Override
    public @Nullable List<NamedType> findSubtypes(MapperConfig<?> config, Annotated annotated) {
        return isSealed(annotated)
                ? Arrays.stream(annotated.getRawType().getPermittedSubclasses())
                        .map(NamedType::new)
                        .toList()
                : super.findSubtypes(config, annotated);
    }

    private static boolean isSealed(Annotated annotated) {
        var type = annotated.getRawType();
        return type.isInterface()
                && type.isSealed()
                && type.getName().startsWith("org.wattmark.verification.");
    }
}
