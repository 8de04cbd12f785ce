package com.portfolio.infra.crash;

import com.portfolio.infra.ports.eventstore.RecordedEvent;
import java.util.UUID;

/** An event as it was read in the end. */
record StoredEvent(long position, String stream, long version, UUID id, UUID request, int index) {

    static StoredEvent of(RecordedEvent event) {
        Noted payload = event.payload(Noted.class);
        return new StoredEvent(
                event.position().value(),
                event.stream().value(),
                event.version(),
                event.id(),
                payload.request(),
                payload.index());
    }

    @Override
    public String toString() {
        return "event " + id + " (position " + position + ", version " + version + " of " + stream + ")";
    }
}
