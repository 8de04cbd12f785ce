package com.portfolio.infra.testing.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.ports.event.Correlation;
import com.portfolio.infra.ports.event.Metadata;
import com.portfolio.infra.ports.eventstore.AppendRequest;
import com.portfolio.infra.ports.eventstore.Checkpoint;
import com.portfolio.infra.ports.eventstore.EventLog;
import com.portfolio.infra.ports.eventstore.EventStore;
import com.portfolio.infra.ports.eventstore.ExpectedVersion;
import com.portfolio.infra.ports.eventstore.LogQuery;
import com.portfolio.infra.ports.eventstore.Position;
import com.portfolio.infra.ports.eventstore.RecordedEvent;
import com.portfolio.infra.ports.messaging.HandlerResult;
import com.portfolio.infra.ports.messaging.Message;
import com.portfolio.infra.ports.messaging.MessageBus;
import com.portfolio.infra.ports.messaging.MessagePublisher;
import com.portfolio.infra.ports.messaging.TraceContext;
import com.portfolio.infra.testing.memory.AccountEvent.Registered;
import com.portfolio.infra.testing.memory.OrderEvent.Placed;
import com.portfolio.infra.utilities.eventing.EventBatch;
import com.portfolio.infra.utilities.middleware.Call;
import com.portfolio.infra.utilities.middleware.CallKind;
import com.portfolio.infra.utilities.middleware.LoggingMiddleware;
import com.portfolio.infra.utilities.middleware.MiddlewareChain;
import com.portfolio.infra.utilities.middleware.MiddlewareEventStore;
import com.portfolio.infra.utilities.middleware.MiddlewareHttpHandler;
import com.portfolio.infra.utilities.middleware.MiddlewareMessagePublisher;
import com.portfolio.infra.utilities.middleware.MiddlewareMessageSubscriber;
import com.portfolio.infra.utilities.middleware.MiddlewareRecordedEventHandler;
import com.portfolio.infra.utilities.middleware.TracingMiddleware;
import com.portfolio.infra.utilities.resilience.Resilience;
import com.portfolio.infra.utilities.resilience.ResilientEventStore;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From a request over HTTP to the events that a handler of a message appends, in one trace. */
class MiddlewarePropagationTest {

    private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CALLER = "00f067aa0ba902b7";

    private final MiddlewareChain chain = MiddlewareChain.of(TracingMiddleware.create(), LoggingMiddleware.create());
    private final InMemoryEventStore accounts = new InMemoryEventStore(AccountEvent.CODEC);
    private final InMemoryEventStore welcomes = new InMemoryEventStore(AccountEvent.CODEC);
    private final MessagingFixture fixture = new MessagingFixture();
    private final Resilience resilience =
            Resilience.builder("database").timeLimit(Duration.ofMinutes(1)).build();
    private final MessageBus bus = fixture.bus();
    private final MessagePublisher publisher = new MiddlewareMessagePublisher(bus, chain, "memory");

    @AfterEach
    void close() {
        resilience.close();
        fixture.close();
    }

    private static TraceContext traceOf(Metadata metadata) {
        return TraceContext.parse(
                        metadata.entries().get(Metadata.TRACEPARENT),
                        metadata.entries().get(Metadata.TRACESTATE))
                .orElseThrow();
    }

    private void register(String name) throws Exception {
        EventStore store = new MiddlewareEventStore(new ResilientEventStore(accounts, resilience), chain, "memory");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                new MiddlewareHttpHandler(
                        exchange -> {
                            store.append("account-1", List.of(new Registered(name)));
                            exchange.sendResponseHeaders(204, -1);
                            exchange.close();
                        },
                        chain));
        server.start();
        try {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                    .header("traceparent", "00-" + TRACE_ID + "-" + CALLER + "-01")
                    .header("tracestate", "vendor=1")
                    .header("X-Correlation-ID", "request-1")
                    .build();
            assertThat(HttpClient.newHttpClient()
                            .send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(204);
        } finally {
            server.stop(0);
        }
    }

    private List<Message<Placed>> published() {
        return ((InMemoryMessageBus) bus).published(Placed.class);
    }

    /** As a relay does. */
    private void publishWhatIsInTheLog() throws Exception {
        EventLog log = new InMemoryEventLog(accounts);
        List<RecordedEvent> events = log.read(LogQuery.after(Position.START)).events();
        new EventBatch(
                        events,
                        new Checkpoint(log.id(), events.get(events.size() - 1).position()))
                .forEach(new MiddlewareRecordedEventHandler(
                        event -> publisher
                                .publish(new Placed(event.stream().toString(), 1))
                                .toCompletableFuture()
                                .join(),
                        chain,
                        "relay"));
    }

