package com.portfolio.infra.testing.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.portfolio.infra.ports.eventstore.EventStoreUnavailableException;
import com.portfolio.infra.ports.health.HealthStatus;
import com.portfolio.infra.testing.TestClock;
import com.portfolio.infra.testing.bootstrap.Services.View;
import com.portfolio.infra.testing.memory.InMemoryEventStore;
import com.portfolio.infra.utilities.bootstrap.AdapterContext;
import com.portfolio.infra.utilities.bootstrap.BootstrapException;
import com.portfolio.infra.utilities.bootstrap.EventStoreProvider;
import com.portfolio.infra.utilities.bootstrap.Infrastructure;
import com.portfolio.infra.utilities.bootstrap.MessageBusProvider;
import com.portfolio.infra.utilities.bootstrap.ProjectionStoreProvider;
import com.portfolio.infra.utilities.bootstrap.SchemaRegistryProvider;
import com.portfolio.infra.utilities.configuration.InfrastructureConfig;
import com.portfolio.infra.utilities.connection.ConnectionSource;
import com.portfolio.infra.utilities.connection.PoolSettings;
import com.portfolio.infra.utilities.health.HealthReport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The order of opening and closing, and what a failure half-way leaves behind. */
class OpeningTest {

    private static final List<String> OPENED = List.of(
            "open database",
            "begin events",
            "open events",
            "begin projections",
            "open projections",
            "begin schemas",
            "open schemas",
            "begin messages",
            "open messages");

    private final Steps steps = new Steps();
    private ClassPath classPath;

    @BeforeEach
    void makeClassPath(@TempDir Path folder) throws IOException {
        classPath = ClassPath.in(folder)
                .with(EventStoreProvider.class, TrackedProviders.Events.class)
                .with(ProjectionStoreProvider.class, TrackedProviders.Projections.class)
                .with(SchemaRegistryProvider.class, TrackedProviders.Schemas.class)
                .with(MessageBusProvider.class, TrackedProviders.Messages.class);
    }

    @AfterEach
    void closeClassPath() throws IOException {
        classPath.close();
    }

    private static InfrastructureConfig config(String provider, String... more) {
        List<String> all = new ArrayList<>(List.of(
                "SERVICE_NAME", "accounts",
                "EVENT_STORE_PROVIDER", provider,
                "SCHEMA_REGISTRY_PROVIDER", provider,
                "MESSAGE_BUS_PROVIDER", "memory",
                "DATABASE_URL", "postgresql://app@localhost/shop",
                "RETRY_BASE_DELAY", "1ms"));
        all.addAll(List.of(more));
        return Services.config(all.toArray(String[]::new));
    }

    private Infrastructure.Builder builder(String provider, String... more) {
        return Infrastructure.builder(config(provider, more), Services.CODEC)
                .classLoader(classPath)
                .sharing(Steps.class, steps);
    }

