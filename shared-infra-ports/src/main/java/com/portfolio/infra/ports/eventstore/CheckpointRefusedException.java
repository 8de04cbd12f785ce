package com.portfolio.infra.ports.eventstore;

/**
 * A position does not belong to this log: reading on from it would skip events in silence, so that
 * nothing was read.
 *
 * <p>It happens after the log was restored from a backup, or when a checkpoint is used with another
 * database than the one it was made with.
 */
public final class CheckpointRefusedException extends EventStoreException {

    private static final long serialVersionUID = 1L;

    private static final String WHAT_TO_DO = " Reading on would skip events in silence. If the log was restored from"
            + " a backup, rebuild what was made from it, from the start of the log;"
            + " if this is the wrong database, correct its address.";

    private CheckpointRefusedException(String message) {
        super(message + WHAT_TO_DO, null, false);
    }

    /** The checkpoint is of another incarnation of the log, or of another log altogether. */
    public static CheckpointRefusedException ofAnotherLog(Checkpoint checkpoint, LogId actual) {
        return new CheckpointRefusedException("The checkpoint at position " + checkpoint.position() + " is of log "
                + checkpoint.log() + ", but this is log " + actual + ".");
    }

    /** The position is greater than any that the log ever gave out. */
    public static CheckpointRefusedException beyondTheHead(Position position, Position lastGivenOut) {
        return new CheckpointRefusedException(
                "Position " + position + " is beyond the end of the log, whose last position is " + lastGivenOut + ".");
    }
}
