package com.portfolio.infra.utilities.resilience;

import com.portfolio.infra.ports.eventstore.Checkpoint;
import com.portfolio.infra.ports.eventstore.EventLog;
import com.portfolio.infra.ports.eventstore.EventStoreUnavailableException;
import com.portfolio.infra.ports.eventstore.LogId;
import com.portfolio.infra.ports.eventstore.LogPage;
import com.portfolio.infra.ports.eventstore.LogQuery;
import com.portfolio.infra.ports.eventstore.Position;
import java.time.Duration;
import java.util.Objects;

/**
 * An event log whose reads are repeated and protected; it keeps every promise of {@link EventLog}.
 *
 * <p>{@link #awaitBeyond} goes straight to the log: it is meant to take long, so that a time limit would end it and a
 * breaker would take it for slow, and who waits asks again anyway. What the breaker or the bulkhead refuses is an
 * {@link EventStoreUnavailableException}. Thread-safe if the log is.
 */
public final class ResilientEventLog implements EventLog {

    private final EventLog log;
    private final Resilience resilience;

    /** The log stays the caller's to close, and so does the resilience, which other decorators may share. */
    public ResilientEventLog(EventLog log, Resilience resilience) {
        this.log = Objects.requireNonNull(log, "log");
        this.resilience = Objects.requireNonNull(resilience, "resilience");
    }

    @Override
    public LogPage read(LogQuery query) {
        Objects.requireNonNull(query, "query");
        return call("read the log", () -> log.read(query));
    }

    @Override
    public Position head() {
        return call("find the head of the log", log::head);
    }

    @Override
    public boolean awaitBeyond(Position position, Duration timeout) throws InterruptedException {
        return log.awaitBeyond(position, timeout);
    }

    @Override
    public LogId id() {
        return call("find the id of the log", log::id);
    }

    @Override
    public void verify(Checkpoint checkpoint) {
        Objects.requireNonNull(checkpoint, "checkpoint");
        call("verify a checkpoint", () -> {
            log.verify(checkpoint);
            return checkpoint;
        });
    }

    private <T> T call(String what, ResilientCall<T, RuntimeException> call) {
        try {
            return resilience.call(call);
        } catch (ResilienceException e) {
            throw new EventStoreUnavailableException("Could not " + what + ": " + e.getMessage(), e);
        }
    }
}
