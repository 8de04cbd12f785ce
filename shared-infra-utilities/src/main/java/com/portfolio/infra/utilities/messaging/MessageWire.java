package com.portfolio.infra.utilities.messaging;

import com.portfolio.infra.ports.event.EncodedPayload;
import com.portfolio.infra.ports.event.EventCodec;
import com.portfolio.infra.ports.event.EventDecodingException;
import com.portfolio.infra.ports.event.EventType;
import com.portfolio.infra.ports.event.Metadata;
import com.portfolio.infra.ports.messaging.Message;
import com.portfolio.infra.ports.messaging.TraceContext;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Turns messages into what a broker has, and back: CloudEvents 1.0 in binary mode. Reads events of the structured mode in
 * JSON too, as other clients may send them. Thread-safe.
 *
 * <p>What is no {@link String} in a message is written as CloudEvents' canonical text.
 */
public final class MessageWire {

    private static final String SPEC_VERSION = "specversion";
    private static final String SOURCE = "source";
    private static final String SUBJECT = "subject";
    private static final String TIME = "time";
    private static final String DATA_SCHEMA = "dataschema";
    private static final String SCHEMA_VERSION = "schemaversion";
    private static final String CORRELATION_ID = "correlationid";
    private static final String CAUSATION_ID = "causationid";
    private static final String TRACE_PARENT = "traceparent";
    private static final String TRACE_STATE = "tracestate";

    /** What has a place of its own in a message; every other attribute is an extension. */
    private static final Set<String> PLACED = Set.of(
            "id",
            "type",
            "partitionkey",
            SPEC_VERSION,
            SOURCE,
            SUBJECT,
            TIME,
            DATA_SCHEMA,
            SCHEMA_VERSION,
            CORRELATION_ID,
            CAUSATION_ID);

    private final EventCodec codec;
    private final String sourceText;

    /**
     * A wire.
     *
     * @param codec  writes and reads the data
     * @param source of messages that have none
     */
    public MessageWire(EventCodec codec, URI source) {
        this.codec = codec;
        this.sourceText = source.toString();
    }

    /**
     * Writes a message.
     *
     * @throws com.portfolio.infra.ports.event.EventEncodingException if its data can't be written
     */
    public WireMessage encode(Message<?> message) {
        Map<String, String> headers = new LinkedHashMap<>();
        byte[] data = encode(message, headers::put);
        return WireMessage.of(headers, data);
    }

    /**
     * Writes a message.
     *
     * @param headers given each header, once
     * @return its data
     * @throws com.portfolio.infra.ports.event.EventEncodingException if its data can't be written
     */
    public byte[] encode(Message<?> message, BiConsumer<String, String> headers) {
        EncodedPayload payload = codec.encode(message.data());
        EventType type = message.type().orElse(payload.type());
        message.headers().forEach(headers);
        message.extensions().forEach((name, value) -> put(headers, name, value));
        put(headers, SPEC_VERSION, "1.0");
        put(headers, "id", message.id());
        put(headers, SOURCE, message.source().map(URI::toString).orElse(sourceText));
        put(headers, "type", type.name());
        put(headers, SCHEMA_VERSION, Integer.toString(type.schemaVersion()));
        message.subject().ifPresent(subject -> put(headers, SUBJECT, subject));
        message.time().ifPresent(time -> put(headers, TIME, time.toString()));
        message.key().ifPresent(key -> put(headers, "partitionkey", key));
        message.dataSchema().ifPresent(schema -> put(headers, DATA_SCHEMA, schema.toString()));
        message.correlationId().ifPresent(id -> put(headers, CORRELATION_ID, id));
        message.causationId().ifPresent(id -> put(headers, CAUSATION_ID, id));
        message.trace().ifPresent(trace -> {
            headers.accept(TRACE_PARENT, trace.traceparent());
            trace.tracestate().ifPresent(state -> headers.accept(TRACE_STATE, state));
        });
        headers.accept(WireMessage.CONTENT_TYPE, "application/json");
        return payload.data().getBytes(StandardCharsets.UTF_8);
    }

