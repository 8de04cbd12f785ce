package com.portfolio.infra.ports.eventstore;

/**
 * The stream is not where an append expected it: somebody else wrote to it. Nothing was stored. Load the
 * stream, decide again, append again.
 */
public final class WrongExpectedVersionException extends EventStoreException {

    private static final long serialVersionUID = 1L;

    private final transient StreamId stream;
    private final transient ExpectedVersion expected;
    private final long actual;

    public WrongExpectedVersionException(StreamId stream, ExpectedVersion expected, long actual) {
        super(
                "Stream '" + stream + "' is at version " + actual + " but the append expected " + expected
                        + "; nothing was stored.",
                null,
                false);
        this.stream = stream;
        this.expected = expected;
        this.actual = actual;
    }

    /** The stream that was appended to. */
    public StreamId stream() {
        return stream;
    }

    /** What the append demanded. */
    public ExpectedVersion expected() {
        return expected;
    }

    /** The version that the stream had instead. */
    public long actual() {
        return actual;
    }
}
