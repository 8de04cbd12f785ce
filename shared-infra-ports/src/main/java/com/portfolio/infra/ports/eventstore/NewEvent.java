package com.portfolio.infra.ports.eventstore;

import com.portfolio.infra.ports.event.DomainEvent;
import com.portfolio.infra.ports.event.EventIds;
import com.portfolio.infra.ports.event.Metadata;
import java.util.Objects;
import java.util.UUID;

/**
 * An event on its way into a stream.
 *
 * @param id       tells a repeated append from a new one: within a stream an id is stored once. Ids that
 *                 grow with time ({@link EventIds#next()}, the default) are cheaper to store than random
 *                 ones
 * @param payload  the service's own record; its class must be registered with the store's codec
 * @param metadata this event's alone; entries that it shares with others of the append stand in
 *                 {@link AppendRequest#metadata()}
 */
public record NewEvent(UUID id, DomainEvent payload, Metadata metadata) {

    public NewEvent {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(payload, "payload");
        Objects.requireNonNull(metadata, "metadata");
    }

    /** An event with a new id and no metadata of its own. */
    public static NewEvent of(DomainEvent payload) {
        return of(EventIds.next(), payload);
    }

    /** An event with an id that the caller chose, and no metadata of its own. */
    public static NewEvent of(UUID id, DomainEvent payload) {
        return new NewEvent(id, payload, Metadata.empty());
    }
}
