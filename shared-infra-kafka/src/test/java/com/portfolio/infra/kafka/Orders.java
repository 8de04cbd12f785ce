package com.portfolio.infra.kafka;

import com.portfolio.infra.ports.event.EventCodec;
import com.portfolio.infra.ports.event.EventTypes;
import com.portfolio.infra.ports.event.IntegrationEvent;
import com.portfolio.infra.utilities.serialization.JacksonEventCodec;

/** What the tests send. */
sealed interface Orders extends IntegrationEvent {

    String order();

    @Override
    default String aggregateId() {
        return order();
    }

    /** An order was placed. */
    record OrderPlaced(String order, int number) implements Orders {}

    /** An order was paid. */
    record OrderPaid(String order, int number) implements Orders {}

    /** Reads and writes them. */
    static EventCodec codec() {
        return JacksonEventCodec.of(EventTypes.ofSealed("orders", Orders.class));
    }
}
