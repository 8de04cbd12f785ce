package com.portfolio.infra.neon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.portfolio.infra.neon.AccountEvent.Registered;
import com.portfolio.infra.ports.event.EventIds;
import com.portfolio.infra.ports.eventstore.AppendOutcomeUnknownException;
import com.portfolio.infra.ports.eventstore.AppendRequest;
import com.portfolio.infra.ports.eventstore.AppendResult;
import com.portfolio.infra.ports.eventstore.EventStore;
import com.portfolio.infra.ports.eventstore.EventStoreUnavailableException;
import com.portfolio.infra.ports.eventstore.ExpectedVersion;
import com.portfolio.infra.ports.eventstore.NewEvent;
import com.portfolio.infra.ports.eventstore.RecordedEvent;
import com.portfolio.infra.ports.eventstore.StreamPage;
import com.portfolio.infra.ports.eventstore.StreamQuery;
import com.portfolio.infra.testing.Eventually;
import com.portfolio.infra.testing.server.FaultyProxy;
import com.portfolio.infra.testing.server.PostgresDatabase;
import com.portfolio.infra.testing.server.PostgresServer;
import com.portfolio.infra.testing.server.PostgresServer.StopMode;
import com.portfolio.infra.utilities.connection.PoolSettings;
import com.portfolio.infra.utilities.resilience.CallTimedOutException;
import com.portfolio.infra.utilities.resilience.CallWindow;
import com.portfolio.infra.utilities.resilience.CircuitBreakerPolicy;
import com.portfolio.infra.utilities.resilience.CircuitOpenException;
import com.portfolio.infra.utilities.resilience.CircuitState;
import com.portfolio.infra.utilities.resilience.Resilience;
import com.portfolio.infra.utilities.resilience.ResilientEventStore;
import com.portfolio.infra.utilities.resilience.RetryPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A resilient event store on a PostgreSQL that is stopped, killed, hangs or is slow. */
class ResilientStoreTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int WRITERS = 4;
    private static final int CALLERS = 1_000;

    private final PostgresServer server = PostgresServer.builder().fsync(false).start();
    private final PostgresDatabase postgres = migrated(server);
    private final FaultyProxy proxy = FaultyProxy.to(postgres.address());
    private final NeonDatabase database =
            NeonDatabase.open(postgres.through(proxy.address()).libpqUrl(), impatient());
    private final NeonEventStore neon = new NeonEventStore(database, AccountEvent.CODEC);
    private final List<CircuitState> states = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        database.close();
        proxy.close();
        server.close();
    }

    private static PostgresDatabase migrated(PostgresServer server) {
        PostgresDatabase database = server.createDatabase("shop");
        new NeonSchema(NeonUrl.parse(database.libpqUrl()), impatient()).migrate();
        return database;
    }

    private static NeonSettings impatient() {
        return TestDatabases.settings().toBuilder()
                .pool(PoolSettings.alwaysOn().withMaxSize(8).withAcquireTimeout(Duration.ofMillis(500)))
                .connectTimeout(Duration.ofSeconds(2))
                .statementTimeout(Duration.ofSeconds(2))
                .socketTimeout(Duration.ofSeconds(4))
                .inDoubtTimeout(Duration.ofMillis(500))
                .build();
    }

    private Resilience.Builder resilience() {
        return Resilience.builder("shop")
                .retry(RetryPolicy.builder()
                        .maxAttempts(3)
                        .base(Duration.ofMillis(10))
                        .cap(Duration.ofMillis(50))
                        .build())
                .circuitBreaker(CircuitBreakerPolicy.builder()
                        .window(CallWindow.ofCalls(10))
                        .minimumCalls(4)
                        .openFor(Duration.ofMillis(500))
                        .trialCalls(2)
                        .build());
    }

    private Resilience watched(Resilience resilience) {
        resilience.circuitBreaker().orElseThrow().onChange((breaker, from, to) -> states.add(to));
        return resilience;
    }

    /** One writer of one stream: each append expects the version that the last one brought about. */
    private static final class Writer implements Runnable {

        private final EventStore store;
        private final AtomicBoolean ended;
        private final String stream = "account-" + UUID.randomUUID();
        private final List<UUID> stored = new ArrayList<>();
        private final AtomicInteger acknowledged = new AtomicInteger();
        private final AtomicInteger refused = new AtomicInteger();
        private final AtomicInteger shortCircuited = new AtomicInteger();

        Writer(EventStore store, AtomicBoolean ended) {
            this.store = store;
            this.ended = ended;
        }

        @Override
        public void run() {
            AppendRequest inDoubt = null;
            while (!ended.get() || inDoubt != null) {
                AppendRequest request = inDoubt == null ? next() : inDoubt;
                try {
                    AppendResult result = store.append(request);
                    assertThat(result.version()).isEqualTo(stored.size() + 1);
                    stored.add(request.events().get(0).id());
                    acknowledged.incrementAndGet();
                    inDoubt = null;
                } catch (AppendOutcomeUnknownException e) {
                    inDoubt = request;
                } catch (EventStoreUnavailableException e) {
                    // Nothing was stored: another event takes its place, unless an earlier attempt may have been
                    // stored.
                    refused.incrementAndGet();
                    if (e.getCause() instanceof CircuitOpenException) {
                        shortCircuited.incrementAndGet();
                    }
                }
            }
        }

        private AppendRequest next() {
            NewEvent event = NewEvent.of(EventIds.next(), new Registered("ada"));
            return AppendRequest.ofEvents(stream, ExpectedVersion.exactly(stored.size()), List.of(event));
        }
    }

    @Test
    void whatAServerThatIsStoppedAndKilledAcknowledgedIsThereOnceAndNothingElse() throws Exception {
        AtomicBoolean ended = new AtomicBoolean();
        List<Writer> writers = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        try (Resilience resilience = watched(resilience().build())) {
            EventStore store = new ResilientEventStore(neon, resilience);
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                Writer writer = new Writer(store, ended);
                writers.add(writer);
                running.add(threads.submit(writer));
            }
            awaitProgress(writers);

            server.stop(StopMode.FAST);
            awaitStates(CircuitState.OPEN);
            Eventually.within(PATIENCE)
                    .holds(
                            "calls that are refused at once",
                            () -> writers.stream().allMatch(writer -> writer.shortCircuited.get() > 0));
            server.start();
            awaitStates(CircuitState.OPEN, CircuitState.HALF_OPEN, CircuitState.CLOSED);
            awaitProgress(writers);

            states.clear();
            server.kill();
            awaitStates(CircuitState.OPEN);
            server.start();
            awaitStates(CircuitState.OPEN, CircuitState.HALF_OPEN, CircuitState.CLOSED);
            awaitProgress(writers);

            ended.set(true);
            for (Future<?> writer : running) {
                writer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
        } finally {
            ended.set(true);
            threads.shutdownNow();
        }

        for (Writer writer : writers) {
            assertThat(neon.load(writer.stream).events())
                    .extracting(RecordedEvent::id)
                    .isEqualTo(writer.stored);
            assertThat(writer.refused).as("told to be unavailable").hasPositiveValue();
        }
    }

    @Test
    void aServerThatHangsLetsItsCallersGoAndIsUsedAgainWhenItAnswers() {
        try (Resilience resilience = watched(
                resilience().timeLimit(Duration.ofMillis(200)).bulkhead(8).build())) {
            EventStore store = new ResilientEventStore(neon, resilience);
            store.append("account-1", List.of(new Registered("ada")));

            proxy.stall();
            assertThatThrownBy(() -> store.load("account-1"))
                    .isInstanceOf(EventStoreUnavailableException.class)
                    .hasCauseInstanceOf(CallTimedOutException.class);
            Eventually.within(PATIENCE)
                    .get(
                            "the breaker",
                            () -> {
                                assertThatThrownBy(() -> store.load("account-1"))
                                        .isInstanceOf(EventStoreUnavailableException.class);
                                return states;
                            },
                            seen -> seen.contains(CircuitState.OPEN));

            proxy.resume();
            int loaded = Eventually.within(PATIENCE).get("the stream", () -> tryLoad(store), found -> found >= 0);
            assertThat(loaded).isEqualTo(1);
            awaitClosed(store);
        }
    }

    private static int tryLoad(EventStore store) {
        try {
            return store.load("account-1").events().size();
        } catch (EventStoreUnavailableException e) {
            return -1;
        }
    }

    private void awaitClosed(EventStore store) {
        Eventually.within(PATIENCE)
                .get(
                        "the closed breaker",
                        () -> {
                            tryLoad(store);
                            return states.get(states.size() - 1);
                        },
                        last -> last == CircuitState.CLOSED);
    }

    /** Counts what reaches the database's adapter. */
    private record Counted(EventStore store, AtomicInteger calls) implements EventStore {

        @Override
        public AppendResult append(AppendRequest request) {
            calls.incrementAndGet();
            return store.append(request);
        }

        @Override
        public StreamPage read(StreamQuery query) {
            calls.incrementAndGet();
            return store.read(query);
        }
    }

    @Test
    void aThousandCallersOfASlowServerAddLessThanAFifthOfTheirLoad() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        AtomicInteger failed = new AtomicInteger();
        neon.append("account-1", List.of(new Registered("ada")));
        // Eight connections that answer after two seconds serve few of a thousand callers, who wait half a second.
        proxy.latency(Duration.ofSeconds(1), Duration.ofSeconds(1));
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try (Resilience resilience = Resilience.builder("shop")
                .retry(RetryPolicy.builder().maxAttempts(5).build())
                .withoutCircuitBreaker()
                .build()) {
            EventStore store = new ResilientEventStore(new Counted(neon, attempts), resilience);
            for (int i = 0; i < CALLERS; i++) {
                callers.execute(() -> {
                    if (tryLoad(store) < 0) {
                        failed.incrementAndGet();
                    }
                });
            }
            callers.shutdown();
            assertThat(callers.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        } finally {
            callers.shutdownNow();
        }

        assertThat(failed.get()).as("callers that failed").isGreaterThan(CALLERS / 2);
        assertThat(attempts.get())
                .as("attempts; without a budget nearly 5,000")
                .isGreaterThan(CALLERS)
                .isLessThan(CALLERS + CALLERS / 5);
    }

    private static void awaitProgress(List<Writer> writers) {
        List<Integer> before =
                writers.stream().map(writer -> writer.acknowledged.get()).toList();
        for (int i = 0; i < writers.size(); i++) {
            Writer writer = writers.get(i);
            int goal = before.get(i) + 20;
            Eventually.within(PATIENCE).holds("progress of a writer", () -> writer.acknowledged.get() >= goal);
        }
    }

    /** That the breaker goes through these states, one after the other, whatever comes between. */
    private void awaitStates(CircuitState... expected) {
        Eventually.within(PATIENCE).holds("the breaker's way through " + List.of(expected), () -> {
            int met = 0;
            for (CircuitState state : states) {
                if (met < expected.length && state == expected[met]) {
                    met++;
                }
            }
            return met == expected.length;
        });
    }
}
