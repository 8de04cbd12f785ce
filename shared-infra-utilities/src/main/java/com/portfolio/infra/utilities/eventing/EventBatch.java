package com.portfolio.infra.utilities.eventing;

import com.portfolio.infra.ports.event.Correlation;
import com.portfolio.infra.ports.eventstore.Checkpoint;
import com.portfolio.infra.ports.eventstore.RecordedEvent;
import java.util.List;
import java.util.Objects;

/**
 * Events that are handed over together.
 *
 * @param events  in the order of their positions; empty if no event passed the filter
 * @param through how far the log was looked at: whoever is done with the events is done with everything at
 *                or before this, and may keep it in the same transaction as what it made of them
 */
public record EventBatch(List<RecordedEvent> events, Checkpoint through) {

    public EventBatch {
        events = List.copyOf(events);
        Objects.requireNonNull(through, "through");
    }

    /** Hands the events over one by one, each in the {@linkplain Correlation#follow scope} of its own. */
    public void forEach(RecordedEventHandler handler) throws Exception {
        for (RecordedEvent event : events) {
            Correlation.Scope scope = Correlation.follow(event.id(), event.metadata());
            try {
                handler.handle(event);
            } finally {
                scope.close();
            }
        }
    }
}
