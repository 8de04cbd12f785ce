package com.portfolio.infra.utilities.middleware;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.ports.event.Correlation;
import com.portfolio.infra.ports.event.Metadata;
import com.portfolio.infra.ports.messaging.TraceContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TracingMiddlewareTest {

    private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final TraceContext RECEIVED =
            new TraceContext("00-" + TRACE_ID + "-00f067aa0ba902b7-01", Optional.of("vendor=1"));

    private final MiddlewareChain chain = MiddlewareChain.of(TracingMiddleware.create());

    private static Call call(CallKind kind) {
        return Call.of(kind, "work");
    }

    private static TraceContext current() {
        return Traces.current().orElseThrow();
    }

    @Test
    void aReceivedTraceGoesOnUnderANewSpan() {
        chain.run(call(CallKind.HTTP_SERVER).parent(RECEIVED), () -> {
            assertThat(current().traceId()).isEqualTo(TRACE_ID);
            assertThat(current().parentId()).isNotEqualTo(RECEIVED.parentId());
            assertThat(current().tracestate()).contains("vendor=1");
            assertThat(current().traceparent()).endsWith("-01");
        });

        assertThat(Traces.current()).isEmpty();
    }

    @Test
    void eachHopIsASpanOfItsOwnAndTheOneAroundComesBack() {
        Set<String> spans = new HashSet<>();
        chain.run(call(CallKind.HTTP_SERVER).parent(RECEIVED), () -> {
            TraceContext server = current();
            for (int i = 0; i < 3; i++) {
                chain.run(call(CallKind.EVENT_STORE), () -> {
                    assertThat(current().traceId()).isEqualTo(TRACE_ID);
                    assertThat(spans.add(current().parentId())).isTrue();
                });
                assertThat(current()).isEqualTo(server);
            }
            assertThat(spans).doesNotContain(server.parentId());
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = CallKind.class,
            names = {"HTTP_SERVER", "MESSAGE_PROCESS", "TASK"})
    void workThatComesWithoutATraceBeginsOne(CallKind kind) {
        List<TraceContext> seen = new ArrayList<>();
        chain.run(call(kind), () -> seen.add(current()));
        chain.run(call(kind), () -> seen.add(current()));

        assertThat(seen.get(0).traceId()).isNotEqualTo(seen.get(1).traceId());
        assertThat(seen.get(0).traceparent()).endsWith("-01");
    }

    @ParameterizedTest
    @EnumSource(
            value = CallKind.class,
            names = {"EVENT_STORE", "PROJECTION_STORE", "MESSAGE_SEND", "OTHER"})
    void otherCallsBeginNone(CallKind kind) {
        chain.run(call(kind), () -> assertThat(Traces.current()).isEmpty());
    }

    @Test
    void newTracesMayBeMarkedAsNotSampledAndReceivedOnesStayAsTheyAre() {
        MiddlewareChain silent = MiddlewareChain.of(TracingMiddleware.notSampling());

        silent.run(
                call(CallKind.TASK), () -> assertThat(current().traceparent()).endsWith("-00"));
        silent.run(
                call(CallKind.TASK).parent(RECEIVED),
                () -> assertThat(current().traceparent()).endsWith("-01"));
        TraceContext unsampled = new TraceContext("00-" + TRACE_ID + "-00f067aa0ba902b7-00", Optional.empty());
        chain.run(
                call(CallKind.TASK).parent(unsampled),
                () -> assertThat(current().traceparent()).endsWith("-00"));
    }

    @Test
    void aLaterVersionIsContinuedAsTheVersionThatIsKnown() {
        TraceContext later = new TraceContext("cc-" + TRACE_ID + "-00f067aa0ba902b7-03-more", Optional.empty());

        chain.run(
                call(CallKind.TASK).parent(later),
                () -> assertThat(current().traceparent())
                        .startsWith("00-" + TRACE_ID)
                        .endsWith("-01")
                        .hasSize(55));
    }

    @Test
    void theOtherMetadataOfTheScopeStays() {
        try (Correlation.Scope scope = Correlation.open("request-1")) {
            assertThat(scope).isNotNull();
            chain.run(call(CallKind.TASK), () -> {
                assertThat(Correlation.current().correlationId()).contains("request-1");
                assertThat(Correlation.current().entries()).containsKey(Metadata.TRACEPARENT);
            });
            assertThat(Correlation.current().entries()).doesNotContainKey(Metadata.TRACEPARENT);
        }
    }

    @Test
    void anAsynchronousCallLeavesItsThreadWithoutItsSpan() {
        CompletableFuture<String> work = new CompletableFuture<>();
        AtomicReference<TraceContext> span = new AtomicReference<>();

        CompletionStage<String> stage = chain.callAsync(call(CallKind.TASK), () -> {
            span.set(current());
            return work;
        });

        assertThat(stage.toCompletableFuture()).isNotDone();
        assertThat(span.get()).isNotNull();
        assertThat(Traces.current()).isEmpty();
        work.complete("done");
        assertThat(Traces.current()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\r\nX: y"
            })
    void anInvalidTraceparentIsNone(String header) {
        assertThat(Traces.parse(List.of(header), null)).isEmpty();
    }

    @Test
    void anOversizedTraceparentIsNone() {
        String later = "cc-" + TRACE_ID + "-00f067aa0ba902b7-01-";

        assertThat(Traces.parse(List.of(later + "a".repeat(512 - later.length())), null))
                .isPresent();
        assertThat(Traces.parse(List.of(later + "a".repeat(513 - later.length())), null))
                .isEmpty();
    }

    @Test
    void ofSeveralTraceparentsNoneIsBelieved() {
        assertThat(Traces.parse(List.of(RECEIVED.traceparent(), RECEIVED.traceparent()), null))
                .isEmpty();
        assertThat(Traces.parse((List<String>) null, List.of("vendor=1"))).isEmpty();
    }

    @Test
    void severalTracestatesAreOneAndAnOversizedOneIsDroppedAlone() {
        List<String> parent = List.of(RECEIVED.traceparent());

        assertThat(Traces.parse(parent, List.of("a=1", "b=2")).orElseThrow().tracestate())
                .contains("a=1,b=2");
        assertThat(Traces.parse(parent, List.of("a=" + "1".repeat(510)))
                        .orElseThrow()
                        .tracestate())
                .isPresent();
        TraceContext without =
                Traces.parse(parent, List.of("a=" + "1".repeat(511))).orElseThrow();
        assertThat(without.traceId()).isEqualTo(TRACE_ID);
        assertThat(without.tracestate()).isEmpty();
        assertThat(Traces.parse(parent, List.of("a=\u0000")).orElseThrow().tracestate())
                .isEmpty();
    }

    @Test
    void aTracerIsFollowed() {
        AtomicReference<Optional<TraceContext>> span = new AtomicReference<>(Optional.empty());
        MiddlewareChain following = MiddlewareChain.of(TracingMiddleware.following(span::get));

        following.run(call(CallKind.TASK), () -> {
            assertThat(Traces.current()).isEmpty();
            span.set(Optional.of(RECEIVED));
            assertThat(following.trace()).contains(RECEIVED);
        });
    }

    @Test
    void aMessagesTraceIsHeldToTheSameLengthsAsARequests() {
        TraceContext state = new TraceContext(RECEIVED.traceparent(), Optional.of("a=" + "1".repeat(3_000)));
        TraceContext parent =
                new TraceContext("cc-" + TRACE_ID + "-00f067aa0ba902b7-01-" + "a".repeat(3_000), Optional.empty());

        chain.run(call(CallKind.MESSAGE_PROCESS).parent(state), () -> {
            assertThat(current().traceId()).isEqualTo(TRACE_ID);
            assertThat(current().tracestate()).isEmpty();
        });
        chain.run(
                call(CallKind.MESSAGE_PROCESS).parent(parent),
                () -> assertThat(current().traceId()).isNotEqualTo(TRACE_ID));
    }

    @Test
    void aTracerThatFailsIsNone() {
        MiddlewareChain following = MiddlewareChain.of(TracingMiddleware.following(() -> {
            throw new IllegalStateException("broken");
        }));

        assertThat(following.trace()).isEmpty();
    }

    @Test
    void aProblemHasTheTraceOfTheTracerThatIsFollowed() {
        MiddlewareChain following = MiddlewareChain.of(TracingMiddleware.following(() -> Optional.of(RECEIVED)));

        assertThat(following.problem(new IllegalStateException(), "/").traceId())
                .contains(TRACE_ID);
        chain.run(
                call(CallKind.TASK).parent(RECEIVED),
                () -> assertThat(chain.problem(new IllegalStateException(), "/").traceId())
                        .contains(TRACE_ID));
        assertThat(MiddlewareChain.none()
                        .problem(new IllegalStateException(), "/")
                        .traceId())
                .isEmpty();
    }
}
