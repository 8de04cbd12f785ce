package com.portfolio.infra.ports.eventstore;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The store did not answer, and it could not be found out in time whether the events were stored.
 *
 * <p>Appending {@link #request()} again is safe and gives the answer: its events have their ids. Looking
 * them up instead proves nothing, as an append whose connection broke may still be waiting for a lock.
 */
public final class AppendOutcomeUnknownException extends EventStoreException {

    private static final long serialVersionUID = 1L;

    private final transient AppendRequest request;

    public AppendOutcomeUnknownException(AppendRequest request, Duration waited, @Nullable Throwable cause) {
        super(
                "No answer from the event store within " + waited.toMillis() + " ms; it is unknown whether the append"
                        + " to stream '" + request.stream() + "' was stored. Appending the same request again is safe.",
                cause,
                true);
        this.request = request;
    }

    /** What to append again, with the ids of its events. */
    public AppendRequest request() {
        return request;
    }
}
