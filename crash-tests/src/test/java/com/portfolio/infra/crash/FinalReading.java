package com.portfolio.infra.crash;

import com.portfolio.infra.crash.Report.Intended;
import com.portfolio.infra.neon.NeonDatabase;
import com.portfolio.infra.neon.NeonEventLog;
import com.portfolio.infra.neon.NeonEventStore;
import com.portfolio.infra.neon.NeonProjectionStore;
import com.portfolio.infra.neon.NeonSettings;
import com.portfolio.infra.ports.eventstore.LoadedStream;
import com.portfolio.infra.ports.eventstore.LogPage;
import com.portfolio.infra.ports.eventstore.LogQuery;
import com.portfolio.infra.ports.eventstore.Position;
import com.portfolio.infra.ports.projection.DocumentPage;
import com.portfolio.infra.ports.projection.PageRequest;
import com.portfolio.infra.testing.server.PostgresDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads everything anew, in a process that had no part in it. */
final class FinalReading {

    private static final int PAGE = 1_000;

    private FinalReading() {}

    /** Log and streams, and with them what the writers said. */
    static History of(PostgresDatabase postgres, List<Report> writer) throws SQLException {
        Set<String> names = writer.stream()
                .filter(Intended.class::isInstance)
                .map(report -> ((Intended) report).stream())
                .collect(Collectors.toSet());
        try (NeonDatabase database = NeonDatabase.open(postgres.libpqUrl(), NeonSettings.alwaysOn())) {
            NeonEventStore store = new NeonEventStore(database, Noted.CODEC);
            Map<String, History.Stream> streams = new TreeMap<>();
            for (String name : names) {
                LoadedStream stream = store.load(name);
                streams.put(
                        name,
                        new History.Stream(
                                stream.version(),
                                stream.events().stream().map(StoredEvent::of).toList()));
            }
            List<StoredEvent> log = log(new NeonEventLog(database, Noted.CODEC));
            return new History(log, rows(postgres), streams, writer, List.of(), Map.of());
        }
    }

    private static List<StoredEvent> log(NeonEventLog log) {
        List<StoredEvent> events = new ArrayList<>();
        LogPage page = log.read(LogQuery.after(Position.START).limit(PAGE));
        page.events().forEach(event -> events.add(StoredEvent.of(event)));
        while (!page.atEnd()) {
            page = log.read(LogQuery.after(page.through()).limit(PAGE));
            page.events().forEach(event -> events.add(StoredEvent.of(event)));
        }
        return events;
    }

    private static long rows(PostgresDatabase postgres) throws SQLException {
        try (Connection connection = postgres.connect();
                ResultSet row = connection.createStatement().executeQuery("SELECT count(*) FROM infra.events")) {
            row.next();
            return row.getLong(1);
        }
    }

    /** The documents of the projection. */
    static Map<String, Tally> projection(PostgresDatabase postgres) {
        Map<String, Tally> documents = new TreeMap<>();
        try (NeonDatabase database = NeonDatabase.open(postgres.libpqUrl(), NeonSettings.alwaysOn())) {
            NeonProjectionStore<Tally> store = new NeonProjectionStore<>(database, Projector.PROJECTION, Tally.class);
            Optional<PageRequest> next = Optional.of(PageRequest.first(PAGE));
            while (next.isPresent()) {
                DocumentPage<Tally> page = store.list(next.get());
                page.documents().forEach(document -> documents.put(document.id(), document.value()));
                next = page.next();
            }
        }
        return documents;
    }
}
