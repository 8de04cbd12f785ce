package com.portfolio.infra.utilities.messaging;

import com.portfolio.infra.ports.event.EventDecodingException;
import com.portfolio.infra.ports.event.EventType;
import com.portfolio.infra.ports.event.IntegrationEvent;
import com.portfolio.infra.ports.messaging.Message;
import java.net.URI;

/** What is in a {@link Parcel}. */
record Numbered(int number, String aggregateId) implements IntegrationEvent {

    static final String TYPE = "test.numbered";

    /** Decodes a parcel, but one without a type. */
    static Message<Numbered> decode(Parcel parcel) {
        String type = parcel.type().orElseThrow(() -> new EventDecodingException("it has no type", null));
        Numbered data = new Numbered(parcel.number, parcel.key().orElse("none"));
        return Message.received("m" + parcel.number, URI.create("urn:tests"), new EventType(type, 1), data)
                .build();
    }
}
