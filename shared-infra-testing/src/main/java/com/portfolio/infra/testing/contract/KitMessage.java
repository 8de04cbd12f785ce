package com.portfolio.infra.testing.contract;

import com.portfolio.infra.ports.event.IntegrationEvent;

/** What the kit of the bus publishes. */
public sealed interface KitMessage extends IntegrationEvent {

    /** The number that the kit tells messages apart by. */
    int number();

    /** One of many. */
    record Placed(String aggregateId, int number) implements KitMessage {}

    /** One of many of another type. */
    record Paid(String aggregateId, int number) implements KitMessage {}

    /** Any text. */
    record Noted(String aggregateId, int number, String text) implements KitMessage {}
}
