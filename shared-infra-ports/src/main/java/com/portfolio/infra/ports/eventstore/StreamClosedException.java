package com.portfolio.infra.ports.eventstore;

/** The stream takes no events any more. Nothing was stored. */
public final class StreamClosedException extends EventStoreException {

    private static final long serialVersionUID = 1L;

    /** Why a stream takes no events. */
    public enum Reason {
        /** It can be read, and be opened again by an operator. */
        ARCHIVED,
        /** Its events are gone, and its name can't be used again. */
        TOMBSTONED
    }

    private final transient StreamId stream;
    private final Reason reason;

    public StreamClosedException(StreamId stream, Reason reason) {
        super(
                switch (reason) {
                    case ARCHIVED ->
                        "Stream '" + stream + "' is archived: it can be read but takes no events; "
                                + "nothing was stored.";
                    case TOMBSTONED ->
                        "Stream '" + stream + "' was tombstoned: its events are gone and its name "
                                + "can't be used again; nothing was stored.";
                },
                null,
                false);
        this.stream = stream;
        this.reason = reason;
    }

    /** The stream that was appended to. */
    public StreamId stream() {
        return stream;
    }

    /** Why it takes no events. */
    public Reason reason() {
        return reason;
    }
}
