package com.portfolio.infra.heap;

import com.portfolio.infra.ports.event.DomainEvent;
import com.portfolio.infra.ports.event.EventCodec;
import com.portfolio.infra.ports.event.EventTypes;
import com.portfolio.infra.utilities.serialization.JacksonEventCodec;

/** An event of about 300 bytes. */
record Counted(long number, String text) implements DomainEvent {

    static final EventCodec CODEC = JacksonEventCodec.of(EventTypes.of(Counted.class, "heap.Counted"));

    private static final String TEXT = "0123456789 ".repeat(25);

    static Counted of(long number) {
        return new Counted(number, TEXT);
    }
}
