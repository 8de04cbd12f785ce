package com.portfolio.infra.neon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.portfolio.infra.neon.AccountEvent.Registered;
import com.portfolio.infra.ports.eventstore.AppendResult;
import com.portfolio.infra.ports.eventstore.Checkpoint;
import com.portfolio.infra.ports.eventstore.EventStore;
import com.portfolio.infra.ports.eventstore.EventStoreFailedException;
import com.portfolio.infra.ports.projection.CheckpointedProjectionStore;
import com.portfolio.infra.ports.projection.DocumentQuery;
import com.portfolio.infra.ports.projection.IndexedField;
import com.portfolio.infra.ports.projection.PageRequest;
import com.portfolio.infra.testing.Eventually;
import com.portfolio.infra.testing.server.Postgres;
import com.portfolio.infra.testing.server.PostgresDatabase;
import com.portfolio.infra.utilities.bootstrap.EventStoreFactory;
import com.portfolio.infra.utilities.bootstrap.Infrastructure;
import com.portfolio.infra.utilities.bootstrap.ProjectionDefinition;
import com.portfolio.infra.utilities.configuration.InfrastructureConfig;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real database, opened by configuration alone. */
class NeonInfrastructureTest {

    private record View(String owner) {}

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private PostgresDatabase database;

    @BeforeEach
    void createDatabase() {
        database = TestDatabases.create();
    }

    @AfterEach
    void dropDatabase() {
        Postgres.shared().dropDatabase(database);
    }

    private static Infrastructure open(InfrastructureConfig config) {
        return Infrastructure.open(config, AccountEvent.CODEC);
    }

    @Test
    void eventsAndProjectionsShareOneDatabaseAndItsPool() {
        try (Infrastructure infrastructure =
                open(Configured.postgres(TestDatabases.asApplication(database), "DB_POOL_SIZE", "1"))) {
            infrastructure.eventStore().append("account-1", List.of(new Registered("ada")));
            CheckpointedProjectionStore<View> views =
                    infrastructure.projections().checkpointed("views", View.class);
            Checkpoint checkpoint = new Checkpoint(
                    infrastructure.eventLog().id(), infrastructure.eventLog().head());
            views.advance(Optional.empty(), checkpoint, store -> store.save("ada", new View("ada")));
            assertThat(views.checkpoint()).contains(checkpoint);
            assertThat(views.find("ada")).contains(new View("ada"));

            ProjectionDefinition<View> indexed = ProjectionDefinition.of("indexed", View.class)
                    .indexedBy(List.of(IndexedField.text("owner", View::owner)));
            infrastructure.projections().versioned(indexed).save("1", new View("ada"), 0);
            assertThat(infrastructure
                            .projections()
                            .queryable(indexed)
                            .query(
                                    DocumentQuery.where("owner", DocumentQuery.Comparison.EQUAL, "ada"),
                                    PageRequest.first(10))
                            .documents())
                    .hasSize(1);

            NeonDatabase shared = infrastructure.shared(NeonDatabase.class).orElseThrow();
            assertThat(shared.settings().pool().maxSize()).isEqualTo(1);
            assertThat(infrastructure.health().checkAll().parts())
                    .extracting(part -> part.name() + " is " + part.result().status())
                    .containsExactly("database is UP", "calls to database is UP");
        }
    }

    @Test
    void closingClosesThePool() {
        Infrastructure infrastructure = open(Configured.postgres(TestDatabases.asApplication(database)));
        EventStore store = infrastructure.eventStore();
        infrastructure.close();
        assertThatThrownBy(() -> store.load("account-1")).isInstanceOf(RuntimeException.class);
        Eventually.within(PATIENCE).holds("no connection is left", () -> connections(database) == 0);
    }

    private static long connections(PostgresDatabase where) throws SQLException {
        try (Connection connection = where.connect();
                ResultSet row = connection
                        .createStatement()
                        .executeQuery("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                                + " AND application_name = 'shared-infra'")) {
            row.next();
            return row.getLong(1);
        }
    }

    @Test
    void aSchemaThatIsNotThereIsToldAndLeavesNoConnection() {
        PostgresDatabase empty = Postgres.shared().createDatabase();
        try {
            assertThatThrownBy(() -> open(Configured.postgres(empty)))
                    .isInstanceOf(EventStoreFailedException.class)
                    .hasMessageContaining("NeonSchema.migrate()");
            Eventually.within(PATIENCE).holds("no connection is left", () -> connections(empty) == 0);
        } finally {
            Postgres.shared().dropDatabase(empty);
        }
    }

    @Test
    void anAppendThatTheServerEndedIsRepeated() throws Exception {
        InfrastructureConfig impatient = Configured.postgres(
                TestDatabases.asApplication(database),
                "DB_STATEMENT_TIMEOUT",
                "300ms",
                "HEALTH_INTERVAL",
                "100ms",
                "RETRY_MAX_ATTEMPTS",
                "50");
        try (Infrastructure infrastructure = open(impatient);
                Connection other = TestDatabases.asApplication(database).connect()) {
            EventStore store = infrastructure.eventStore();
            store.append("account-1", List.of(new Registered("ada")));
            NeonDatabase opened = infrastructure.shared(NeonDatabase.class).orElseThrow();
            other.setAutoCommit(false);
            new NeonEventStore(opened, AccountEvent.CODEC)
                    .joining(other)
                    .append("account-1", List.of(new Registered("holds the stream")));

            CompletableFuture<AppendResult> appended =
                    CompletableFuture.supplyAsync(() -> store.append("account-1", List.of(new Registered("late"))));
            Eventually.within(PATIENCE).holds("the first attempt is ended", () -> failedCalls(infrastructure) > 0);
            other.rollback();

            assertThat(appended.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).version())
                    .isEqualTo(2);
        }
    }

    private static long failedCalls(Infrastructure infrastructure) throws Exception {
        Object failed = infrastructure
                .health()
                .checkAll()
                .result("calls to database")
                .orElseThrow()
                .details()
                .get("failed");
        return ((Number) failed).longValue();
    }

    @Test
    void aFactoryOpensTheEventStoreAlone() {
        try (var opened = EventStoreFactory.open(
                Configured.postgres(TestDatabases.asApplication(database)), AccountEvent.CODEC)) {
            assertThat(opened.get()
                            .store()
                            .append("account-1", List.of(new Registered("ada")))
                            .version())
                    .isEqualTo(1);
        }
    }

    @Test
    void aDatabaseThatMayFallAsleepIsNotAskedByItsHealth() {
        try (Infrastructure infrastructure = open(Configured.by(
                "EVENT_STORE_PROVIDER",
                "neon",
                "DATABASE_URL",
                TestDatabases.asApplication(database).libpqUrl()))) {
            assertThat(infrastructure
                            .health()
                            .checkAll()
                            .result("database")
                            .orElseThrow()
                            .details())
                    .containsKey("secondsSinceLastAnswer")
                    .doesNotContainKey("synchronousCommit");
        }
    }
}
