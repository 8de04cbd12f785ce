package com.portfolio.infra.utilities.eventing;

import com.portfolio.infra.ports.eventstore.EventLog;
import com.portfolio.infra.ports.eventstore.LogId;
import com.portfolio.infra.ports.eventstore.LogPage;
import com.portfolio.infra.ports.eventstore.LogQuery;
import com.portfolio.infra.ports.eventstore.Position;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A log whose calls fail when told to, before or after they were carried out. */
final class UnreliableLog implements EventLog {

    private final EventLog log;
    private volatile Supplier<@Nullable RuntimeException> failure = () -> null;

    UnreliableLog(EventLog log) {
        this.log = log;
    }

    void fail(Supplier<@Nullable RuntimeException> how) {
        failure = how;
    }

    void work() {
        failure = () -> null;
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
        maybe();
        return page;
    }

    @Override
    public Position head() {
        maybe();
        return log.head();
    }

    @Override
    public boolean awaitBeyond(Position position, Duration timeout) throws InterruptedException {
        maybe();
        boolean beyond = log.awaitBeyond(position, timeout);
        maybe();
        return beyond;
    }

    @Override
    public LogId id() {
        maybe();
        return log.id();
    }
}
