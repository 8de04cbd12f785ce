package com.portfolio.infra.utilities.serialization;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.portfolio.infra.ports.event.EncodedPayload;
import com.portfolio.infra.ports.event.EventCodec;
import com.portfolio.infra.ports.event.EventDecodingException;
import com.portfolio.infra.ports.event.EventEncodingException;
import com.portfolio.infra.ports.event.EventType;
import com.portfolio.infra.ports.event.EventTypes;
import com.portfolio.infra.ports.event.Metadata;
import com.portfolio.infra.utilities.secrets.Redaction;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Events as JSON, by Jackson.
 *
 * <pre>{@code
 * EventCodec codec = JacksonEventCodec.of(EventTypes.ofSealed("accounts", AccountEvent.class));
 * }</pre>
 *
 * <p><b>What comes back equals what went in</b>: text to the character, {@code BigDecimal} with its
 * scale, {@code BigInteger} of any length, the types of {@code java.time} to the nanosecond with their
 * offset or zone, {@code double} and {@code float} with NaN and the infinities, enums by name, {@code
 * Optional}, nulls, empty and nested collections, maps and records. A record is written as its
 * components. An {@code Optional} that is null comes back empty. In a field of type {@code Object} or
 * {@code JsonNode}, which says nothing of what it holds, a number keeps its exact value but not its
 * class: it comes back as the smallest of {@code Integer}, {@code Long} and {@code BigInteger}, or as a
 * {@code BigDecimal}.
 *
 * <p><b>The text never chooses a class.</b> Subtypes in fields need declared names ({@code
 * @JsonTypeInfo(use = NAME)} with {@code @JsonSubTypes}); class names in the text are refused, on writing
 * too. A component of an abstract type of which nothing says what to make can be written, and fails when it is
 * read: have a test that reads back one event of each type.
 *
 * <p><b>Reading</b> ignores fields that the class does not know, as a newer version of the service may
 * have added them. A primitive that is missing or null, a fraction for a whole number, a number for an
 * enum, and anything after the JSON are errors.
 *
 * <p><b>No message of an error holds a value</b>: it names class or event type, path and reason; keys of
 * maps stand as {@code *}.
 *
 * <p>Immutable and thread-safe.
 */
public final class JacksonEventCodec implements EventCodec {

    private final EventTypes types;
    private final Map<Class<?>, Binding> byClass;
    private final Map<String, Binding> byName;
    private final Upcasters upcasters;
    private final ObjectReader trees;
    private final MetadataJson metadata;

    /** All that one type needs, looked up once. */
    private record Binding(EventType type, String className, ObjectWriter writer, ObjectReader reader) {}

    private JacksonEventCodec(EventTypes types, List<JsonUpcaster> upcasters, List<Module> modules) {
        ObjectMapper mapper = FaithfulMapper.create(modules);
        Map<Class<?>, Binding> classes = new HashMap<>();
        Map<String, Binding> names = new HashMap<>();
        List<EventType> current = new ArrayList<>();
        for (String name : types.names()) {
            Class<?> type = types.classOf(name).orElseThrow();
            Binding binding = bind(mapper, type, types.typeOf(type));
            classes.put(type, binding);
            names.put(name, binding);
            current.add(binding.type());
        }
        this.types = types;
        this.byClass = Map.copyOf(classes);
        this.byName = Map.copyOf(names);
        this.upcasters = new Upcasters(types, current, upcasters);
        this.trees = mapper.readerFor(JsonNode.class);
        this.metadata = new MetadataJson(mapper.getFactory());
    }

    /** Looks the class through now, so that one that can't be an event is found at start-up. */
    private static Binding bind(ObjectMapper mapper, Class<?> type, EventType name) {
        try {
            ObjectReader reader = mapper.readerFor(type);
            reader.readValue("null");
            return new Binding(name, type.getName(), mapper.writerFor(type), reader);
        } catch (IOException | RuntimeException e) {
            JsonConversionException failure = JsonFailures.reading(type.getName(), e);
            throw new IllegalArgumentException("Event type " + name + " " + failure.getMessage() + ".", failure);
        }
    }

    /**
     * A codec for types that are all at schema version 1.
     *
     * @throws IllegalArgumentException if one is at a later version; those need {@link #builder upcasters}
     */
    public static JacksonEventCodec of(EventTypes types) {
        return builder(types).build();
    }

