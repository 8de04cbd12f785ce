package com.portfolio.infra.neon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.portfolio.infra.neon.AccountEvent.Registered;
import com.portfolio.infra.neon.AccountEvent.Renamed;
import com.portfolio.infra.ports.eventstore.AppendResult;
import com.portfolio.infra.ports.eventstore.EventStoreException;
import com.portfolio.infra.ports.eventstore.EventStoreFailedException;
import com.portfolio.infra.ports.eventstore.EventStoreUnavailableException;
import com.portfolio.infra.ports.eventstore.LogPage;
import com.portfolio.infra.ports.eventstore.LogQuery;
import com.portfolio.infra.ports.eventstore.Position;
import com.portfolio.infra.ports.eventstore.RecordedEvent;
import com.portfolio.infra.ports.health.HealthStatus;
import com.portfolio.infra.ports.projection.ProjectionStoreUnavailableException;
import com.portfolio.infra.testing.Eventually;
import com.portfolio.infra.testing.server.FaultyProxy;
import com.portfolio.infra.testing.server.Postgres;
import com.portfolio.infra.testing.server.PostgresDatabase;
import com.portfolio.infra.testing.server.PostgresServer;
import com.portfolio.infra.testing.server.Traffic;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Finding the database, and finding it again. */
class ConnectingTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration SLEEP = Duration.ofSeconds(5);

    private static final NeonSettings SLEEPY = NeonSettings.scaleToZero().toBuilder()
            .pollInterval(Duration.ofMillis(5))
            .build();

    @Test
    void anAddressWhereNobodyListensIsSaidToBeUnavailable() {
        FaultyProxy proxy = FaultyProxy.to(Postgres.shared().administration().address());
        String url = Postgres.shared().administration().through(proxy.address()).libpqUrl();
        proxy.close();

        try (NeonDatabase database = NeonDatabase.open(url, SLEEPY)) {
            assertThatExceptionOfType(EventStoreUnavailableException.class)
                    .isThrownBy(() -> new NeonEventStore(database, AccountEvent.CODEC))
                    .withMessageContaining("Could not open the event store")
                    .withMessageContaining("127.0.0.1:" + proxy.address().getPort() + " refused");
            assertThatExceptionOfType(ProjectionStoreUnavailableException.class)
                    .isThrownBy(() -> new NeonProjectionStore<>(database, "names", String.class));
            assertThat(NeonHealthCheck.active(database, SLEEP).check().status()).isEqualTo(HealthStatus.DOWN);
        }
    }

    @Test
    void aWrongPasswordIsRefusedAtOnceAndNotShown() {
        PostgresDatabase wrong = Postgres.shared().administration();
        String url = wrong.as(wrong.user(), "hunter2").libpqUrl();
        long begun = System.nanoTime();

        try (NeonDatabase database = NeonDatabase.open(url, SLEEPY)) {
            assertThatExceptionOfType(EventStoreFailedException.class)
                    .isThrownBy(() -> new NeonEventStore(database, AccountEvent.CODEC))
                    .withMessageContaining("password authentication failed")
                    .withMessageNotContaining("hunter2");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isLessThan(SLEEPY.pool().acquireTimeout());
    }

    @Test
    void aDatabaseThatIsNotThereIsNamed() {
        String url = Postgres.shared().administration().named("nowhere").libpqUrl();

        try (NeonDatabase database = NeonDatabase.open(url, SLEEPY)) {
            assertThatExceptionOfType(EventStoreFailedException.class)
                    .isThrownBy(() -> new NeonEventStore(database, AccountEvent.CODEC))
                    .withMessageContaining("\"nowhere\" does not exist");
        }
    }

    @Test
    void aDatabaseThatSleepsIsWaitedFor() throws Exception {
        throughAProxy((proxy, database) -> {
            NeonEventStore store = whileAsleep(proxy, () -> new NeonEventStore(database, AccountEvent.CODEC));

            assertThat(store.append("account-1", List.of(new Registered("a"))).version())
                    .isEqualTo(1);
        });
    }

    @Test
    void aDatabaseThatFellAsleepIsWaitedForToo() throws Exception {
        throughAProxy((proxy, database) -> {
            NeonEventStore store = new NeonEventStore(database, AccountEvent.CODEC);
            store.append("account-1", List.of(new Registered("a")));

            AppendResult second = whileAsleep(proxy, () -> store.append("account-1", List.of(new Renamed("b"))));

            assertThat(second.version()).isEqualTo(2);
            assertThat(store.load("account-1").version()).isEqualTo(2);
        });
    }

    @FunctionalInterface
    private interface Attempt {

        void with(FaultyProxy proxy, NeonDatabase database) throws Exception;
    }

    private static void throughAProxy(Attempt attempt) throws Exception {
        PostgresDatabase postgres = TestDatabases.create();
        try (FaultyProxy proxy = FaultyProxy.to(postgres.address());
                NeonDatabase database = NeonDatabase.open(
                        TestDatabases.asApplication(postgres)
                                .through(proxy.address())
                                .libpqUrl(),
                        SLEEPY)) {
            attempt.with(proxy, database);
        } finally {
            Postgres.shared().dropDatabase(postgres);
        }
    }

    /** What a call returns that finds no connection alive, makes one, and has to wait for it until the database wakes. */
    private static <T> T whileAsleep(FaultyProxy proxy, Supplier<T> call) throws Exception {
        proxy.stall();
        proxy.cutAll(); // as Neon does when it suspends a database
        assertThat(proxy.openConnections()).isZero();
        Traffic asleep = proxy.traffic();

        CompletableFuture<T> result = CompletableFuture.supplyAsync(call);
        assertThatExceptionOfType(TimeoutException.class)
                .as("what waits for the database")
                .isThrownBy(() -> result.get(SLEEP.toMillis(), TimeUnit.MILLISECONDS));
        Eventually.within(PATIENCE).holds("a connection that is held back", () -> proxy.openConnections() > 0);
        assertThat(proxy.traffic().since(asleep).connections()).isPositive();
        assertThat(proxy.traffic().since(asleep).bytesToServer()).isZero();
        proxy.resume();
        return result.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void afterClosingNothingIsCalledAndNobodyWaitsAnyMore() throws Exception {
        PostgresDatabase postgres = TestDatabases.create();
        NeonDatabase database = TestDatabases.open(postgres);
        NeonEventStore store = new NeonEventStore(database, AccountEvent.CODEC);
        NeonEventLog log = new NeonEventLog(database, AccountEvent.CODEC);
        CompletableFuture<Throwable> waiter = CompletableFuture.supplyAsync(() -> {
            try {
                log.awaitBeyond(Position.START, PATIENCE);
                return new AssertionError("The wait ended.");
            } catch (RuntimeException | InterruptedException e) {
                return e;
            }
        });
        Eventually.within(PATIENCE).get("the polling", () -> database.vitals().lastAnswer(), last -> last.isPresent());

        database.close();

        assertThat(waiter.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isInstanceOfAny(IllegalStateException.class, EventStoreException.class);
        assertThatIllegalStateException().isThrownBy(() -> store.load("account-1"));
        Postgres.shared().dropDatabase(postgres);
    }

    @Test
    void aPoolOfTheCallersIsUsedAndLeftOpen() {
        PostgresDatabase postgres = TestDatabases.create();
        HikariConfig config = new HikariConfig();
        config.setDataSource(TestDatabases.asApplication(postgres).dataSource());
        config.setMaximumPoolSize(2);
        try (HikariDataSource pool = new HikariDataSource(config)) {
            try (NeonDatabase database = NeonDatabase.over(pool, TestDatabases.settings())) {
                NeonEventStore store = new NeonEventStore(database, AccountEvent.CODEC);
                assertThat(store.append("account-1", List.of(new Registered("a")))
                                .version())
                        .isEqualTo(1);
            }
            assertThat(pool.isClosed()).isFalse();
        } finally {
            Postgres.shared().dropDatabase(postgres);
        }
    }

    /** Ending somebody's transaction by switching autocommit on would be worse than saying no. */
    @Test
    void aPoolWithoutAutocommitIsRefused() {
        PostgresDatabase postgres = TestDatabases.create();
        HikariConfig config = new HikariConfig();
        config.setDataSource(TestDatabases.asApplication(postgres).dataSource());
        config.setAutoCommit(false);
        config.setMaximumPoolSize(1);
        try (HikariDataSource pool = new HikariDataSource(config);
                NeonDatabase database = NeonDatabase.over(pool, TestDatabases.settings())) {
            assertThatExceptionOfType(EventStoreFailedException.class)
                    .isThrownBy(() -> new NeonEventStore(database, AccountEvent.CODEC))
                    .withMessageContaining("autocommit")
                    .withMessageContaining("joining(connection)");
        } finally {
            Postgres.shared().dropDatabase(postgres);
        }
    }

    /** A writer and a reader go on through crashes of the server: nothing skipped, nothing doubled. */
    @Test
    void everythingGoesOnAfterTheServerWasKilledAndStartedAgain() throws Exception {
        try (PostgresServer server = PostgresServer.builder().start()) {
            PostgresDatabase postgres = server.createDatabase();
            NeonSettings settings = TestDatabases.settings().toBuilder()
                    .inDoubtTimeout(PATIENCE)
                    .build();
            new NeonSchema(NeonUrl.parse(postgres.libpqUrl()), settings).migrate();
            try (NeonDatabase database = NeonDatabase.open(postgres.libpqUrl(), settings)) {
                NeonEventStore store = new NeonEventStore(database, AccountEvent.CODEC);
                NeonEventLog log = new NeonEventLog(database, AccountEvent.CODEC);
                int appends = 300;
                CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
                    for (int i = 0; i < appends; i++) {
                        appendUntilStored(store, i);
                    }
                });
                CompletableFuture<List<Long>> reader = CompletableFuture.supplyAsync(() -> follow(log, appends));

                for (int crash = 1; crash <= 2; crash++) {
                    int version = crash * appends / 4;
                    Eventually.within(PATIENCE).get("the stream", () -> versions(store), now -> now.size() >= version);
                    server.kill();
                    server.start();
                }
                writer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

                List<Long> stored = Eventually.within(PATIENCE)
                        .get("the whole stream", () -> versions(store), now -> now.size() == appends);
                assertThat(reader.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(stored);
            }
        }
    }

    /** All versions of the stream, or none while a connection that the crash broke is still in the pool. */
    private static List<Long> versions(NeonEventStore store) {
        try {
            return store.load("account-1").events().stream()
                    .map(RecordedEvent::version)
                    .toList();
        } catch (EventStoreUnavailableException e) {
            return List.of();
        }
    }

    /** Only an append that never began is to be made again; what was begun the store settles itself. */
    private static void appendUntilStored(NeonEventStore store, int number) {
        while (true) {
            try {
                store.append("account-1", List.of(new Renamed("name-" + number)));
                return;
            } catch (EventStoreUnavailableException e) {
                assertThat(e.isRetryable()).isTrue();
            }
        }
    }

    private static List<Long> follow(NeonEventLog log, int wanted) {
        List<Long> versions = new ArrayList<>();
        Position position = Position.START;
        while (versions.size() < wanted) {
            try {
                log.awaitBeyond(position, PATIENCE);
                LogPage page = log.read(LogQuery.after(position).limit(7));
                page.events().forEach(event -> versions.add(event.version()));
                position = page.through();
            } catch (EventStoreUnavailableException e) {
                assertThat(e.isRetryable()).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        return versions;
    }
}
