package com.portfolio.infra.utilities.middleware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import com.portfolio.infra.ports.event.Correlation;
import com.portfolio.infra.ports.event.Metadata;
import com.portfolio.infra.ports.eventstore.EventStoreUnavailableException;
import com.portfolio.infra.ports.eventstore.ExpectedVersion;
import com.portfolio.infra.ports.eventstore.StreamId;
import com.portfolio.infra.ports.eventstore.WrongExpectedVersionException;
import com.portfolio.infra.ports.messaging.TraceContext;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.io.InterruptedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

class LoggingMiddlewareTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String TRACEPARENT = "00-" + TRACE + "-00f067aa0ba902b7-01";
    private static final Call CALL = Call.of(CallKind.EVENT_STORE, "append").system("postgresql");

    private final AtomicLong nanos = new AtomicLong();
    private final LoggedLines lines = new LoggedLines(LoggingMiddleware.class, Level.DEBUG);
    private final LoggingMiddleware.Builder builder =
            LoggingMiddleware.builder().ticker(nanos::get);
    private final ExecutorService other = Executors.newSingleThreadExecutor();

    @AfterEach
    void close() {
        lines.close();
        other.shutdownNow();
        MDC.clear();
    }

    private MiddlewareChain chain() {
        return MiddlewareChain.of(builder.build());
    }

    private ILoggingEvent lineOf(Exception failure) {
        assertThatThrownBy(() -> chain().<Exception>run(CALL, () -> {
                    throw failure;
                }))
                .isSameAs(failure);
        return lines.only();
    }

    @Test
    void aCallIsOneLineWithKeyValues() {
        Call call = CALL.attribute("tenant", "a")
                .detail("stream", "order-42")
                .result("rows", () -> java.util.Optional.of("3"));

        assertThat(chain().call(call, () -> nanos.addAndGet(1_234_567))).isPositive();

        assertThat(lines.only().getLevel()).isEqualTo(Level.DEBUG);
        assertThat(lines.only().getFormattedMessage()).isEqualTo("append of event_store succeeded");
        assertThat(LoggedLines.values(lines.only()))
                .containsOnly(
                        entry("operation", "append"),
                        entry("kind", "event_store"),
                        entry("system", "postgresql"),
                        entry("durationMs", 1.235),
                        entry("outcome", "success"),
                        entry("tenant", "a"),
                        entry("rows", "3"),
                        entry("stream", "order-42"));
    }

    @Test
    void aSlowCallIsAWarning() {
        builder.slowAfter(Duration.ofMillis(20));

        chain().run(CALL, () -> nanos.addAndGet(20_000_000));

        assertThat(lines.only().getLevel()).isEqualTo(Level.WARN);
        assertThat(lines.only().getFormattedMessage()).isEqualTo("append of event_store succeeded, but took long");
    }

    @Test
    void aLongWaitIsNeverSlow() {
        chain().run(CALL.longWait(), () -> nanos.addAndGet(Duration.ofHours(1).toNanos()));

        assertThat(lines.only().getLevel()).isEqualTo(Level.DEBUG);
    }

    @Test
    void aRefusalIsNoErrorAndHasNoStackTrace() {
        ILoggingEvent line =
                lineOf(new WrongExpectedVersionException(StreamId.of("order-42"), ExpectedVersion.exactly(5), 7));

        assertThat(line.getLevel()).isEqualTo(Level.INFO);
        assertThat(line.getThrowableProxy()).isNull();
        assertThat(LoggedLines.values(line))
                .contains(
                        entry("outcome", "failure"),
                        entry("category", "CONFLICT"),
                        entry("code", "conflict"),
                        entry("retryable", false),
                        entry("error.type", WrongExpectedVersionException.class.getName()))
                .containsKey("error");
    }

    @Test
    void whatMayPassIsAWarning() {
        ILoggingEvent line = lineOf(new EventStoreUnavailableException("The database is away.", null));

        assertThat(line.getLevel()).isEqualTo(Level.WARN);
        assertThat(LoggedLines.values(line)).contains(entry("category", "UNAVAILABLE"), entry("retryable", true));
    }

    @Test
    void aCancellationIsNobodysConcern() {
        assertThat(lineOf(new CancellationException()).getLevel()).isEqualTo(Level.DEBUG);
    }

    @Test
    void anythingElseIsAnErrorWithItsStackTrace() {
        ILoggingEvent line = lineOf(new IllegalStateException("It is broken.", new SQLException("beneath")));

        assertThat(line.getLevel()).isEqualTo(Level.ERROR);
        assertThat(LoggedLines.stackTrace(line))
                .contains(
                        "IllegalStateException: It is broken.",
                        "SQLException: beneath",
                        getClass().getName());
    }

    @Test
    void nothingIsLoggedBelowTheLevel() {
        lines.close();
        try (LoggedLines info = new LoggedLines(LoggingMiddleware.class, Level.INFO)) {
            chain().run(CALL, () -> nanos.get());
            assertThat(info.all()).isEmpty();
        }
    }

    @Test
    void payloadsAreNotLogged() {
        chain().run(CALL.payload("the account of Ada"), () -> nanos.get());

        assertThat(LoggedLines.text(lines.only())).doesNotContain("Ada");
    }

    @Test
    void payloadsAreLoggedIfAskedForCutAndWithoutCredentials() {
        builder.payloads(24);

        chain().run(CALL.payload("password=swordfish\nand much more than fits"), () -> nanos.get());

        assertThat(LoggedLines.values(lines.only()).get("payload"))
                .asString()
                .startsWith("password=***")
                .doesNotContain("swordfish")
                .hasSize(25);
        chain().run(CALL.payload("one\ntwo and much more than fits"), () -> nanos.get());
        assertThat(LoggedLines.values(lines.all().get(1))).contains(entry("payload", "one\\ntwo and much more t…"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\nERROR forged",
                "a\r\nERROR forged",
                "a\u0085ERROR forged",
                "a\u2028ERROR forged",
                "a\u2029b",
                "a\u001b[2Jb",
                "a\u0000b",
                "a\u202Eb",
                "a\tb"
            })
    void noTextCanBeginALineOrMoveTheCursor(String hostile) {
        builder.payloads(1_000);
        Call call = Call.of(CallKind.OTHER, hostile)
                .system(hostile)
                .attribute("attribute", hostile)
                .detail("stream", hostile)
                .payload(hostile);
        IllegalStateException failure = new IllegalStateException(hostile, new SQLException(hostile));
        failure.addSuppressed(new SQLException(hostile));

        try (Correlation.Scope scope =
                Correlation.open(Metadata.of(Metadata.CORRELATION_ID, hostile).with(Metadata.CAUSATION_ID, hostile))) {
            assertThat(scope).isNotNull();
            assertThatThrownBy(() -> chain().run(call, () -> {
                        throw failure;
                    }))
                    .isSameAs(failure);
        }

        assertThat(LoggedLines.text(lines.only()))
                .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]")
                .contains("correlationId=a\\");
        assertThat(LoggedLines.stackTrace(lines.only()).lines().map(String::strip))
                .noneMatch(line -> line.startsWith("ERROR"))
                .noneMatch(line -> line.matches(".*[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}].*"));
    }

    @Test
    void credentialsAreTakenOutOfEveryText() {
        builder.payloads(1_000);
        String url = "jdbc:postgresql://user:swordfish@host/db";
        Call call = Call.of(CallKind.OTHER, "connect")
                .attribute("attribute", url)
                .detail("url", url)
                .payload(url);
        IllegalStateException failure = new IllegalStateException(
                "No connection to " + url,
                new SQLException("password=swordfish", new SQLException("token:\n swordfish")));
        failure.addSuppressed(new SQLException("Authorization: Bearer swordfish-swordfish"));

        assertThatThrownBy(() -> chain().run(call, () -> {
                    throw failure;
                }))
                .isSameAs(failure);

        assertThat(LoggedLines.text(lines.only()) + LoggedLines.stackTrace(lines.only()))
                .contains("postgresql://user:***@host/db", "password=***")
                .doesNotContain("swordfish");
    }

    @Test
    void aCredentialThatALineBreakHidesIsFound() {
        assertThat(LogText.of("postgresql://user:sword\nfish@host", 100))
                .doesNotContain("sword")
                .doesNotContain("fish");
        assertThat(LogText.of("password=\n  swordfish", 100)).doesNotContain("swordfish");
    }

    @Test
    void aCredentialIsHiddenBeforeTheTextIsCut() {
        assertThat(LogText.of("postgresql://user:swordfish@host", 20)).isEqualTo("postgresql://user:**…");
    }

    @Test
    void longTextsAreCutAtACharacter() {
        assertThat(LogText.brief("x".repeat(255) + "\uD83D\uDE00")).isEqualTo("x".repeat(255) + "…");
    }

    @Test
    void aFailureWithCausesInACircleIsLogged() {
        SQLException first = new SQLException("first");
        SQLException second = new SQLException("second", first);
        first.initCause(second);
        first.addSuppressed(second);

        assertThat(LoggedLines.stackTrace(lineOf(new IllegalStateException(first))))
                .contains("second");
    }

    private Map<String, String> mdc() {
        Map<String, String> map = MDC.getCopyOfContextMap();
        return map == null ? Map.of() : map;
    }

    private static Metadata metadata() {
        return Metadata.of(Metadata.CORRELATION_ID, "request-1")
                .with(Metadata.CAUSATION_ID, "event-1")
                .with(Metadata.TRACEPARENT, TRACEPARENT);
    }

    @Test
    void theIdsAreInTheMdcMeanwhileAndInTheLine() {
        try (Correlation.Scope scope = Correlation.open(metadata())) {
            assertThat(scope).isNotNull();
            chain().run(
                            CALL,
                            () -> assertThat(mdc())
                                    .containsOnly(
                                            entry("correlationId", "request-1"),
                                            entry("causationId", "event-1"),
                                            entry("traceId", TRACE),
                                            entry("spanId", "00f067aa0ba902b7")));
        }

        assertThat(mdc()).isEmpty();
        assertThat(lines.only().getMDCPropertyMap())
                .containsEntry("correlationId", "request-1")
                .containsEntry("traceId", TRACE);
    }

    @Test
    void nestedCallsBringBackWhatWasThereAndTouchNothingElse() {
        MDC.put("correlationId", "of-the-framework");
        MDC.put("user", "ada");
        Map<String, String> before = mdc();
        MiddlewareChain chain = chain();

        chain.run(CALL, () -> {
            assertThat(mdc()).as("outside of a scope nothing is known").isEqualTo(before);
            try (Correlation.Scope outer = Correlation.open(metadata())) {
                assertThat(outer).isNotNull();
                chain.run(CALL, () -> {
                    Map<String, String> around = mdc();
                    assertThat(around)
                            .containsEntry("correlationId", "request-1")
                            .containsEntry("user", "ada");
                    try (Correlation.Scope inner = Correlation.open("request-2")) {
                        assertThat(inner).isNotNull();
                        chain.run(
                                CALL,
                                () -> assertThat(mdc())
                                        .containsEntry("correlationId", "request-2")
                                        .containsEntry("causationId", "request-2"));
                    }
                    assertThat(mdc()).isEqualTo(around);
                });
            }
        });

        assertThat(mdc()).isEqualTo(before);
        assertThat(lines.all())
                .extracting(line -> line.getMDCPropertyMap().get("correlationId"))
                .containsExactly("request-2", "request-1", "of-the-framework");
    }

    @Test
    void aFailureBringsBackWhatWasThereToo() {
        MDC.put("correlationId", "before");
        try (Correlation.Scope scope = Correlation.open(metadata())) {
            assertThat(scope).isNotNull();
            assertThat(lineOf(new IllegalStateException()).getMDCPropertyMap())
                    .containsEntry("correlationId", "request-1");
        }

        assertThat(mdc()).containsOnly(entry("correlationId", "before"));
    }

    @Test
    void anAsynchronousCallLeavesItsThreadAsItWasAndItsLineHasTheIdsOnAnother() throws Exception {
        MDC.put("correlationId", "before");
        CompletableFuture<Void> onOther =
                CompletableFuture.runAsync(() -> MDC.put("correlationId", "of the other"), other);
        onOther.join();
        CompletableFuture<String> work = new CompletableFuture<>();
        CompletionStage<String> stage;
        try (Correlation.Scope scope = Correlation.open(metadata())) {
            assertThat(scope).isNotNull();
            stage = chain().callAsync(CALL, () -> {
                assertThat(mdc()).containsEntry("correlationId", "request-1");
                return work;
            });
            assertThat(mdc()).containsOnly(entry("correlationId", "before"));
        }

        Map<String, String> afterwards = CompletableFuture.supplyAsync(
                        () -> {
                            work.complete("done");
                            return mdc();
                        },
                        other)
                .join();

        assertThat(stage.toCompletableFuture().get()).isEqualTo("done");
        assertThat(afterwards).containsOnly(entry("correlationId", "of the other"));
        assertThat(lines.only().getMDCPropertyMap())
                .containsEntry("correlationId", "request-1")
                .containsEntry("traceId", TRACE);
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        for (Duration time : List.of(Duration.ZERO, Duration.ofNanos(-1))) {
            assertThatThrownBy(() -> LoggingMiddleware.builder().slowAfter(time))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> LoggingMiddleware.builder().payloads(0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static final TraceContext SPAN =
            new TraceContext("00-11111111111111111111111111111111-2222222222222222-01", Optional.empty());

    /** As a tracer behind an observation registry does: its span is on the thread as long as its scope is open. */
    private static final class Tracer implements ObservationHandler<Observation.Context> {

        private final AtomicReference<Optional<TraceContext>> current = new AtomicReference<>(Optional.empty());

        @Override
        public boolean supportsContext(Observation.Context context) {
            return true;
        }

        @Override
        public void onScopeOpened(Observation.Context context) {
            current.set(Optional.of(SPAN));
            MDC.put("traceId", SPAN.traceId());
            MDC.put("spanId", SPAN.parentId());
        }

        @Override
        public void onScopeClosed(Observation.Context context) {
            current.set(Optional.empty());
            MDC.remove("traceId");
            MDC.remove("spanId");
        }
    }

    @Test
    void theSpanOfTheTracerThatIsFollowedIsInTheMdcAndInTheLine() {
        Tracer tracer = new Tracer();
        ObservationRegistry registry = ObservationRegistry.create();
        registry.observationConfig().observationHandler(tracer);
        MiddlewareChain following = MiddlewareChain.of(
                TracingMiddleware.following(tracer.current::get), new MetricsMiddleware(registry), builder.build());

        try (Correlation.Scope event = Correlation.follow("event-1", metadata())) {
            assertThat(event).isNotNull();
            following.run(
                    CALL,
                    () -> assertThat(mdc())
                            .containsEntry("traceId", SPAN.traceId())
                            .containsEntry("spanId", SPAN.parentId()));
        }

        assertThat(lines.only().getMDCPropertyMap())
                .containsEntry("causationId", "event-1")
                .containsEntry("traceId", SPAN.traceId())
                .containsEntry("spanId", SPAN.parentId());
        assertThat(mdc()).isEmpty();
    }

    @Test
    void aLineHasNoIdsOfTheRequestThatItIsWrittenIn() {
        CompletableFuture<String> work = new CompletableFuture<>();
        CompletionStage<String> stage = chain().callAsync(CALL, () -> work);

        try (Correlation.Scope other = Correlation.open(metadata())) {
            assertThat(other).isNotNull();
            chain().run(Call.of(CallKind.TASK, "b"), () -> {
                Map<String, String> around = mdc();
                work.complete("done");
                assertThat(mdc()).isEqualTo(around);
            });
        }

        assertThat(stage.toCompletableFuture()).isCompletedWithValue("done");
        assertThat(lines.all().get(0).getMDCPropertyMap())
                .doesNotContainKeys("correlationId", "causationId", "traceId", "spanId");
        assertThat(lines.all().get(1).getMDCPropertyMap()).containsEntry("correlationId", "request-1");
    }

    @Test
    void anIdThatHoldsACredentialIsRedactedInTheMdcToo() {
        try (Correlation.Scope scope = Correlation.open("password=swordfish")) {
            assertThat(scope).isNotNull();
            chain().run(CALL, () -> assertThat(mdc()).containsEntry("correlationId", "password=***"));
        }

        assertThat(LoggedLines.text(lines.only())).doesNotContain("swordfish");
    }

    @Test
    void whatFailedBecauseItsPartsWereCancelledIsAWarning() {
        assertThat(lineOf(new IllegalStateException(new CancellationException()))
                        .getLevel())
                .isEqualTo(Level.WARN);
        assertThat(LoggedLines.values(lines.only())).contains(entry("category", "CANCELLED"));
    }

    @Test
    void aTimeoutThatLooksLikeAnInterruptionIsAWarning() {
        assertThat(lineOf(new InterruptedIOException("timeout")).getLevel()).isEqualTo(Level.WARN);
        assertThat(LoggedLines.values(lines.only())).contains(entry("category", "TIMEOUT"));
    }

    @ParameterizedTest
    @CsvSource({
        "200, DEBUG, success, succeeded",
        "302, DEBUG, success, succeeded",
        "404, INFO, failure, was answered with 404",
        "500, ERROR, failure, was answered with 500",
        "503, WARN, failure, was answered with 503",
        "504, WARN, failure, was answered with 504"
    })
    void aRequestIsLoggedByItsStatus(String status, String level, String outcome, String words) {
        chain().run(
                        Call.of(CallKind.HTTP_SERVER, "GET")
                                .result(SemanticNames.HTTP_RESPONSE_STATUS_CODE, () -> Optional.of(status)),
                        () -> {});

        assertThat(lines.only().getLevel()).isEqualTo(Level.toLevel(level));
        assertThat(lines.only().getFormattedMessage()).isEqualTo("GET of http_server " + words);
        assertThat(LoggedLines.values(lines.only())).contains(entry("outcome", outcome));
    }

    @Test
    void nothingMayEverBeSlow() {
        builder.slowAfter(ChronoUnit.FOREVER.getDuration());

        chain().run(CALL, () -> nanos.addAndGet(Duration.ofDays(36_500).toNanos()));

        assertThat(lines.only().getLevel()).isEqualTo(Level.DEBUG);
    }
}
