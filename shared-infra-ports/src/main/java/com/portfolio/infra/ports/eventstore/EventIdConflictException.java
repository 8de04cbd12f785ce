package com.portfolio.infra.ports.eventstore;

/**
 * Some events of an append are in the stream already, but not all of them, or not in this order. Nothing
 * was stored. It is a mistake of the caller: a repeated append has the very same events.
 */
public final class EventIdConflictException extends EventStoreException {

    private static final long serialVersionUID = 1L;

    private final transient StreamId stream;

    public EventIdConflictException(StreamId stream) {
        super(
                "Some events of the append are already in stream '" + stream
                        + "', but not all of them in this order; nothing was stored. A repeated append must have "
                        + "the same events, and new events need new ids.",
                null,
                false);
        this.stream = stream;
    }

    /** The stream that was appended to. */
    public StreamId stream() {
        return stream;
    }
}
