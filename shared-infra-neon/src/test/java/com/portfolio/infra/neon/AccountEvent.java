package com.portfolio.infra.neon;

import com.portfolio.infra.ports.event.DomainEvent;
import com.portfolio.infra.ports.event.EventCodec;
import com.portfolio.infra.ports.event.EventTypes;
import com.portfolio.infra.utilities.serialization.JacksonEventCodec;

sealed interface AccountEvent extends DomainEvent {

    EventCodec CODEC = JacksonEventCodec.of(EventTypes.ofSealed("accounts", AccountEvent.class));

    record Registered(String name) implements AccountEvent {}

    record Renamed(String name) implements AccountEvent {}
}
