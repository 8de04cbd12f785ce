package com.portfolio.infra.testing.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.portfolio.infra.ports.eventstore.EventStoreUnavailableException;
import com.portfolio.infra.ports.eventstore.LogQuery;
import com.portfolio.infra.ports.eventstore.Position;
import com.portfolio.infra.ports.health.HealthStatus;
import com.portfolio.infra.ports.messaging.BusClosedException;
import com.portfolio.infra.ports.messaging.MessageBus;
import com.portfolio.infra.ports.projection.DocumentQuery;
import com.portfolio.infra.ports.projection.IndexedField;
import com.portfolio.infra.ports.projection.PageRequest;
import com.portfolio.infra.ports.schema.Schema;
import com.portfolio.infra.ports.schema.Subject;
import com.portfolio.infra.testing.EndedCalls;
import com.portfolio.infra.testing.TestClock;
import com.portfolio.infra.testing.bootstrap.Services.Event;
import com.portfolio.infra.testing.bootstrap.Services.Event.Opened;
import com.portfolio.infra.testing.bootstrap.Services.Notice.Welcome;
import com.portfolio.infra.testing.bootstrap.Services.View;
import com.portfolio.infra.testing.memory.InMemoryBroker;
import com.portfolio.infra.testing.memory.InMemoryEventLog;
import com.portfolio.infra.testing.memory.InMemoryEventStore;
import com.portfolio.infra.utilities.bootstrap.BootstrapException;
import com.portfolio.infra.utilities.bootstrap.Infrastructure;
import com.portfolio.infra.utilities.bootstrap.ProjectionDefinition;
import com.portfolio.infra.utilities.configuration.InfrastructureConfig;
import com.portfolio.infra.utilities.health.HealthReport;
import com.portfolio.infra.utilities.middleware.MiddlewareChain;
import com.portfolio.infra.utilities.middleware.SemanticNames;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a service has of an {@link Infrastructure} in memory. */
class InfrastructureTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static Infrastructure open(String... more) {
        return Infrastructure.open(Services.inMemory(more), Services.CODEC);
    }

    @Test
    void everythingThatIsConfiguredWorks() throws Exception {
        try (Infrastructure infrastructure = open()) {
            infrastructure.eventStore().append("account-ada", List.of(new Opened("ada")));
            assertThat(infrastructure.eventStore().load("account-ada").payloads(Event.class))
                    .containsExactly(new Opened("ada"));
            assertThat(infrastructure
                            .eventLog()
                            .read(LogQuery.after(Position.START))
                            .events())
                    .hasSize(1);

            infrastructure.projections().store("views", View.class).save("ada", new View("ada"));
            assertThat(infrastructure
                            .projections()
                            .checkpointed("views", View.class)
                            .find("ada"))
                    .contains(new View("ada"));
            assertThat(infrastructure
                            .projections()
                            .versioned("views", View.class)
                            .findVersioned("ada"))
                    .hasValueSatisfying(found -> assertThat(found.version()).isEqualTo(1));

            CountDownLatch heard = new CountDownLatch(1);
            infrastructure.messageBus().subscribe(Welcome.class, notice -> heard.countDown());
            infrastructure
                    .messageBus()
                    .publish(new Welcome("ada"))
                    .toCompletableFuture()
                    .get(60, TimeUnit.SECONDS);
            assertThat(heard.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(infrastructure.deadLetters("accounts.notices").group()).isEqualTo("accounts.notices");

            Schema schema = Schema.json("{}");
            assertThat(infrastructure
                            .schemaRegistry()
                            .register(Subject.of("notices.Welcome"), schema)
                            .version())
                    .isEqualTo(1);

            HealthReport report = infrastructure.health().checkAll();
            assertThat(report.status()).isEqualTo(HealthStatus.UP);
            assertThat(report.parts())
                    .extracting(HealthReport.Part::name)
                    .containsExactly("memory", "calls to memory", "broker in memory", "calls to broker in memory");
        }
    }

    @Test
    void documentsAreFoundByTheFieldsOfTheirProjection() {
        try (Infrastructure infrastructure = open()) {
            ProjectionDefinition<View> views = ProjectionDefinition.of("views", View.class)
                    .indexedBy(List.of(IndexedField.text("owner", View::owner)));
            infrastructure.projections().store(views).save("1", new View("ada"));
            assertThat(infrastructure
                            .projections()
                            .queryable(views)
                            .query(
                                    DocumentQuery.where("owner", DocumentQuery.Comparison.EQUAL, "ada"),
                                    PageRequest.first(10))
                            .documents())
                    .hasSize(1);
            assertThatThrownBy(() -> infrastructure.projections().store("views", View.class))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Projection 'views' was opened before")
                    .hasMessageContaining("[owner]");
        }
    }

    @Test
    void whatIsNotConfiguredSaysWhichVariableToSet() {
        try (Infrastructure nothing = Infrastructure.open(Services.config(), Services.CODEC)) {
            assertThatThrownBy(nothing::eventStore)
                    .isInstanceOf(BootstrapException.class)
                    .hasMessage("There is no event store, as EVENT_STORE_PROVIDER is none or not set; it can be neon,"
                            + " postgres or memory.");
            assertThatThrownBy(nothing::eventLog).hasMessageContaining("EVENT_STORE_PROVIDER");
            assertThatThrownBy(nothing::projections).hasMessageContaining("PROJECTION_STORE_PROVIDER");
            assertThatThrownBy(nothing::schemaRegistry).hasMessageContaining("SCHEMA_REGISTRY_PROVIDER");
            assertThatThrownBy(nothing::messageBus).hasMessageContaining("MESSAGE_BUS_PROVIDER");
            assertThatThrownBy(() -> nothing.deadLetters("a")).hasMessageContaining("MESSAGE_BUS_PROVIDER");
            assertThat(nothing.health().checkAll().parts()).isEmpty();
            assertThat(nothing.healthUri()).isEmpty();
        }
    }

    @Test
    void servicesOfOneProcessHearOfEachOther() throws Exception {
        try (Infrastructure accounts = open();
                Infrastructure mail = open("SERVICE_NAME", "mail")) {
            CountDownLatch heard = new CountDownLatch(1);
            mail.messageBus().subscribe(Welcome.class, notice -> heard.countDown());
            accounts.messageBus().publish(new Welcome("ada"));
            assertThat(heard.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void theBrokerOfTheProcessEndsWithTheLastService() {
        InMemoryBroker first;
        try (Infrastructure accounts = open()) {
            first = accounts.shared(InMemoryBroker.class).orElseThrow();
            try (Infrastructure mail = open("SERVICE_NAME", "mail")) {
                assertThat(mail.shared(InMemoryBroker.class)).containsSame(first);
            }
            try (Infrastructure mail = open("SERVICE_NAME", "mail")) {
                assertThat(mail.shared(InMemoryBroker.class)).containsSame(first);
            }
        }
        try (Infrastructure later = open()) {
            assertThat(later.shared(InMemoryBroker.class).orElseThrow()).isNotSameAs(first);
        }
    }

    @Test
    void aBrokerThatWasHandedOverIsUsedAndStaysOpen() {
        InMemoryBroker broker = new InMemoryBroker();
        InfrastructureConfig config = Services.inMemory();
        try (Infrastructure infrastructure = Infrastructure.builder(config, Services.CODEC)
                .sharing(InMemoryBroker.class, broker)
                .open()) {
            infrastructure.messageBus().publish(new Welcome("ada"));
            broker.awaitPublished(1, PATIENCE);
        }
        assertThat(broker.health().status()).isEqualTo(HealthStatus.UP);
    }

    @Test
    void healthTellsOfAPartThatDied() throws Exception {
        InfrastructureConfig config = Services.inMemory(
                "HEALTH_INTERVAL",
                "100ms",
                "HEALTH_RETRIES",
                "1",
                "HEALTH_HTTP_PORT",
                "0",
                "HEALTH_HTTP_DETAILS",
                "true");
        TestClock clock = TestClock.at("2026-01-01T00:00:00Z");
        try (Infrastructure infrastructure =
                Infrastructure.builder(config, Services.CODEC).clock(clock).open()) {
            URI uri = infrastructure.healthUri().orElseThrow();
            assertThat(get(uri).statusCode()).isEqualTo(200);
            infrastructure.shared(InMemoryBroker.class).orElseThrow().lose();
            clock.advance(Duration.ofSeconds(1));
            HttpResponse<String> answer = get(uri);
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("The broker is lost.").contains("\"serviceId\":\"accounts\"");
        }
    }

    private static HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aPortThatIsTakenIsOneSentence() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            InMemoryBroker broker = new InMemoryBroker();
            assertThatThrownBy(() -> Infrastructure.builder(
                                    Services.inMemory("HEALTH_HTTP_PORT", Integer.toString(taken.getLocalPort())),
                                    Services.CODEC)
                            .sharing(InMemoryBroker.class, broker)
                            .open())
                    .isInstanceOf(BootstrapException.class)
                    .hasMessageStartingWith("HEALTH_HTTP_PORT can't be used: ")
                    .hasMessageContaining(Integer.toString(taken.getLocalPort()));
        }
    }

    @Test
    void callsAreRepeatedAsTheConfigurationSays() {
        InfrastructureConfig config = Services.inMemory("RETRY_MAX_ATTEMPTS", "4", "RETRY_BASE_DELAY", "1ms");
        try (Infrastructure infrastructure = Infrastructure.open(config, Services.CODEC)) {
            InMemoryEventStore store =
                    infrastructure.shared(InMemoryEventStore.class).orElseThrow();
            AtomicInteger calls = new AtomicInteger();
            store.readFaults().failNext(3, query -> {
                calls.incrementAndGet();
                return new EventStoreUnavailableException("It is away.", null);
            });
            assertThat(infrastructure.eventStore().load("account-ada").version())
                    .isZero();
            assertThat(calls).hasValue(3);
        }
    }

    @Test
    void readingTheLogIsNotRepeatedAsItsSubscriptionsGoOnByThemselves() {
        try (Infrastructure infrastructure = open()) {
            infrastructure
                    .shared(InMemoryEventLog.class)
                    .orElseThrow()
                    .faults()
                    .failNext(call -> new EventStoreUnavailableException("It is away.", null));
            assertThatThrownBy(() -> infrastructure.eventLog().head()).hasMessage("It is away.");
            assertThat(infrastructure.eventLog().head()).isEqualTo(Position.START);
        }
    }

    @Test
    void oneBreakerStandsBeforeOneDependency() {
        InfrastructureConfig config = Services.inMemory(
                "RETRY_MAX_ATTEMPTS", "1", "CIRCUIT_BREAKER_WINDOW", "2", "CIRCUIT_BREAKER_MIN_CALLS", "2");
        TestClock clock = TestClock.at("2026-01-01T00:00:00Z");
        try (Infrastructure infrastructure =
                Infrastructure.builder(config, Services.CODEC).clock(clock).open()) {
            infrastructure
                    .shared(InMemoryEventStore.class)
                    .orElseThrow()
                    .readFaults()
                    .failNext(2, query -> new EventStoreUnavailableException("It is away.", null));
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> infrastructure.eventStore().load("account-ada"))
                        .hasMessage("It is away.");
            }
            assertThatThrownBy(() -> infrastructure
                            .projections()
                            .store("views", View.class)
                            .find("ada"))
                    .hasMessageContaining("'memory'");
            HealthReport report = infrastructure.health().checkAll();
            assertThat(report.status()).isEqualTo(HealthStatus.DEGRADED);
            assertThat(report.reason()).contains("calls to memory is DEGRADED.");
            clock.advance(Duration.ofSeconds(11));
            assertThat(infrastructure.eventStore().load("account-ada").version())
                    .isZero();
        }
    }

    @Test
    void closingMakesTheServiceNotReadyAndClosesEverythingOnce() {
        Infrastructure infrastructure = open();
        MessageBus bus = infrastructure.messageBus();
        infrastructure.close();
        infrastructure.close();
        assertThat(infrastructure.health().checkAll().isDown()).isTrue();
        assertThat(bus.publish(new Welcome("ada")).toCompletableFuture())
                .isCompletedExceptionally()
                .failsWithin(PATIENCE)
                .withThrowableThat()
                .withCauseInstanceOf(BusClosedException.class);
        assertThatThrownBy(() -> infrastructure.secrets().find("DATABASE_PASSWORD"))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aHandlerThatEndsWhileTheBusIsClosedCanStillStoreAndPublish() throws Exception {
        Infrastructure infrastructure = open();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch closing = new CountDownLatch(1);
        CountDownLatch stored = new CountDownLatch(1);
        infrastructure.messageBus().subscribe(Welcome.class, notice -> {
            begun.countDown();
            closing.await();
            infrastructure.eventStore().append("account-ada", List.of(new Opened("ada")));
            stored.countDown();
        });
        infrastructure.messageBus().publish(new Welcome("ada"));
        assertThat(begun.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        Thread closer = new Thread(infrastructure::close);
        closer.start();
        // A bus that takes no messages waits for its handlers, and what is closed before it is closed by now.
        while (!infrastructure
                .messageBus()
                .publish(new Welcome("ada"))
                .toCompletableFuture()
                .isCompletedExceptionally()) {
            Thread.onSpinWait();
        }
        closing.countDown();
        closer.join();
        assertThat(stored.getCount()).isZero();
    }

    @Test
    void middlewareStandsAroundRepetitionsAndEveryPort() throws Exception {
        EndedCalls ended = new EndedCalls();
        InfrastructureConfig config = Services.inMemory("RETRY_BASE_DELAY", "1ms");
        try (Infrastructure infrastructure = Infrastructure.builder(config, Services.CODEC)
                .middleware(MiddlewareChain.of(ended))
                .open()) {
            infrastructure
                    .shared(InMemoryEventStore.class)
                    .orElseThrow()
                    .readFaults()
                    .failNext(2, query -> new EventStoreUnavailableException("It is away.", null));
            infrastructure.eventStore().load("account-ada");
            infrastructure.eventLog().head();
            infrastructure.projections().store("views", View.class).find("ada");
            CountDownLatch heard = new CountDownLatch(1);
            infrastructure.messageBus().subscribe(Welcome.class, notice -> heard.countDown());
            infrastructure
                    .messageBus()
                    .publish(new Welcome("ada"))
                    .toCompletableFuture()
                    .get(60, TimeUnit.SECONDS);
            assertThat(heard.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
        assertThat(ended.all())
                .extracting(
                        end -> end.call().kind() + " " + end.call().operation() + " of "
                                + end.call().system(),
                        end -> end.told().getOrDefault(SemanticNames.DB_COLLECTION_NAME, ""))
                .containsExactlyInAnyOrder(
                        tuple("EVENT_STORE read of memory", ""),
                        tuple("EVENT_STORE head of memory", ""),
                        tuple("PROJECTION_STORE find of memory", "views"),
                        tuple("MESSAGE_SEND send of memory", ""),
                        tuple("MESSAGE_PROCESS process of memory", ""));
    }
}
