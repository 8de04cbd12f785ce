package com.portfolio.infra.ports.event;

/**
 * Turns payloads and metadata into text and back.
 *
 * <p>One codec serves every adapter of a service, so that the same event has the same text in the
 * store, on each bus and in a double. What is decoded equals what was encoded: any well-formed Unicode
 * text, decimals with their scale, instants with their nanoseconds.
 *
 * <p>Implementations are thread-safe and never choose a class from what the text says, only from
 * {@link #types()}.
 */
public interface EventCodec {

    /** The event types that this codec knows. */
    EventTypes types();

    /**
     * Encodes a payload at the current schema version of its type.
     *
     * @throws EventEncodingException if its class is not registered or it cannot be written, naming the
     *         class and, where there is one, the field
     */
    EncodedPayload encode(Object payload);

    /**
     * Decodes a payload, after upcasting it from an older schema version if need be.
     *
     * @throws EventDecodingException if the type is unknown, is of a schema version that nothing upcasts,
     *         or the text does not fit the class
     */
    Object decode(EncodedPayload encoded);

    /** Encodes metadata. */
    String encodeMetadata(Metadata metadata);

    /**
     * Decodes metadata.
     *
     * @throws EventDecodingException if the text is not what {@link #encodeMetadata} writes
     */
    Metadata decodeMetadata(String encoded);
}
