package com.portfolio.infra.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.ports.eventstore.EventLog;
import com.portfolio.infra.ports.eventstore.LogFilter;
import com.portfolio.infra.ports.eventstore.LogPage;
import com.portfolio.infra.ports.eventstore.LogQuery;
import com.portfolio.infra.ports.eventstore.Position;
import com.portfolio.infra.ports.eventstore.RecordedEvent;
import java.util.ArrayList;
import java.util.List;

/** Reads a log from page to page until there is no more, and checks what every page promises. */
final class LogReading {

    private final EventLog log;
    private LogQuery query;

    private LogReading(EventLog log, LogQuery query) {
        this.log = log;
        this.query = query;
    }

    static LogReading from(EventLog log) {
        return new LogReading(log, LogQuery.after(Position.START));
    }

    LogReading after(Position position) {
        return new LogReading(log, query.from(position));
    }

    LogReading matching(LogFilter filter) {
        return new LogReading(log, query.matching(filter));
    }

    LogReading limit(int limit) {
        return new LogReading(log, query.limit(limit));
    }

    /** How far was looked so far. */
    Position through() {
        return query.after();
    }

    /** Everything that the log hands out now. */
    List<RecordedEvent> all() {
        List<RecordedEvent> all = new ArrayList<>();
        boolean atEnd = false;
        while (!atEnd) {
            Position before = query.after();
            LogPage page = next();
            all.addAll(page.events());
            atEnd = page.atEnd();
            assertThat(atEnd || page.through().isAfter(before))
                    .as("progress from %s by a page that looked through %s", before, page.through())
                    .isTrue();
        }
        return all;
    }

    /** The next page. */
    LogPage next() {
        LogPage page = log.read(query);
        Position last = query.after();
        for (RecordedEvent event : page.events()) {
            assertThat(event.position()).as("position after %s", last).isGreaterThan(last);
            assertThat(query.filter().matches(event)).as("%s matches", event).isTrue();
            last = event.position();
        }
        assertThat(page.events()).hasSizeLessThanOrEqualTo(query.limit());
        assertThat(page.through()).as("how far was looked").isGreaterThanOrEqualTo(last);
        query = query.from(page.through());
        return page;
    }
}
