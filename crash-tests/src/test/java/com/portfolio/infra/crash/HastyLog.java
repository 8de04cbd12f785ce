package com.portfolio.infra.crash;

import com.portfolio.infra.ports.event.EncodedPayload;
import com.portfolio.infra.ports.event.EventType;
import com.portfolio.infra.ports.event.Metadata;
import com.portfolio.infra.ports.eventstore.EventLog;
import com.portfolio.infra.ports.eventstore.EventStoreUnavailableException;
import com.portfolio.infra.ports.eventstore.LogId;
import com.portfolio.infra.ports.eventstore.LogPage;
import com.portfolio.infra.ports.eventstore.LogQuery;
import com.portfolio.infra.ports.eventstore.Position;
import com.portfolio.infra.ports.eventstore.RecordedEvent;
import com.portfolio.infra.ports.eventstore.StreamId;
import com.portfolio.infra.testing.server.PostgresDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A log as one would read it at first thought: by position, whatever is still open before it. */
final class HastyLog implements EventLog {

    private static final String READ = "SELECT position, stream_id, version, event_id, data FROM infra.events"
            + " WHERE position > ? ORDER BY position LIMIT ?";

    private static final long PAUSE_NANOS = Duration.ofMillis(2).toNanos();

    private final EventLog log;
    private final DataSource source = PostgresDatabase.parse(Opening.url()).dataSource();
    private final LogId id;
    private @Nullable Connection connection;

    HastyLog(EventLog log) {
        this.log = log;
        this.id = log.id();
    }

    @Override
    public LogPage read(LogQuery query) {
        try (PreparedStatement statement = connection().prepareStatement(READ)) {
            statement.setLong(1, query.after().value());
            statement.setInt(2, query.limit());
            List<RecordedEvent> events = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    events.add(event(row));
                }
            }
            Position through = events.isEmpty()
                    ? query.after()
                    : events.get(events.size() - 1).position();
            return new LogPage(id, events, through, events.size() < query.limit());
        } catch (SQLException e) {
            throw new EventStoreUnavailableException("Could not read.", e);
        }
    }

    /** One connection, as a new one for each page would be too slow to come close to what is open. */
    private Connection connection() throws SQLException {
        Connection present = connection;
        if (present == null || !present.isValid(1)) {
            present = source.getConnection();
            connection = present;
        }
        return present;
    }

    private static RecordedEvent event(ResultSet row) throws SQLException {
        return new RecordedEvent(
                row.getObject(4, UUID.class),
                StreamId.of(row.getString(2)),
                row.getLong(3),
                Position.of(row.getLong(1)),
                Instant.EPOCH,
                new EncodedPayload(EventType.of("crash.Noted"), row.getString(5)),
                Noted.CODEC.encodeMetadata(Metadata.empty()),
                Noted.CODEC);
    }

    @Override
    public Position head() {
        return log.head();
    }

    @Override
    public boolean awaitBeyond(Position position, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (read(LogQuery.after(position).limit(1)).events().isEmpty()) {
            if (System.nanoTime() - deadline >= 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return true;
    }

    @Override
    public LogId id() {
        return id;
    }
}