    @Test
    void everythingIsOpenedInOrderAndClosedInReverseAndWhatIsSharedIsOpenedOnce() {
        builder("neon").open().close();
        List<String> closed =
                List.of("close messages", "close schemas", "close projections", "close events", "close database");
        List<String> all = new ArrayList<>(OPENED);
        all.addAll(closed);
        assertThat(steps.done()).isEqualTo(all);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "open database",
                "begin events",
                "open events",
                "begin projections",
                "open projections",
                "begin schemas",
                "open schemas",
                "begin messages",
                "open messages"
            })
    void whenAStepFailsWhatWasOpenedBeforeIsClosedInReverse(String failing) {
        EventStoreUnavailableException failure = new EventStoreUnavailableException("It is away.", null);
        steps.fail(failing, failure);
        assertThat(catchThrowable(() -> builder("neon").open())).isSameAs(failure);
        assertThat(failure.getSuppressed()).isEmpty();

        List<String> done = OPENED.subList(0, OPENED.indexOf(failing) + 1);
        assertThat(steps.done().subList(0, done.size())).isEqualTo(done);
        List<String> toClose = new ArrayList<>();
        if (OPENED.indexOf(failing) > 0) {
            toClose.add("close database");
        }
        done.stream()
                .filter(step -> step.startsWith("begin ") && !step.equals(failing))
                .forEach(step -> toClose.add(step.replace("begin", "close")));
        Collections.reverse(toClose);
        assertThat(steps.done().subList(done.size(), steps.done().size())).isEqualTo(toClose);
    }

    @Test
    void afterAFailureSecretsAndConnectionsAreClosedToo() {
        steps.fail("open messages", new EventStoreUnavailableException("It is away.", null));

        assertThatThrownBy(() -> builder("neon").open()).isInstanceOf(EventStoreUnavailableException.class);

        AdapterContext context = steps.context();
        assertThatThrownBy(() -> context.secrets().find("DATABASE_URL")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> context.connections()
                        .open("late", PoolSettings.alwaysOn(), ConnectionSource.of(new PGSimpleDataSource())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the manager is closed");
    }

    @Test
    void whenThePortOfHealthIsTakenEverythingBeforeItIsClosed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            assertThatThrownBy(() -> builder("neon", "HEALTH_HTTP_PORT", port).open())
                    .isInstanceOf(BootstrapException.class);
        }

        assertThat(steps.done())
                .endsWith("close messages", "close schemas", "close projections", "close events", "close database");
    }

    @Test
    void whatFailsWhileClosingIsAmongTheSuppressedAndKeepsNothingOpen() {
        AssertionError failure = new AssertionError("It broke.");
        IllegalStateException ofEvents = new IllegalStateException("The events do not close.");
        IllegalStateException ofDatabase = new IllegalStateException("The database does not close.");
        steps.fail("open messages", failure);
        steps.fail("close events", ofEvents);
        steps.fail("close database", ofDatabase);
        assertThat(catchThrowable(() -> builder("neon").open())).isSameAs(failure);
        assertThat(failure.getSuppressed()).containsExactly(ofEvents, ofDatabase);
        assertThat(steps.done()).endsWith("close projections", "close events", "close database");
    }

    @Test
    void closingGoesOnAfterAFailureAndTellsTheFirst() {
        IllegalStateException ofMessages = new IllegalStateException("The messages do not close.");
        IllegalStateException ofEvents = new IllegalStateException("The events do not close.");
        steps.fail("close messages", ofMessages);
        steps.fail("close events", ofEvents);
        Infrastructure infrastructure = builder("neon").open();
        assertThat(catchThrowable(infrastructure::close)).isSameAs(ofMessages);
        assertThat(ofMessages.getSuppressed()).containsExactly(ofEvents);
        assertThat(steps.done()).endsWith("close database");
    }

    @Test
    void aDependencyOfSeveralPortsIsLookedAtOnce() {
        try (Infrastructure infrastructure = builder("neon").open()) {
            HealthReport report = infrastructure.health().checkAll();
            assertThat(report.status()).isEqualTo(HealthStatus.UP);
            assertThat(report.parts())
                    .extracting(HealthReport.Part::name)
                    .containsExactly("database", "calls to database", "broker", "calls to broker");
        }
    }

    @Test
    void twoDependenciesOfOneNameAreRefused() throws IOException {
        classPath.with(MessageBusProvider.class, TrackedProviders.MisnamedMessages.class);
        assertThatThrownBy(() -> builder("neon").open())
                .isInstanceOf(BootstrapException.class)
                .hasMessageContaining("both are called 'database'");
        assertThat(steps.done()).endsWith("close events", "close database");
    }

    @Test
    void whatAnAdapterCanNotDoIsSaid() {
        try (Infrastructure infrastructure = builder("neon").open()) {
            infrastructure.projections().store("views", View.class).save("ada", new View("ada"));
            assertThatThrownBy(() -> infrastructure.projections().checkpointed("views", View.class))
                    .isInstanceOf(BootstrapException.class)
                    .hasMessage("Projection 'views' can't be opened like this: PROJECTION_STORE_PROVIDER is neon,"
                            + " which keeps no checkpoints with documents.");
            assertThatThrownBy(() -> infrastructure.projections().versioned("views", View.class))
                    .hasMessageContaining("keeps no versions");
            assertThatThrownBy(() -> infrastructure.deadLetters("accounts.notices"))
                    .isInstanceOf(BootstrapException.class)
                    .hasMessage("The message bus that MESSAGE_BUS_PROVIDER names keeps no dead letters.");
        }
    }

    @Test
    void aCallThatWaitedByItselfIsNotMadeToWaitAgain() {
        assertThat(attemptsOfAReadThatTakes(Duration.ZERO)).isEqualTo(3);
        assertThat(attemptsOfAReadThatTakes(TrackedProviders.PATIENCE)).isEqualTo(1);
    }

    @Test
    void waitingForADependencyIsNoSlownessOfIt() {
        TestClock clock = TestClock.at("2026-01-01T00:00:00Z");
        InMemoryEventStore store = new InMemoryEventStore(Services.CODEC);
        try (Infrastructure infrastructure = builder("neon")
                .clock(clock)
                .sharing(InMemoryEventStore.class, store)
                .open()) {
            store.readFaults()
                    .failAll(
                            query -> {
                                clock.advance(TrackedProviders.PATIENCE);
                                return false;
                            },
                            query -> new EventStoreUnavailableException("It is away.", null));
            for (int i = 0; i < 100; i++) {
                infrastructure.eventStore().load("account-ada");
            }
            assertThat(infrastructure.health().checkAll().status()).isEqualTo(HealthStatus.UP);
        }
    }

    private int attemptsOfAReadThatTakes(Duration time) {
        TestClock clock = TestClock.at("2026-01-01T00:00:00Z");
        InMemoryEventStore store = new InMemoryEventStore(Services.CODEC);
        AtomicInteger attempts = new AtomicInteger();
        store.readFaults().failNext(3, query -> {
            attempts.incrementAndGet();
            clock.advance(time);
            return new EventStoreUnavailableException("It is away.", null);
        });
        try (Infrastructure infrastructure = builder("neon")
                .clock(clock)
                .sharing(InMemoryEventStore.class, store)
                .open()) {
            assertThatThrownBy(() -> infrastructure.eventStore().load("account-ada"))
                    .isInstanceOf(EventStoreUnavailableException.class);
        }
        return attempts.get();
    }
}
