package com.portfolio.infra.testing.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.portfolio.infra.ports.eventstore.EventStore;
import com.portfolio.infra.ports.eventstore.StreamQuery;
import com.portfolio.infra.ports.messaging.HandlerResult;
import com.portfolio.infra.ports.messaging.MessageBus;
import com.portfolio.infra.ports.messaging.MessagePublisher;
import com.portfolio.infra.ports.messaging.MessageTooLargeException;
import com.portfolio.infra.ports.projection.ProjectionStore;
import com.portfolio.infra.testing.memory.AccountEvent.Registered;
import com.portfolio.infra.testing.memory.OrderEvent.Placed;
import com.portfolio.infra.utilities.eventing.RecordedEventHandler;
import com.portfolio.infra.utilities.middleware.Call;
import com.portfolio.infra.utilities.middleware.CallKind;
import com.portfolio.infra.utilities.middleware.CallObservationConvention;
import com.portfolio.infra.utilities.middleware.ErrorHandlingMiddleware;
import com.portfolio.infra.utilities.middleware.MetricsMiddleware;
import com.portfolio.infra.utilities.middleware.MiddlewareChain;
import com.portfolio.infra.utilities.middleware.MiddlewareEventStore;
import com.portfolio.infra.utilities.middleware.MiddlewareHttpHandler;
import com.portfolio.infra.utilities.middleware.MiddlewareMessagePublisher;
import com.portfolio.infra.utilities.middleware.MiddlewareMessageSubscriber;
import com.portfolio.infra.utilities.middleware.MiddlewareProjectionStore;
import com.portfolio.infra.utilities.middleware.MiddlewareRecordedEventHandler;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the decorators' calls are as metrics. */
class MiddlewareMetricsTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ObservationRegistry registry = ObservationRegistry.create();
    private final List<String> spans = new CopyOnWriteArrayList<>();
    private final MiddlewareChain chain = MiddlewareChain.of(
            new MetricsMiddleware(registry, CallObservationConvention.withSameTagsAlways()),
            ErrorHandlingMiddleware.create());
    private final MessagingFixture fixture = new MessagingFixture();
    private final MessageBus bus = fixture.bus();
    private final InMemoryEventStore events = new InMemoryEventStore(AccountEvent.CODEC);

    @BeforeEach
    void measure() {
        registry.observationConfig()
                .observationHandler(new DefaultMeterObservationHandler(meters))
                .observationHandler(new ObservationHandler<>() {
                    @Override
                    public boolean supportsContext(Observation.Context context) {
                        return true;
                    }

                    @Override
                    public void onStop(Observation.Context context) {
                        spans.add(context.getContextualName());
                    }
                });
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static void fails(ThrowingRunnable call) {
        assertThatThrownBy(call::run).isInstanceOf(Exception.class);
    }

    @FunctionalInterface
    private interface ThrowingRunnable {

        void run() throws Exception;
    }

    private Map<String, Set<Set<String>>> keys() {
        return meters.getMeters().stream()
                .collect(Collectors.groupingBy(
                        meter -> meter.getId().getName(),
                        Collectors.mapping(
                                meter -> meter.getId().getTags().stream()
                                        .map(Tag::getKey)
                                        .collect(Collectors.toSet()),
                                Collectors.toSet())));
    }

    private void bothWaysTo(String metric) {
        Set<String> outcomes = meters.find(metric).timers().stream()
                .map(timer -> timer.getId().getTag("error.type"))
                .collect(Collectors.toSet());
        assertThat(outcomes).as(metric).contains("none").hasSizeGreaterThan(1);
        assertThat(keys().get(metric)).as("tags of %s", metric).hasSize(1);
    }

    @Test
    void stores() {
        EventStore store = new MiddlewareEventStore(events, chain, "memory");
        ProjectionStore<String> balances = new MiddlewareProjectionStore<>(
                new InMemoryProjectionStore<>("balances", String.class), chain, "memory", "balances");

        assertThat(store.append("a", List.of(new Registered("Ada")))).isNotNull();
        assertThat(store.read(StreamQuery.forward("a"))).isNotNull();
        balances.save("a", "1");
        fails(() -> balances.save("\u0000", "1"));

        bothWaysTo("db.client.operation.duration");
        assertThat(meters.get("db.client.operation.duration")
                        .tag("db.collection.name", "balances")
                        .timers())
                .hasSize(2);
    }

    @Test
    void messages() {
        MessagePublisher publisher = new MiddlewareMessagePublisher(bus, chain, "memory");
        AtomicInteger attempts = new AtomicInteger();
        assertThat(new MiddlewareMessageSubscriber(bus, chain, "memory")
                        .subscribe(MessagingFixture.request().build(), (message, context) -> {
                            if (attempts.incrementAndGet() == 1) {
                                throw new IllegalStateException("not yet");
                            }
                            return HandlerResult.ack();
                        }))
                .isNotNull();

        String destination = publisher
                .publish(new Placed("a", 1))
                .toCompletableFuture()
                .join()
                .destination();
        fixture.awaitIdle();
        fixture.broker().publishFaults().failNext(message -> new MessageTooLargeException("memory", "1", 2, 1, null));
        fails(() -> publisher.publish(new Placed("a", 1)).toCompletableFuture().get());

        bothWaysTo("messaging.client.operation.duration");
        bothWaysTo("messaging.process.duration");
        assertThat(spans).contains("send " + destination, "process " + destination);
    }

    @Test
    void requests() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        AtomicInteger requests = new AtomicInteger();
        server.createContext(
                "/",
                new MiddlewareHttpHandler(
                        exchange -> {
                            if (requests.incrementAndGet() == 1) {
                                throw new IllegalStateException("not yet");
                            }
                            exchange.sendResponseHeaders(204, -1);
                            exchange.close();
                        },
                        chain));
        server.start();
        try {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                    .build();
            for (int i = 0; i < 2; i++) {
                assertThat(HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding()))
                        .isNotNull();
            }
            MessagingFixture.eventually().pass(() -> bothWaysTo("http.server.request.duration"));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void tasks() throws Exception {
        assertThat(events.append("a", List.of(new Registered("Ada")))).isNotNull();
        RecordedEventHandler failing = new MiddlewareRecordedEventHandler(
                event -> {
                    throw new IllegalStateException("not yet");
                },
                chain,
                "relay");

        chain.run(Call.of(CallKind.TASK, "close-the-day"), () -> {});
        fails(() -> failing.handle(events.events().get(0)));

        bothWaysTo("shared_infra.task.duration");
        assertThat(meters.get("shared_infra.task.duration").timers())
                .extracting((Timer timer) -> timer.getId().getTag("cloudevents.event_type"))
                .contains("none");
    }
}