    /** A codec with upcasters, or with modules of the service. */
    public static Builder builder(EventTypes types) {
        return new Builder(types);
    }

    @Override
    public EventTypes types() {
        return types;
    }

    @Override
    public EncodedPayload encode(Object payload) {
        Objects.requireNonNull(payload, "payload");
        Binding binding = byClass.get(payload.getClass());
        if (binding == null) {
            throw new EventEncodingException(
                    "The payload can't be encoded: " + payload.getClass().getName() + " is not a registered event type",
                    null);
        }
        try {
            return new EncodedPayload(binding.type(), Json.write(binding.writer(), payload));
        } catch (JsonConversionException e) {
            throw new EventEncodingException("The payload " + e.getMessage(), e.getCause());
        }
    }

    @Override
    public Object decode(EncodedPayload encoded) {
        EventType stored = encoded.type();
        Binding binding = byName.get(stored.name());
        if (binding == null) {
            throw new EventDecodingException("Event type " + stored + " is not known to this service", null);
        }
        EventType current = binding.type();
        if (stored.schemaVersion() > current.schemaVersion()) {
            throw new EventDecodingException(
                    "Event type " + stored + " was written by a newer version of the service; this one knows " + current
                            + " and earlier",
                    null);
        }
        try {
            if (stored.schemaVersion() == current.schemaVersion()) {
                return Json.read(binding.className(), () -> binding.reader().readValue(encoded.data()));
            }
            ObjectNode json = upcast(encoded, current);
            return Json.read(binding.className(), () -> binding.reader().readValue(json));
        } catch (JsonConversionException e) {
            throw new EventDecodingException("Event type " + stored + " " + e.getMessage(), e.getCause());
        }
    }

    private ObjectNode upcast(EncodedPayload encoded, EventType current) {
        Object json = Json.read("a JSON object", () -> trees.readValue(encoded.data()));
        for (int version = encoded.type().schemaVersion(); version < current.schemaVersion(); version++) {
            if (!(json instanceof ObjectNode object)) {
                throw JsonFailures.reading("a JSON object", new RefusedException("the JSON is something else"));
            }
            json = upcasters.apply(current.name(), version, object);
        }
        return (ObjectNode) json;
    }

    @Override
    public String encodeMetadata(Metadata entries) {
        try {
            return metadata.write(entries);
        } catch (IOException e) {
            throw new EventEncodingException("The metadata can't be written as JSON", Redaction.withoutMessage(e));
        }
    }

    @Override
    public Metadata decodeMetadata(String encoded) {
        try {
            return metadata.read(encoded);
        } catch (IOException | RuntimeException e) {
            throw new EventDecodingException(
                    "The metadata can't be read: it must be a JSON object of strings", Redaction.withoutMessage(e));
        }
    }

    /** Collects what a codec needs beside the types. */
    public static final class Builder {

        private final EventTypes types;
        private final List<JsonUpcaster> upcasters = new ArrayList<>();
        private final List<Module> modules = new ArrayList<>();

        private Builder(EventTypes types) {
            this.types = Objects.requireNonNull(types, "types");
        }

        /** Adds steps from older schema versions, in any order. */
        public Builder upcasters(JsonUpcaster... steps) {
            upcasters.addAll(List.of(steps));
            return this;
        }

        /**
         * Adds modules of Jackson, for types that are neither the JDK's nor describe themselves by
         * annotations.
         *
         * <p>A module may say how types are written and read, add mix-ins and name subtypes; for what it
         * writes it has to keep the promise of fidelity itself. It can't change the settings of the
         * mapper, turn on default typing, or replace how {@code Optional} and {@code java.time} are
         * written: those are set after it.
         */
        public Builder modules(Module... others) {
            modules.addAll(List.of(others));
            return this;
        }

        /**
         * Makes the codec.
         *
         * @throws IllegalArgumentException if a class can't be written and read; if a type lacks a step from an older schema version, has two from the same one,
         *         or has one from its current version or later; or if there is a step for a type that is not
         *         registered
         */
        public JacksonEventCodec build() {
            return new JacksonEventCodec(types, upcasters, modules);
        }
    }
}
