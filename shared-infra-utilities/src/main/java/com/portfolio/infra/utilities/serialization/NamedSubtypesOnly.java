package com.portfolio.infra.utilities.serialization;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import org.jspecify.annotations.Nullable;

/**
 * Allows subtypes by declared names and refuses those by class: whoever writes the text would choose the
 * class, and a class could never be renamed. Refused on writing too, so that nothing is stored which could
 * not be read.
 */
final class NamedSubtypesOnly extends JacksonAnnotationIntrospector {

    private static final long serialVersionUID = 1L;

    @Override
    public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(MapperConfig<?> config, Annotated annotated) {
        JsonTypeInfo.Value info = super.findPolymorphicTypeInfo(config, annotated);
        if (info != null
                && (info.getIdType() == JsonTypeInfo.Id.CLASS || info.getIdType() == JsonTypeInfo.Id.MINIMAL_CLASS)) {
            throw new RefusedException("@JsonTypeInfo of " + annotated.getName()
                    + " puts class names into the text; use names (Id.NAME with @JsonSubTypes) instead");
        }
        return info;
    }
}
