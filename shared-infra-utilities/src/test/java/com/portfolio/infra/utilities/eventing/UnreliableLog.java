package com.portfolio.infra.utilities.eventing;

import com.portfolio.infra.ports.eventstore.EventLog;
import com.portfolio.infra.ports.eventstore.EventStoreUnavailableException;
import com.portfolio.infra.ports.eventstore.LogId;
import com.portfolio.infra.ports.eventstore.LogPage;
import com.portfolio.infra.ports.eventstore.LogQuery;
import com.portfolio.infra.ports.eventstore.Position;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A log whose calls fail when told to, before or after they were carried out.
 *
 * <p>A wait that is interrupted fails as one in a database may: the driver gives its connection up.
 */
final class UnreliableLog implements EventLog {

    private final EventLog log;
    private volatile Supplier<@Nullable RuntimeException> failure = () -> null;
    private volatile Runnable whileReading = () -> {};

    UnreliableLog(EventLog log) {
        this.log = log;
    }

    void fail(Supplier<@Nullable RuntimeException> how) {
        failure = how;
    }

    void work() {
        failure = () -> null;
    }

    /** Is run by each read, when it has its page and before it returns. */
    void whileReading(Runnable what) {
        whileReading = what;
    }

    private void maybe() {
        RuntimeException thrown = failure.get();
        if (thrown != null) {
            throw thrown;
        }
    }

    @Override
    public LogPage read(LogQuery query) {
        maybe();
        LogPage page = log.read(query);
        whileReading.run();
        maybe();
        return page;
    }

    @Override
    public Position head() {
        maybe();
        return log.head();
    }

    @Override
    public boolean awaitBeyond(Position position, Duration timeout) {
        maybe();
        boolean beyond = await(position, timeout);
        maybe();
        return beyond;
    }

    private boolean await(Position position, Duration timeout) {
        try {
            return log.awaitBeyond(position, timeout);
        } catch (InterruptedException e) {
            throw new EventStoreUnavailableException("The connection broke off.", e);
        }
    }

    @Override
    public LogId id() {
        maybe();
        return log.id();
    }
}
