package com.portfolio.infra.ports.eventstore;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What an append left behind.
 *
 * <p>A repeated append has the result of the first one, but for {@code deduplicated}.
 *
 * @param stream       the stream
 * @param version      the stream's version right after these events; its present one if there were none
 * @param positions    the events' positions, in their order
 * @param deduplicated whether the events were there already, and nothing was stored
 */
public record AppendResult(StreamId stream, long version, List<Position> positions, boolean deduplicated) {

    public AppendResult {
        Objects.requireNonNull(stream, "stream");
        positions = List.copyOf(positions);
    }

    /** The position of the last event, for {@code awaitPosition}; empty if there were no events. */
    public Optional<Position> lastPosition() {
        return positions.isEmpty() ? Optional.empty() : Optional.of(positions.get(positions.size() - 1));
    }
}
