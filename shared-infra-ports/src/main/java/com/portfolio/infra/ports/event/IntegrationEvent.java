package com.portfolio.infra.ports.event;

/**
 * Something that a service tells other services.
 *
 * <p>It is a contract with them, and therefore a type of its own beside the service's
 * {@link DomainEvent}s, which may change with the service alone.
 */
public interface IntegrationEvent {

    /**
     * The key of the event: messages of one key are handled in the order in which they were published,
     * where the bus keeps an order at all.
     */
    String aggregateId();
}