    private static void put(BiConsumer<String, String> headers, String attribute, String value) {
        headers.accept(WireMessage.ATTRIBUTE + attribute, value);
    }

    /**
     * Reads a message.
     *
     * @param payload what its data has to be
     * @throws EventDecodingException if that is no CloudEvent, or the data fits no class of its type or is
     *         no {@code payload}
     */
    public <T> Message<T> decode(WireMessage wire, Class<T> payload) {
        try {
            return decodeCloudEvent(StructuredMode.isIn(wire) ? StructuredMode.read(wire) : wire, payload);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new EventDecodingException("The message is no CloudEvent: " + e.getMessage(), e);
        }
    }

    /** Reads a message, if it can be read. */
    public <T> Optional<Message<T>> decodeIfPossible(WireMessage wire, Class<T> payload) {
        try {
            return Optional.of(decode(wire, payload));
        } catch (EventDecodingException e) {
            return Optional.empty();
        }
    }

    private <T> Message<T> decodeCloudEvent(WireMessage wire, Class<T> payload) {
        String version = required(wire, SPEC_VERSION);
        if (!version.equals("1.0")) {
            throw new IllegalArgumentException("its specversion is not 1.0");
        }
        String id = required(wire, "id");
        URI from = URI.create(required(wire, SOURCE));
        EventType type = new EventType(
                required(wire, "type"),
                Integer.parseInt(attribute(wire, SCHEMA_VERSION).orElse("1")));
        Object data = codec.decode(new EncodedPayload(type, text(wire.data())));
        if (!payload.isInstance(data)) {
            throw new EventDecodingException(
                    "Event type " + type + " stands for " + data.getClass().getName() + ", which is no "
                            + payload.getName(),
                    null);
        }
        Message.Builder<T> message =
                Message.received(id, from, type, payload.cast(data)).correlation(correlation(wire));
        attribute(wire, SUBJECT).ifPresent(message::subject);
        attribute(wire, TIME).map(MessageWire::instant).ifPresent(message::time);
        attribute(wire, "partitionkey").ifPresent(message::key);
        attribute(wire, DATA_SCHEMA).map(URI::create).ifPresent(message::dataSchema);
        TraceContext.parse(wire.headers().get(TRACE_PARENT), wire.headers().get(TRACE_STATE))
                .ifPresent(message::trace);
        wire.headers().forEach((name, value) -> addFurther(message, name, value));
        return message.build();
    }

    private static void addFurther(Message.Builder<?> message, String header, String value) {
        if (header.startsWith(WireMessage.ATTRIBUTE)) {
            String name = header.substring(WireMessage.ATTRIBUTE.length());
            if (!PLACED.contains(name)) {
                message.extension(name, value);
            }
        } else if (!Set.of(WireMessage.CONTENT_TYPE, TRACE_PARENT, TRACE_STATE).contains(header)) {
            message.header(header, value);
        }
    }

    private static Metadata correlation(WireMessage wire) {
        Map<String, String> ids = new TreeMap<>();
        attribute(wire, CORRELATION_ID).ifPresent(id -> ids.put(Metadata.CORRELATION_ID, id));
        attribute(wire, CAUSATION_ID).ifPresent(id -> ids.put(Metadata.CAUSATION_ID, id));
        return new Metadata(ids);
    }

    private static Instant instant(String time) {
        return OffsetDateTime.parse(time).toInstant();
    }

    private static Optional<String> attribute(WireMessage wire, String name) {
        return wire.header(WireMessage.ATTRIBUTE + name);
    }

    private static String required(WireMessage wire, String name) {
        return attribute(wire, name).orElseThrow(() -> new IllegalArgumentException("it has no " + name));
    }

    private static String text(ByteBuffer data) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(data).toString();
        } catch (CharacterCodingException e) {
            throw new EventDecodingException("The data of the message is not UTF-8", e);
        }
    }
}