    @Test
    void aTraceGoesFromARequestThroughEventsAndMessagesToWhatComesOfThem() throws Exception {
        EventStore store = new MiddlewareEventStore(welcomes, chain, "memory");
        new MiddlewareMessageSubscriber(bus, chain, "memory")
                .subscribe(MessagingFixture.request().build(), (message, context) -> {
                    store.append("welcome-1", List.of(new Registered("to whom it may concern")));
                    return HandlerResult.ack();
                });

        register("Ada");
        publishWhatIsInTheLog();
        fixture.awaitIdle();

        Metadata appended = accounts.events().get(0).metadata();
        Message<?> sent = published().get(0);
        Metadata welcomed = welcomes.events().get(0).metadata();
        List<TraceContext> hops = List.of(traceOf(appended), sent.trace().orElseThrow(), traceOf(welcomed));
        assertThat(hops).allSatisfy(hop -> {
            assertThat(hop.traceId()).isEqualTo(TRACE_ID);
            assertThat(hop.tracestate()).contains("vendor=1");
            assertThat(hop.parentId()).isNotEqualTo(CALLER);
        });
        assertThat(Set.copyOf(hops)).as("each hop is a span of its own").hasSize(3);
        assertThat(appended.correlationId()).contains("request-1");
        assertThat(sent.correlationId()).contains("request-1");
        assertThat(welcomed.correlationId()).contains("request-1");
        assertThat(welcomed.causationId()).contains(sent.id());
    }

    @Test
    void aMessageKeepsTheTraceThatItHas() {
        TraceContext own = new TraceContext("00-" + TRACE_ID + "-" + CALLER + "-01", Optional.empty());
        Message<Placed> message = Message.builder(new Placed("a", 1)).trace(own).build();

        chain.run(
                Call.of(CallKind.TASK, "publish"),
                () -> publisher.publish(message).toCompletableFuture().join());

        assertThat(published()).extracting(Message::trace).containsExactly(Optional.of(own));
    }

    @Test
    void aMessageWithoutATraceIsHandledInANewOne() throws Exception {
        List<TraceContext> seen = new CopyOnWriteArrayList<>();
        new MiddlewareMessageSubscriber(bus, chain)
                .subscribe(MessagingFixture.request().build(), (message, context) -> {
                    seen.add(traceOf(Correlation.current()));
                    return HandlerResult.ack();
                });

        MessagingFixture.publish(bus, new Placed("a", 1));
        fixture.awaitIdle();

        assertThat(seen).hasSize(1);
    }

    @Test
    void theTraceOfTheAppendReplacesThatOfTheRequestAndNothingElse() {
        EventStore store = new MiddlewareEventStore(accounts, chain);
        Metadata stale = Metadata.of(Metadata.TRACEPARENT, "00-" + TRACE_ID + "-" + CALLER + "-01")
                .with(Metadata.TRACESTATE, "stale=1")
                .with("tenant", "a");
        AppendRequest request = AppendRequest.of("account-1", ExpectedVersion.any(), List.of(new Registered("Ada")))
                .with(stale);

        List<TraceContext> around = new ArrayList<>();
        chain.run(Call.of(CallKind.TASK, "append"), () -> {
            around.add(traceOf(Correlation.current()));
            assertThat(store.append(request)).isNotNull();
        });

        Metadata stored = accounts.events().get(0).metadata();
        assertThat(traceOf(stored).traceId()).isEqualTo(around.get(0).traceId()).isNotEqualTo(TRACE_ID);
        assertThat(traceOf(stored).parentId()).isNotEqualTo(around.get(0).parentId());
        assertThat(stored.entries()).containsEntry("tenant", "a").doesNotContainKey(Metadata.TRACESTATE);
    }

    @Test
    void outsideOfATraceWhatIsStoredIsWhatWasAppended() {
        EventStore store = new MiddlewareEventStore(accounts, chain);

        assertThat(store.append("account-1", List.of(new Registered("Ada")))).isNotNull();

        assertThat(accounts.events().get(0).metadata()).isEqualTo(Metadata.empty());
    }

    @Test
    void aRepeatedAppendIsRecognisedUnderAnotherSpan() {
        EventStore store = new MiddlewareEventStore(accounts, chain);
        AppendRequest request = AppendRequest.of("account-1", ExpectedVersion.any(), List.of(new Registered("Ada")));

        chain.run(Call.of(CallKind.TASK, "append"), () -> {
            assertThat(store.append(request).deduplicated()).isFalse();
            assertThat(store.append(request).deduplicated()).isTrue();
        });
    }
}
