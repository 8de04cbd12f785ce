package com.portfolio.infra.utilities.messaging;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A message as a broker has it: bytes, and beside them headers as in the binary mode of CloudEvents'
 * <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md">Kafka
 * binding</a>.
 *
 * @param headers attributes under {@code ce_} and their name, and what the transport carries beside them; not copied, so that
 *                nobody may change them any more
 * @param data    read-only, a view of its own for each caller
 */
public record WireMessage(Map<String, String> headers, ByteBuffer data) {

    /** What the header of an attribute begins with. */
    public static final String ATTRIBUTE = "ce_";

    /** The header with the message's id. */
    public static final String ID = ATTRIBUTE + "id";

    /** The header with the logical name of its type. */
    public static final String TYPE = ATTRIBUTE + "type";

    /** The header with its key. */
    public static final String KEY = ATTRIBUTE + "partitionkey";

    /** The header that says what the data is written in. */
    public static final String CONTENT_TYPE = "content-type";

    public WireMessage {
        headers = Collections.unmodifiableMap(headers);
        data = data.asReadOnlyBuffer();
    }

    /** Takes the bytes as they are, without copying them: nobody may change them any more. */
    public static WireMessage of(Map<String, String> headers, byte[] data) {
        return new WireMessage(headers, ByteBuffer.wrap(data));
    }

    @Override
    public ByteBuffer data() {
        return data.duplicate();
    }

    /** The value of a header, if it is there. */
    public Optional<String> header(String name) {
        @Nullable String value = headers.get(name);
        return Optional.ofNullable(value);
    }
}
