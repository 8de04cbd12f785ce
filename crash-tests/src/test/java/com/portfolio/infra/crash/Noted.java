package com.portfolio.infra.crash;

import com.portfolio.infra.ports.event.DomainEvent;
import com.portfolio.infra.ports.event.EventCodec;
import com.portfolio.infra.ports.event.EventTypes;
import com.portfolio.infra.utilities.serialization.JacksonEventCodec;
import java.util.UUID;

/**
 * What the tests append.
 *
 * @param request the append that the event belongs to
 * @param index   its place in it, from 0
 * @param text    makes the event as large as wanted
 */
record Noted(UUID request, int index, String text) implements DomainEvent {

    static final EventCodec CODEC = JacksonEventCodec.of(EventTypes.of(Noted.class, "crash.Noted"));
}
