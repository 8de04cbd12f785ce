package com.portfolio.infra.utilities.serialization;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import org.jspecify.annotations.Nullable;

/**
 * Allows subtypes by declared names and refuses those by class: whoever writes the text would choose the
 * class, and a class could never be renamed. Refuses those by their fields too, of which a class may get
 * others. Refused on writing as well, so that nothing is stored which could not be read.
 */
final class NamedSubtypesOnly extends JacksonAnnotationIntrospector {

    private static final long serialVersionUID = 1L;

    @Override
    public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(MapperConfig<?> config, Annotated annotated) {
        JsonTypeInfo.Value info = super.findPolymorphicTypeInfo(config, annotated);
        String problem = info == null ? null : problem(info.getIdType());
        if (problem != null) {
            throw new RefusedException("@JsonTypeInfo of " + annotated.getName() + " " + problem
                    + "; use names (Id.NAME with @JsonSubTypes) instead");
        }
        return info;
    }

    private static @Nullable String problem(JsonTypeInfo.Id id) {
        return switch (id) {
            case CLASS, MINIMAL_CLASS -> "puts class names into the text";
            case DEDUCTION -> "tells subtypes by their fields, which may change";
            default -> null;
        };
    }
}
