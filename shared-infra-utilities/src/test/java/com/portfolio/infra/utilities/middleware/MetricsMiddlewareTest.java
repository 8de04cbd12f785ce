package com.portfolio.infra.utilities.middleware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import com.portfolio.infra.ports.messaging.TraceContext;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import io.micrometer.observation.transport.SenderContext;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MetricsMiddlewareTest {

    private static final TraceContext RECEIVED =
            new TraceContext("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", Optional.of("vendor=1"));

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ObservationRegistry registry = ObservationRegistry.create();
    private final List<Observation.Context> stopped = new ArrayList<>();
    private final MiddlewareChain chain = MiddlewareChain.of(new MetricsMiddleware(registry));

    MetricsMiddlewareTest() {
        registry.observationConfig()
                .observationHandler(new DefaultMeterObservationHandler(meters))
                .observationHandler(new ObservationHandler<>() {
                    @Override
                    public boolean supportsContext(Observation.Context context) {
                        return true;
                    }

                    @Override
                    public void onStop(Observation.Context context) {
                        stopped.add(context);
                    }
                });
    }

    private Map<String, String> tags(String name) {
        Timer timer = meters.get(name).timer();
        assertThat(timer.count()).isEqualTo(1);
        return timer.getId().getTags().stream().collect(Collectors.toMap(Tag::getKey, Tag::getValue));
    }

    @Test
    void aCallOfADatabaseHasTheNamesOfTheConventions() {
        chain.run(
                Call.of(CallKind.EVENT_STORE, "append").system("postgresql").detail(SemanticNames.STREAM, "order-42"),
                () -> {});

        assertThat(tags("db.client.operation.duration"))
                .containsOnly(
                        entry("db.system.name", "postgresql"),
                        entry("db.operation.name", "append"),
                        entry("shared_infra.kind", "event_store"),
                        entry("error", "none"));
    }

    @Test
    void idsAreOfHighCardinalityOnly() {
        chain.run(Call.of(CallKind.EVENT_STORE, "append").detail(SemanticNames.STREAM, "order-42"), () -> {});

        assertThat(stopped.get(0).getHighCardinalityKeyValues())
                .containsExactly(KeyValue.of("shared_infra.stream", "order-42"));
        assertThat(stopped.get(0).getLowCardinalityKeyValues())
                .extracting(KeyValue::getKey)
                .doesNotContain("shared_infra.stream");
    }

    @ParameterizedTest
    @CsvSource({
        "EVENT_STORE,      db.client.operation.duration",
        "PROJECTION_STORE, db.client.operation.duration",
        "MESSAGE_SEND,     messaging.client.operation.duration",
        "MESSAGE_PROCESS,  messaging.process.duration",
        "HTTP_SERVER,      http.server.request.duration",
        "TASK,             shared_infra.task.duration",
        "OTHER,            shared_infra.call.duration"
    })
    void eachKindHasItsMetric(CallKind kind, String name) {
        chain.run(Call.of(kind, "work"), () -> {});

        assertThat(meters.get(name).timer().count()).isEqualTo(1);
    }

    @Test
    void messagingHasItsOwnAttributes() {
        chain.run(
                Call.of(CallKind.MESSAGE_SEND, "send")
                        .system("kafka")
                        .result(SemanticNames.MESSAGING_DESTINATION_NAME, () -> Optional.of("accounts")),
                () -> {});
        chain.run(
                Call.of(CallKind.MESSAGE_PROCESS, "process")
                        .system("kafka")
                        .attribute(SemanticNames.MESSAGING_DESTINATION_NAME, "accounts"),
                () -> {});

        assertThat(tags("messaging.client.operation.duration"))
                .containsEntry("messaging.system", "kafka")
                .containsEntry("messaging.operation.name", "send")
                .containsEntry("messaging.operation.type", "send")
                .containsEntry("messaging.destination.name", "accounts");
        assertThat(tags("messaging.process.duration"))
                .containsEntry("messaging.operation.type", "process")
                .containsEntry("messaging.destination.name", "accounts");
        assertThat(stopped)
                .extracting(Observation.Context::getContextualName)
                .containsExactly("send accounts", "process accounts");
    }

    @Test
    void errorTypeIsThereOnlyOnFailure() {
        assertThatThrownBy(() -> chain.<IOException>run(Call.of(CallKind.OTHER, "find"), () -> {
                    throw new IOException("x");
                }))
                .isInstanceOf(IOException.class);

        assertThat(tags("shared_infra.call.duration"))
                .containsEntry("error.type", "java.io.IOException")
                .containsEntry("error", "IOException");
    }

    @Test
    void aRegistryThatWantsTheSameTagsAlwaysGetsThem() {
        MiddlewareChain same =
                MiddlewareChain.of(new MetricsMiddleware(registry, CallObservationConvention.withSameTagsAlways()));

        same.run(Call.of(CallKind.OTHER, "find"), () -> {});

        assertThat(tags("shared_infra.call.duration")).containsEntry("error.type", "none");
    }

    @Test
    void theClientsMistakeIsNoErrorOfTheServer() {
        ErrorHandlingMiddleware errors = ErrorHandlingMiddleware.builder()
                .map(IOException.class, ErrorCategory.NOT_FOUND)
                .build();
        MiddlewareChain handling = MiddlewareChain.of(new MetricsMiddleware(registry), errors);

        assertThatThrownBy(() -> handling.<IOException>run(Call.of(CallKind.HTTP_SERVER, "GET"), () -> {
                    throw new IOException("x");
                }))
                .isInstanceOf(IOException.class);

        assertThat(tags("http.server.request.duration"))
                .doesNotContainKey("error.type")
                .containsEntry("error", "none");
    }

    @Test
    void aServersOwnFailureHasItsStatus() {
        chain.run(
                Call.of(CallKind.HTTP_SERVER, "GET")
                        .result(SemanticNames.HTTP_RESPONSE_STATUS_CODE, () -> Optional.of("503")),
                () -> {});

        assertThat(tags("http.server.request.duration"))
                .containsEntry("error.type", "503")
                .containsEntry("http.response.status_code", "503");
    }

    @Test
    void aFailureIsToldWithoutItsCredential() {
        assertThatThrownBy(() -> chain.run(Call.of(CallKind.OTHER, "connect"), () -> {
                    throw new IllegalStateException("postgresql://user:swordfish@host");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(stopped.get(0).getError())
                .hasMessageContaining("user:***@host")
                .hasMessageNotContaining("swordfish");
        assertThat(tags("shared_infra.call.duration")).containsEntry("error.type", "java.lang.IllegalStateException");
    }

    @Test
    void anAsynchronousCallIsMeasuredUntilItsStageEndsAndLeavesItsThread() {
        CompletableFuture<String> work = new CompletableFuture<>();

        CompletionStage<String> stage = chain.callAsync(Call.of(CallKind.MESSAGE_SEND, "send"), () -> {
            assertThat(registry.getCurrentObservation()).isNotNull();
            return work;
        });
        assertThat(registry.getCurrentObservation()).isNull();
        assertThat(stopped).isEmpty();
        work.complete("done");

        assertThat(stage.toCompletableFuture()).isCompletedWithValue("done");
        assertThat(stopped).hasSize(1);
    }

    @Test
    void nestedCallsAreParentAndChild() {
        chain.run(Call.of(CallKind.TASK, "outer"), () -> chain.run(Call.of(CallKind.OTHER, "inner"), () -> {}));

        assertThat(stopped.get(0).getParentObservation()).isNotNull();
        assertThat(stopped.get(1).getParentObservation()).isNull();
    }

    @Test
    void aLongWaitIsNotMeasured() {
        chain.run(Call.of(CallKind.EVENT_STORE, "await_beyond").longWait(), () -> {});

        assertThat(stopped).isEmpty();
    }

    @Test
    void aTracerIsGivenTheKindAndTheReceivedTrace() {
        chain.run(Call.of(CallKind.MESSAGE_PROCESS, "process").parent(RECEIVED), () -> {});
        chain.run(Call.of(CallKind.HTTP_SERVER, "GET"), () -> {});
        chain.run(Call.of(CallKind.MESSAGE_SEND, "send"), () -> {});
        chain.run(Call.of(CallKind.EVENT_STORE, "append"), () -> {});
        chain.run(Call.of(CallKind.TASK, "job"), () -> {});
        chain.run(Call.of(CallKind.TASK, "handle").parent(RECEIVED), () -> {});

        assertThat(stopped.get(4)).isNotInstanceOfAny(ReceiverContext.class, SenderContext.class);
        assertThat(stopped.get(5)).isInstanceOf(ReceiverContext.class);
        assertThat(stopped.get(0)).isInstanceOfSatisfying(ReceiverContext.class, context -> {
            @SuppressWarnings("unchecked") // the carrier of a context of ours is the call
            ReceiverContext<Call> received = context;
            assertThat(received.getKind()).isEqualTo(Kind.CONSUMER);
            assertThat(received.getGetter().get(received.getCarrier(), "traceparent"))
                    .isEqualTo(RECEIVED.traceparent());
            assertThat(received.getGetter().get(received.getCarrier(), "tracestate"))
                    .isEqualTo("vendor=1");
        });
        assertThat(stopped.get(1))
                .isInstanceOfSatisfying(
                        ReceiverContext.class,
                        context -> assertThat(context.getKind()).isEqualTo(Kind.SERVER));
        assertThat(stopped.get(2))
                .isInstanceOfSatisfying(
                        SenderContext.class,
                        context -> assertThat(context.getKind()).isEqualTo(Kind.PRODUCER));
        assertThat(stopped.get(3))
                .isInstanceOfSatisfying(
                        SenderContext.class,
                        context -> assertThat(context.getKind()).isEqualTo(Kind.CLIENT));
    }

    @Test
    void namesCanBeOverridden() {
        CallObservationConvention own = new CallObservationConvention() {
            @Override
            public String nameFor(CallKind kind) {
                return kind == CallKind.EVENT_STORE ? "my.store" : super.nameFor(kind);
            }

            @Override
            public KeyValues getLowCardinalityKeyValues(Observation.Context context) {
                return super.getLowCardinalityKeyValues(context)
                        .and(
                                "tenant",
                                CallObservationConvention.call(context)
                                        .map(Call::operation)
                                        .orElse(""));
            }
        };

        MiddlewareChain.of(new MetricsMiddleware(registry, own)).run(Call.of(CallKind.EVENT_STORE, "append"), () -> {});

        assertThat(tags("my.store")).containsEntry("tenant", "append").containsEntry("db.operation.name", "append");
    }

    @Test
    void aConventionOfOnesOwnReplacesOurs() {
        MiddlewareChain own = MiddlewareChain.of(new MetricsMiddleware(
                registry, new io.micrometer.observation.ObservationConvention<Observation.Context>() {
                    @Override
                    public boolean supportsContext(Observation.Context context) {
                        return true;
                    }

                    @Override
                    public String getName() {
                        return "everything";
                    }
                }));

        own.run(Call.of(CallKind.EVENT_STORE, "append"), () -> {});

        assertThat(tags("everything")).containsOnly(entry("error", "none"));
    }

    @Test
    void withoutARegistryNothingIsAskedOfTheCall() {
        Call call = Call.of(CallKind.OTHER, "x").result("status", () -> {
            throw new AssertionError("Nobody wants it.");
        });

        assertThat(MiddlewareChain.of(new MetricsMiddleware()).call(call, () -> 1))
                .isEqualTo(1);
    }

    private void alsoHandledBy(ObservationHandler<Observation.Context> handler) {
        registry.observationConfig().observationHandler(handler);
    }

    private abstract static class Broken implements ObservationHandler<Observation.Context> {

        @Override
        public boolean supportsContext(Observation.Context context) {
            return true;
        }
    }

    @Test
    void aHandlerThatFailsWhenAScopeOpensLeavesNothingBehind() {
        alsoHandledBy(new Broken() {
            @Override
            public void onScopeOpened(Observation.Context context) {
                throw new IllegalStateException("broken");
            }
        });

        chain.run(Call.of(CallKind.OTHER, "one"), () -> {});
        chain.run(Call.of(CallKind.OTHER, "two"), () -> {});

        assertThat(registry.getCurrentObservation()).isNull();
        assertThat(stopped).hasSize(2).allMatch(context -> context.getParentObservation() == null);
    }

    @Test
    void aHandlerThatFailsWhenAScopeClosesLeavesNothingBehind() {
        alsoHandledBy(new Broken() {
            @Override
            public void onScopeClosed(Observation.Context context) {
                throw new IllegalStateException("broken");
            }
        });

        chain.run(Call.of(CallKind.OTHER, "one"), () -> {});

        assertThat(registry.getCurrentObservation()).isNull();
        assertThat(stopped).hasSize(1);
    }

    @Test
    void aHandlerThatFailsWhenACallBeginsLeavesNothingBehind() {
        alsoHandledBy(new Broken() {
            @Override
            public void onStart(Observation.Context context) {
                throw new NoClassDefFoundError("broken");
            }
        });

        chain.run(Call.of(CallKind.OTHER, "one"), () -> {});

        assertThat(registry.getCurrentObservation()).isNull();
        assertThat(stopped).hasSize(1);
    }

    private void failWith(RuntimeException failure) {
        assertThatThrownBy(() -> chain.run(Call.of(CallKind.OTHER, "find"), () -> {
                    throw failure;
                }))
                .isSameAs(failure);
    }

    @Test
    void aFailureThatDoesNotTellItsMessageIsCountedToo() {
        failWith(new IllegalStateException() {
            private static final long serialVersionUID = 1L;

            @Override
            public String getMessage() {
                throw new UnsupportedOperationException("no message");
            }
        });

        assertThat(stopped).hasSize(1);
    }

    @Test
    void aFailureThatHidesNothingIsToldAsItIsWithWhatItSuppressed() {
        IllegalStateException failure = new IllegalStateException("broken", new IOException("beneath"));
        failure.addSuppressed(new IOException("at closing"));
        failure.getCause().addSuppressed(failure);

        failWith(failure);

        assertThat(stopped.get(0).getError()).isSameAs(failure);
        assertThat(tags("shared_infra.call.duration")).containsEntry("error", "IllegalStateException");
    }

    @SuppressWarnings("OverrideThrowableToString") // as some drivers do, which is the point
    private static final class Talkative extends RuntimeException {

        private static final long serialVersionUID = 1L;

        @Override
        public String toString() {
            return "broken at postgresql://user:swordfish@host";
        }
    }

    static List<RuntimeException> failuresThatAreNotFit() {
        IllegalStateException suppressing = new IllegalStateException("broken", new IOException("beneath"));
        suppressing.getCause().addSuppressed(new IOException("password=swordfish"));
        return List.of(
                suppressing,
                new IllegalStateException("one\r\nERROR swordfish"),
                new IllegalStateException("one", new IOException("\u001b[2Jswordfish")),
                new Talkative());
    }

    @ParameterizedTest
    @MethodSource("failuresThatAreNotFit")
    void neitherCredentialsNorControlCharactersReachATracer(RuntimeException failure) {
        failWith(failure);

        StringWriter printed = new StringWriter();
        stopped.get(0).getError().printStackTrace(new PrintWriter(printed));
        assertThat(printed.toString())
                .doesNotContain("password=swordfish", ":swordfish@", "\u001b")
                .doesNotContainPattern("(?m)^ERROR");
    }

    @Test
    void tagsHaveNoCredentialsAndAreCut() {
        chain.run(
                Call.of(CallKind.OTHER, "find")
                        .system("x".repeat(1_000))
                        .attribute("url", "postgresql://user:swordfish@host\n")
                        .result("late", () -> Optional.of("password=swordfish")),
                () -> {});

        assertThat(tags("shared_infra.call.duration"))
                .containsEntry("url", "postgresql://user:***@host\\n")
                .containsEntry("late", "password=***")
                .containsEntry("shared_infra.system", "x".repeat(256) + "…");
    }

    @Test
    void aProjectionIsToldByItsName() {
        chain.run(
                Call.of(CallKind.PROJECTION_STORE, "find").attribute(SemanticNames.DB_COLLECTION_NAME, "balances"),
                () -> {});

        assertThat(tags("db.client.operation.duration")).containsEntry("db.collection.name", "balances");
        assertThat(stopped.get(0).getContextualName()).isEqualTo("find balances");
    }

    @Test
    void theSameTagsAreThereWhateverACallHas() {
        MiddlewareChain same = MiddlewareChain.of(
                new MetricsMiddleware(registry, CallObservationConvention.withSameTagsAlways("tenant")));
        for (CallKind kind : CallKind.values()) {
            same.run(Call.of(kind, "bare"), () -> {});
            Call much = Call.of(kind, "much")
                    .attribute("tenant", "a")
                    .attribute("unexpected", "b")
                    .attribute(SemanticNames.DB_COLLECTION_NAME, "c")
                    .attribute(SemanticNames.CLOUDEVENTS_EVENT_TYPE, "d")
                    .result(SemanticNames.MESSAGE_RESULT, () -> Optional.of("ack"));
            assertThatThrownBy(() -> same.run(much, () -> {
                        throw new IllegalStateException("x");
                    }))
                    .isInstanceOf(IllegalStateException.class);
        }

        Map<String, Set<Set<String>>> keys = meters.getMeters().stream()
                .collect(Collectors.groupingBy(
                        meter -> meter.getId().getName(),
                        Collectors.mapping(
                                meter -> meter.getId().getTags().stream()
                                        .map(Tag::getKey)
                                        .collect(Collectors.toSet()),
                                Collectors.toSet())));
        assertThat(keys).allSatisfy((name, sets) -> assertThat(sets).hasSize(1));
        assertThat(keys.get("shared_infra.task.duration").iterator().next()).contains("tenant");
        assertThat(stopped)
                .anyMatch(context -> context.getHighCardinalityKeyValues().stream()
                        .anyMatch(KeyValue.of("unexpected", "b")::equals));
    }

    @Test
    void theSameTagsAndNamesOfOnesOwnGoTogether() {
        CallObservationConvention own = new CallObservationConvention(true, "tenant") {
            @Override
            public String nameFor(CallKind kind) {
                return "my." + kind.word();
            }
        };

        MiddlewareChain.of(new MetricsMiddleware(registry, own)).run(Call.of(CallKind.OTHER, "x"), () -> {});

        assertThat(tags("my.other")).containsEntry("tenant", "none").containsEntry("error.type", "none");
    }

    @Test
    void aReceivedTraceThatIsTooLongIsNotHandedToATracer() {
        TraceContext longer = new TraceContext(RECEIVED.traceparent(), Optional.of("a=" + "1".repeat(3_000)));

        chain.run(Call.of(CallKind.MESSAGE_PROCESS, "process").parent(longer), () -> {});

        @SuppressWarnings("unchecked") // the carrier of a context of ours is the call
        ReceiverContext<Call> received = (ReceiverContext<Call>) stopped.get(0);
        assertThat(received.getGetter().get(received.getCarrier(), "traceparent"))
                .isEqualTo(RECEIVED.traceparent());
        assertThat(received.getGetter().get(received.getCarrier(), "tracestate"))
                .isNull();
    }
}
