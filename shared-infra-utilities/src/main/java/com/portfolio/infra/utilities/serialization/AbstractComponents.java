package com.portfolio.infra.utilities.serialization;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.AbstractDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBase;
import com.fasterxml.jackson.databind.deser.DefaultDeserializationContext;
import com.fasterxml.jackson.databind.deser.SettableBeanProperty;
import com.fasterxml.jackson.databind.deser.std.ContainerDeserializerBase;
import com.fasterxml.jackson.databind.deser.std.ReferenceTypeDeserializer;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.jsontype.SubtypeResolver;
import com.fasterxml.jackson.databind.jsontype.TypeDeserializer;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds components that can be written but never read back: those of an abstract type of which nothing says
 * what to make.
 *
 * <p>Jackson builds a deserialiser even for them, which fails when it is first used. So this follows the
 * deserialisers that Jackson has built, rather than the classes: whatever annotation or module says how to
 * make a type is taken into account.
 */
final class AbstractComponents {

    private final DeserializationContext context;
    private final DeserializationConfig config;
    private final Set<JsonDeserializer<?>> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<JavaType> seenTypes = new HashSet<>();

    AbstractComponents(ObjectMapper mapper) {
        DefaultDeserializationContext blueprint = (DefaultDeserializationContext) mapper.getDeserializationContext();
        this.config = mapper.getDeserializationConfig();
        this.context = blueprint.createDummyInstance(config);
    }

    /**
     * Looks through a class and all that it holds.
     *
     * @throws JsonMappingException with the path to a component that can't be made
     */
    void refuseIn(Class<?> type) throws JsonMappingException {
        look(config.constructType(type), null);
    }

    private void look(JavaType type, @Nullable BeanProperty property) throws JsonMappingException {
        if (seenTypes.add(type)) {
            look(type, context.findContextualValueDeserializer(type, property), names(type), property);
        }
    }

    private @Nullable TypeDeserializer names(JavaType type) throws JsonMappingException {
        TypeDeserializer given = type.getTypeHandler();
        return given != null ? given : config.findTypeDeserializer(type);
    }

    private void look(
            JavaType type,
            JsonDeserializer<?> deserializer,
            @Nullable TypeDeserializer names,
            @Nullable BeanProperty property)
            throws JsonMappingException {
        boolean someSubtype = names != null && lookAtSubtypes(type, names, property);
        if (makesNothing(deserializer) && !someSubtype) {
            throw new RefusedException("nothing says how to make "
                    + deserializer.handledType().getName()
                    + ", which is abstract; name its subtypes with @JsonTypeInfo(use = NAME) and @JsonSubTypes, give it"
                    + " a deserializer, or use a concrete type");
        }
        if (seen.add(deserializer)) {
            lookInside(type, deserializer, property);
        }
    }

    private void lookInside(JavaType type, JsonDeserializer<?> deserializer, @Nullable BeanProperty property)
            throws JsonMappingException {
        if (deserializer instanceof BeanDeserializerBase bean) {
            lookAtProperties(bean);
            lookAtDelegate(bean.getValueInstantiator().getDelegateType(config));
            lookAtDelegate(bean.getValueInstantiator().getArrayDelegateType(config));
        } else if (deserializer instanceof ContainerDeserializerBase<?> container) {
            lookAtContent(type, container, property);
        } else if (deserializer instanceof ReferenceTypeDeserializer<?> && type.isReferenceType()) {
            if (type.getContentType().getValueHandler() == null) {
                look(type.getContentType(), property);
            }
        } else if (deserializer.getDelegatee() != null) {
            look(type, deserializer.getDelegatee(), null, property);
        }
    }

    private void lookAtProperties(BeanDeserializerBase bean) throws JsonMappingException {
        for (Iterator<SettableBeanProperty> all = bean.properties(); all.hasNext(); ) {
            SettableBeanProperty property = all.next();
            JsonDeserializer<?> deserializer = property.getValueDeserializer();
            if (deserializer != null) {
                at(
                        new Reference(bean.handledType(), property.getName()),
                        () -> look(property.getType(), deserializer, property.getValueTypeDeserializer(), property));
            }
        }
    }

    private void lookAtDelegate(@Nullable JavaType delegate) throws JsonMappingException {
        if (delegate != null) {
            look(delegate, null);
        }
    }

    private void lookAtContent(JavaType type, ContainerDeserializerBase<?> container, @Nullable BeanProperty property)
            throws JsonMappingException {
        JsonDeserializer<?> deserializer = container.getContentDeserializer();
        JavaType content = container.getContentType();
        if (deserializer != null && content != null) {
            Reference step = type.isMapLikeType()
                    ? new Reference(type.getRawClass(), "*")
                    : new Reference(type.getRawClass(), -1);
            at(step, () -> look(content, deserializer, names(content), property));
        }
    }

    /** Whether there is a subtype, of those that have a name, that can be made. */
    private boolean lookAtSubtypes(JavaType type, TypeDeserializer names, @Nullable BeanProperty property)
            throws JsonMappingException {
        boolean found =
                names.getDefaultImpl() != null || names.getTypeIdResolver().getMechanism() == JsonTypeInfo.Id.CUSTOM;
        for (NamedType subtype : subtypes(type, property)) {
            JavaType specific = context.constructSpecializedType(type, subtype.getType());
            if (!makesNothing(context.findContextualValueDeserializer(specific, property))) {
                found = true;
                look(specific, property);
            }
        }
        return found;
    }

    private Collection<NamedType> subtypes(JavaType type, @Nullable BeanProperty property) {
        SubtypeResolver resolver = config.getSubtypeResolver();
        return property == null || property.getMember() == null
                ? resolver.collectAndResolveSubtypesByTypeId(
                        config, config.introspectClassAnnotations(type).getClassInfo())
                : resolver.collectAndResolveSubtypesByTypeId(config, property.getMember(), type);
    }

    /** Not one that a module derived from it. */
    private static boolean makesNothing(JsonDeserializer<?> deserializer) {
        return deserializer.getClass().equals(AbstractDeserializer.class);
    }

    @FunctionalInterface
    private interface Look {
        void run() throws JsonMappingException;
    }

    private static void at(Reference step, Look look) throws JsonMappingException {
        try {
            look.run();
        } catch (JsonMappingException | RefusedException e) {
            throw JsonMappingException.wrapWithPath(e, step);
        }
    }
}
