package com.portfolio.infra.utilities.middleware;

import com.portfolio.infra.ports.eventstore.Checkpoint;
import com.portfolio.infra.ports.eventstore.EventLog;
import com.portfolio.infra.ports.eventstore.LogId;
import com.portfolio.infra.ports.eventstore.LogPage;
import com.portfolio.infra.ports.eventstore.LogQuery;
import com.portfolio.infra.ports.eventstore.Position;
import java.time.Duration;
import java.util.Objects;

/**
 * An event log with middleware around its calls; it keeps every promise of {@link EventLog}.
 *
 * <p>{@link #awaitBeyond} is a {@linkplain Call#longWait long wait}: never slow, and not measured. Thread-safe if the log
 * is.
 */
public final class MiddlewareEventLog implements EventLog {

    private final EventLog log;
    private final MiddlewareChain chain;
    private final Call read;
    private final Call head;
    private final Call await;
    private final Call id;
    private final Call verify;

    /** The log stays the caller's to close. */
    public MiddlewareEventLog(EventLog log, MiddlewareChain chain) {
        this(log, chain, Call.UNKNOWN);
    }

    /**
     * The log stays the caller's to close.
     *
     * @param system the technology of the log, such as {@code postgresql} or {@code memory}
     */
    public MiddlewareEventLog(EventLog log, MiddlewareChain chain, String system) {
        this.log = Objects.requireNonNull(log, "log");
        this.chain = Objects.requireNonNull(chain, "chain");
        this.read = Call.of(CallKind.EVENT_STORE, "read_log").system(system);
        this.head = Call.of(CallKind.EVENT_STORE, "head").system(system);
        this.await =
                Call.of(CallKind.EVENT_STORE, "await_beyond").system(system).longWait();
        this.id = Call.of(CallKind.EVENT_STORE, "id").system(system);
        this.verify = Call.of(CallKind.EVENT_STORE, "verify").system(system);
    }

    @Override
    public LogPage read(LogQuery query) {
        return chain.call(read, () -> log.read(query));
    }

    @Override
    public Position head() {
        return chain.call(head, log::head);
    }

    @Override
    public boolean awaitBeyond(Position position, Duration timeout) throws InterruptedException {
        return chain.<Boolean, InterruptedException>call(await, () -> log.awaitBeyond(position, timeout));
    }

    @Override
    public LogId id() {
        return chain.call(id, log::id);
    }

    @Override
    public void verify(Checkpoint checkpoint) {
        chain.run(verify, () -> log.verify(checkpoint));
    }
}
