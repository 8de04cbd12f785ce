package com.portfolio.infra.ports.projection;

import com.portfolio.infra.ports.eventstore.Checkpoint;
import java.util.Optional;

/**
 * A projection's checkpoint is not where its writer read it: another projector is at work. Nothing was
 * changed. The writer should stop, or begin again from the checkpoint that is there now.
 */
public final class CheckpointConflictException extends ProjectionStoreException {

    private static final long serialVersionUID = 1L;

    private final String projection;
    private final transient Optional<Checkpoint> expected;
    private final transient Optional<Checkpoint> actual;

    public CheckpointConflictException(String projection, Optional<Checkpoint> expected, Optional<Checkpoint> actual) {
        super(
                "The checkpoint of projection '" + projection + "' is at " + describe(actual)
                        + " but its writer expected " + describe(expected)
                        + "; nothing was changed. Another projector is at work on it.",
                null,
                false);
        this.projection = projection;
        this.expected = expected;
        this.actual = actual;
    }

    private static String describe(Optional<Checkpoint> checkpoint) {
        return checkpoint
                .map(c -> "position " + c.position() + " of log " + c.log())
                .orElse("no position yet");
    }

    /** The projection that the checkpoint belongs to. */
    public String projection() {
        return projection;
    }

    /** The checkpoint that the writer had read; empty for none. */
    public Optional<Checkpoint> expected() {
        return expected;
    }

    /** The checkpoint that is there; empty for none. */
    public Optional<Checkpoint> actual() {
        return actual;
    }
}
