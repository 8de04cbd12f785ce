package com.portfolio.infra.ports.messaging;

import com.portfolio.infra.ports.Experimental;
import com.portfolio.infra.ports.event.Correlation;
import com.portfolio.infra.ports.event.EventIds;
import com.portfolio.infra.ports.event.EventType;
import com.portfolio.infra.ports.event.IntegrationEvent;
import com.portfolio.infra.ports.event.Metadata;
import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An event and its envelope: the attributes of
 * <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md">CloudEvents 1.0</a>, and
 * beside them the headers of the transport. What was published is what is received.
 *
 * <p>Texts of attributes have no control character and no noncharacter, as CloudEvents demands; texts of
 * headers are any well-formed Unicode. Everything else is an {@link IllegalArgumentException} that names
 * the offender, here and not at the broker.
 *
 * <p>Immutable, and thread-safe if the data is.
 *
 * @param id          with the source, tells a repeated message from a new one; not empty
 * @param source      who published it, not empty; without it, the publishing bus sets its own. A received
 *                    message has one
 * @param type        name and schema version of the data, the version as the extension
 *                    {@code schemaversion}, 1 where there is none; without it, the publishing bus sets what
 *                    its codec has for the class of the data. A received message has one
 * @param subject     what the event is about, within the source; not empty
 * @param time        when the event happened, in a year of four digits
 * @param key         messages of one key are handled in order; the extension {@code partitionkey}, not
 *                    empty
 * @param dataSchema  which schema the data adheres to; absolute
 * @param extensions  further attributes, sorted by name: lower-case ASCII letters and digits, 20 at most
 *                    if all receivers shall understand them. A value that was published as a number or a
 *                    boolean is received in its canonical text
 * @param correlation correlation and causation id, not empty, as CloudEvents' Correlation extension has
 *                    them; other entries do not travel, and are left out
 * @param trace       which trace the message belongs to
 * @param headers     what the transport carries beside the attributes, sorted by name. A name is not empty
 *                    and is not one that CloudEvents or W3C Trace Context uses ({@code ce_}…, {@code ce-}…,
 *                    {@code content-type}, {@code traceparent}, {@code tracestate}, in any case)
 * @param data        the payload; its class is registered with the codec of the bus
 * @param <T>         the class of the data
 */
