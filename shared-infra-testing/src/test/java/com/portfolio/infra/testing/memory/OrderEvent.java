package com.portfolio.infra.testing.memory;

import com.portfolio.infra.ports.event.EventCodec;
import com.portfolio.infra.ports.event.EventTypes;
import com.portfolio.infra.ports.event.IntegrationEvent;
import com.portfolio.infra.utilities.serialization.JacksonEventCodec;

sealed interface OrderEvent extends IntegrationEvent {

    EventCodec CODEC = JacksonEventCodec.of(EventTypes.ofSealed("orders", OrderEvent.class));

    record Placed(String aggregateId, int number) implements OrderEvent {}

    record Cancelled(String aggregateId, String reason) implements OrderEvent {}
}
