package com.portfolio.infra.ports.event;

import java.util.Objects;

/**
 * A payload as it is stored and sent.
 *
 * @param type the logical type and schema version that {@code data} was written with
 * @param data the payload as text, JSON for the codecs of this library; stored to the character
 */
public record EncodedPayload(EventType type, String data) {

    public EncodedPayload {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(data, "data");
    }
}
