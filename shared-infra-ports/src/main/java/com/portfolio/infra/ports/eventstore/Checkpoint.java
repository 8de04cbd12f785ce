package com.portfolio.infra.ports.eventstore;

import java.util.Objects;

/**
 * How far a reader of a log has come: everything at or before the position is done with.
 *
 * @param log      the incarnation that the position belongs to
 * @param position how far
 */
public record Checkpoint(LogId log, Position position) {

    public Checkpoint {
        Objects.requireNonNull(log, "log");
        Objects.requireNonNull(position, "position");
    }

    /** The same log, another position. */
    public Checkpoint at(Position other) {
        return new Checkpoint(log, other);
    }
}
