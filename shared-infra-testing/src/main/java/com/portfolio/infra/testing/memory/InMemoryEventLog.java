package com.portfolio.infra.testing.memory;

import com.portfolio.infra.ports.eventstore.EventLog;
import com.portfolio.infra.ports.eventstore.LogId;
import com.portfolio.infra.ports.eventstore.LogPage;
import com.portfolio.infra.ports.eventstore.LogQuery;
import com.portfolio.infra.ports.eventstore.Position;
import com.portfolio.infra.ports.eventstore.RecordedEvent;
import com.portfolio.infra.testing.memory.LogCall.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The log of an {@link InMemoryEventStore}.
 *
 * <p>An append that is {@linkplain InMemoryEventStore#open open} holds it back, as an open transaction does
 * in a database. With a filter, one page looks at a bounded number of events, so that it may be empty and
 * not at the end. Thread-safe.
 */
public final class InMemoryEventLog implements EventLog {

    private final InMemoryEventStore store;
    private final Journal journal;
    private final Faults<LogCall> faults = new Faults<>();

    public InMemoryEventLog(InMemoryEventStore store) {
        this.store = Objects.requireNonNull(store, "store");
        this.journal = store.journal();
    }

    @Override
    public LogPage read(LogQuery query) {
        Objects.requireNonNull(query, "query");
        LogCall call = LogCall.read(query);
        faults.before(call);
        LogPage page = select(query, journal.look(query.after(), query.limit()));
        faults.after(call);
        return page;
    }

    private LogPage select(LogQuery query, Journal.Looked looked) {
        List<RecordedEvent> events = new ArrayList<>();
        for (StoredEvent stored : looked.events()) {
            RecordedEvent event = stored.recorded(store.codec());
            if (query.filter().matches(event)) {
                events.add(event);
                if (events.size() == query.limit()) {
                    return page(looked, events, event.position());
                }
            }
        }
        return page(looked, events, Position.of(looked.through()));
    }

    private static LogPage page(Journal.Looked looked, List<RecordedEvent> events, Position through) {
        return new LogPage(looked.log(), events, through, through.value() >= looked.head());
    }

    @Override
    public Position head() {
        LogCall call = LogCall.of(Operation.HEAD);
        faults.before(call);
        Position head = Position.of(journal.head());
        faults.after(call);
        return head;
    }

    @Override
    public boolean awaitBeyond(Position position, Duration timeout) throws InterruptedException {
        Objects.requireNonNull(position, "position");
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("A timeout must not be negative, but is " + timeout + ".");
        }
        LogCall call = LogCall.of(Operation.AWAIT);
        faults.before(call);
        boolean beyond = journal.awaitBeyond(position, timeout);
        faults.after(call);
        return beyond;
    }

    @Override
    public LogId id() {
        LogCall call = LogCall.of(Operation.ID);
        faults.before(call);
        LogId id = journal.id();
        faults.after(call);
        return id;
    }

    /** What goes wrong with the log. */
    public Faults<LogCall> faults() {
        return faults;
    }
}
