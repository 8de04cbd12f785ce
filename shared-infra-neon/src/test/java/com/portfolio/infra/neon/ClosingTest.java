package com.portfolio.infra.neon;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.neon.AccountEvent.Registered;
import com.portfolio.infra.neon.AccountEvent.Renamed;
import com.portfolio.infra.ports.eventstore.AppendOutcomeUnknownException;
import com.portfolio.infra.ports.eventstore.AppendResult;
import com.portfolio.infra.testing.Eventually;
import com.portfolio.infra.testing.server.Postgres;
import com.portfolio.infra.testing.server.PostgresDatabase;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of appends under way while their database is closed. */
class ClosingTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final PostgresDatabase postgres = TestDatabases.create();
    private final NeonDatabase database = TestDatabases.open(postgres);
    private final NeonEventStore store = new NeonEventStore(database, AccountEvent.CODEC);

    @AfterEach
    void close() {
        database.close();
        Postgres.shared().dropDatabase(postgres);
    }

    @Test
    void anAppendUnderWayEndsBeforeTheDatabaseIsClosed() throws Exception {
        CompletableFuture<AppendResult> appended;
        CompletableFuture<Void> closed;
        try (Connection holder = holdStream()) {
            appended = appendBehind();
            closed = CompletableFuture.runAsync(() -> database.close(PATIENCE));
            Eventually.within(PATIENCE).get("the closing", this::isClosing, closing -> closing);
            holder.commit();
        }

        assertThat(appended.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).version())
                .isEqualTo(3);
        closed.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void anAppendThatDoesNotEndInTimeHasAnUnknownOutcome() throws Exception {
        try (Connection holder = holdStream()) {
            CompletableFuture<AppendResult> appended = appendBehind();

            database.close(Duration.ofMillis(1));

            assertThat(appended)
                    .failsWithin(PATIENCE)
                    .withThrowableThat()
                    .withCauseInstanceOf(AppendOutcomeUnknownException.class);
            holder.rollback();
        }
    }

    private Connection holdStream() throws Exception {
        store.append("account-1", List.of(new Registered("first")));
        Connection holder = TestDatabases.asApplication(postgres).connect();
        holder.setAutoCommit(false);
        store.joining(holder).append("account-1", List.of(new Renamed("held")));
        return holder;
    }

    /** Waits for the lock of the stream. */
    private CompletableFuture<AppendResult> appendBehind() {
        CompletableFuture<AppendResult> appended =
                CompletableFuture.supplyAsync(() -> store.append("account-1", List.of(new Renamed("late"))));
        Eventually.within(PATIENCE).get("the append at the lock", this::waitsForALock, waits -> waits);
        return appended;
    }

    private boolean waitsForALock() throws Exception {
        try (Connection connection = postgres.connect();
                var row = connection
                        .createStatement()
                        .executeQuery("SELECT count(*) FROM pg_stat_activity"
                                + " WHERE datname = current_database() AND wait_event_type = 'Lock'")) {
            row.next();
            return row.getInt(1) == 1;
        }
    }

    private boolean isClosing() {
        try {
            store.load("account-2");
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }
}
