package com.portfolio.infra.benchmarks.comparison;

import com.portfolio.infra.benchmarks.comparison.EventReader.Seen;
import java.sql.SQLException;

/** Reads everything, from the first event to the last. */
final class ReplayContender implements Contender {

    private final String name;
    private final StoredLog log;
    private final EventReader reader;

    ReplayContender(String name, StoredLog log, EventReader reader) {
        this.name = name;
        this.log = log;
        this.reader = reader;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Slice run(int count) throws SQLException {
        long events = 0;
        long begun = System.nanoTime();
        for (int i = 0; i < count; i++) {
            Seen seen = reader.replay();
            Sample.requireSeen(name, log.all(), seen);
            events += seen.events();
        }
        return Slice.perSecond(events, events, System.nanoTime() - begun);
    }

    @Override
    public void close() {
        reader.close();
    }
}