@Experimental
public record Message<T>(
        String id,
        Optional<URI> source,
        Optional<EventType> type,
        Optional<String> subject,
        Optional<Instant> time,
        Optional<String> key,
        Optional<URI> dataSchema,
        Map<String, String> extensions,
        Metadata correlation,
        Optional<TraceContext> trace,
        Map<String, String> headers,
        T data) {

    // RFC 3339, which CloudEvents refers to, has years of four digits.
    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    public Message {
        CloudEventsText.requireNonEmpty(id, "the id of a message");
        source.ifPresent(uri -> CloudEventsText.requireNonEmpty(uri.toString(), "the source"));
        type.ifPresent(eventType -> CloudEventsText.require(eventType.name(), "the type"));
        subject.ifPresent(text -> CloudEventsText.requireNonEmpty(text, "the subject"));
        time.ifPresent(Message::requireFourDigitYear);
        key.ifPresent(text -> CloudEventsText.requireNonEmpty(text, "the key"));
        dataSchema.ifPresent(Message::requireAbsolute);
        extensions = sorted(extensions);
        extensions.forEach(CloudEventsText::requireExtension);
        correlation = correlationOf(correlation);
        Objects.requireNonNull(trace, "trace");
        headers = sorted(headers);
        headers.forEach(CloudEventsText::requireHeader);
        Objects.requireNonNull(data, "data");
    }

    /**
     * A message with all that {@link #builder} sets by itself.
     *
     * @throws IllegalArgumentException if the event's aggregate id is empty or no text that CloudEvents
     *         allows
     */
    public static <E extends IntegrationEvent> Message<E> of(E event) {
        return builder(event).build();
    }

    /**
     * A message to be published: under a new {@linkplain EventIds id}, happening now, with the
     * {@linkplain IntegrationEvent#aggregateId() aggregate id} of an integration event as its key, and in
     * the {@linkplain Correlation#current() correlation} of the current thread. All of it can be replaced.
     */
    public static <T> Builder<T> builder(T data) {
        Builder<T> builder = new Builder<>(EventIds.next().toString(), data);
        builder.time = Instant.now();
        builder.correlation = Correlation.current();
        if (data instanceof IntegrationEvent event) {
            String aggregateId = event.aggregateId();
            builder.key = CloudEventsText.requireNonEmpty(
                    aggregateId, "the aggregate id of a " + data.getClass().getName());
        }
        return builder;
    }

    /**
     * A message as it was received, for buses: with what every CloudEvent has, and nothing set by itself.
     */
    public static <T> Builder<T> received(String id, URI source, EventType type, T data) {
        return new Builder<>(id, data).source(source).type(type);
    }

    /** A builder that has everything from this message. */
    public Builder<T> toBuilder() {
        Builder<T> builder = new Builder<>(id, data);
        builder.source = source.orElse(null);
        builder.type = type.orElse(null);
        builder.subject = subject.orElse(null);
        builder.time = time.orElse(null);
        builder.key = key.orElse(null);
        builder.dataSchema = dataSchema.orElse(null);
        builder.extensions.putAll(extensions);
        builder.correlation = correlation;
        builder.trace = trace.orElse(null);
        builder.headers.putAll(headers);
        return builder;
    }

    /** The id that all consequences of one request share, if it is known. */
    public Optional<String> correlationId() {
        return correlation.correlationId();
    }

    /** The id of the command or event that caused this one, if it is known. */
    public Optional<String> causationId() {
        return correlation.causationId();
    }

    /** Names the message, without its data and headers. */
    @Override
    public String toString() {
        return "Message[" + type.map(EventType::toString).orElse(data.getClass().getName()) + " with id " + id
                + key.map(text -> " and key '" + text + "'").orElse("")
                + source.map(uri -> ", from " + uri).orElse("") + "]";
    }

    private static void requireFourDigitYear(Instant time) {
        if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
            throw new IllegalArgumentException(
                    "The time of a message must lie in a year of four digits (RFC 3339), but is " + time + ".");
        }
    }

    private static void requireAbsolute(URI dataSchema) {
        if (!dataSchema.isAbsolute()) {
            throw new IllegalArgumentException(
                    "The data schema of a message must be an absolute URI, which '" + dataSchema + "' is not.");
        }
    }

    private static Metadata correlationOf(Metadata metadata) {
        Map<String, String> ids = new TreeMap<>();
        metadata.correlationId()
                .ifPresent(id ->
                        ids.put(Metadata.CORRELATION_ID, CloudEventsText.requireNonEmpty(id, "the correlation id")));
        metadata.causationId()
                .ifPresent(
                        id -> ids.put(Metadata.CAUSATION_ID, CloudEventsText.requireNonEmpty(id, "the causation id")));
        return new Metadata(ids);
    }

    private static Map<String, String> sorted(Map<String, String> map) {
        return Collections.unmodifiableMap(new TreeMap<>(map));
    }

    /**
     * Puts a message together. Not thread-safe; may be used again after {@link #build()}.
     *
     * @param <T> the class of the data
     */
    @Experimental
    public static final class Builder<T> {

        private String id;
        private @Nullable URI source;
        private @Nullable EventType type;
        private @Nullable String subject;
        private @Nullable Instant time;
        private @Nullable String key;
        private @Nullable URI dataSchema;
        private final Map<String, String> extensions = new LinkedHashMap<>();
        private Metadata correlation = Metadata.empty();
        private @Nullable TraceContext trace;
        private final Map<String, String> headers = new LinkedHashMap<>();
        private final T data;

        private Builder(String id, T data) {
            this.id = Objects.requireNonNull(id, "id");
            this.data = Objects.requireNonNull(data, "data");
        }

        /** Publishing again under the same id is recognised by receivers. */
        public Builder<T> id(String messageId) {
            this.id = Objects.requireNonNull(messageId, "id");
            return this;
        }

        /** Who publishes the message, in place of the bus's own source. */
        public Builder<T> source(URI uri) {
            this.source = Objects.requireNonNull(uri, "source");
            return this;
        }

        /** The type of the data, in place of what the bus's codec has for its class. */
        public Builder<T> type(EventType eventType) {
            this.type = Objects.requireNonNull(eventType, "type");
            return this;
        }

        /** What the event is about. */
        public Builder<T> subject(String text) {
            this.subject = Objects.requireNonNull(text, "subject");
            return this;
        }

        /** When the event happened. */
        public Builder<T> time(Instant instant) {
            this.time = Objects.requireNonNull(instant, "time");
            return this;
        }

        /** Which messages this one is handled in order with. */
        public Builder<T> key(String text) {
            this.key = Objects.requireNonNull(text, "key");
            return this;
        }

        /** Which schema the data adheres to. */
        public Builder<T> dataSchema(URI uri) {
            this.dataSchema = Objects.requireNonNull(uri, "dataSchema");
            return this;
        }

        /** One more extension, or another value for one. */
        public Builder<T> extension(String name, String value) {
            CloudEventsText.requireExtension(name, value);
            extensions.put(name, value);
            return this;
        }

        /** The correlation and causation id of {@code metadata}, in place of those of the current thread. */
        public Builder<T> correlation(Metadata metadata) {
            this.correlation = Objects.requireNonNull(metadata, "correlation");
            return this;
        }

        /** Which trace the message belongs to. */
        public Builder<T> trace(TraceContext context) {
            this.trace = Objects.requireNonNull(context, "trace");
            return this;
        }

        /** One more header, or another value for one. */
        public Builder<T> header(String name, String value) {
            CloudEventsText.requireHeader(name, value);
            headers.put(name, value);
            return this;
        }

        /**
         * The message.
         *
         * @throws IllegalArgumentException naming what CloudEvents does not allow
         */
        public Message<T> build() {
            return new Message<>(
                    id,
                    Optional.ofNullable(source),
                    Optional.ofNullable(type),
                    Optional.ofNullable(subject),
                    Optional.ofNullable(time),
                    Optional.ofNullable(key),
                    Optional.ofNullable(dataSchema),
                    extensions,
                    correlation,
                    Optional.ofNullable(trace),
                    headers,
                    data);
        }
    }
}
