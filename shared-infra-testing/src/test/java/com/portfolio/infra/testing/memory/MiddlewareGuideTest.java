package com.portfolio.infra.testing.memory;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import com.portfolio.infra.ports.event.Correlation;
import com.portfolio.infra.ports.eventstore.EventStore;
import com.portfolio.infra.ports.eventstore.ExpectedVersion;
import com.portfolio.infra.ports.eventstore.StreamId;
import com.portfolio.infra.ports.eventstore.WrongExpectedVersionException;
import com.portfolio.infra.ports.messaging.TraceContext;
import com.portfolio.infra.testing.memory.AccountEvent.Registered;
import com.portfolio.infra.utilities.middleware.Call;
import com.portfolio.infra.utilities.middleware.CallKind;
import com.portfolio.infra.utilities.middleware.CallObservationConvention;
import com.portfolio.infra.utilities.middleware.ErrorCategory;
import com.portfolio.infra.utilities.middleware.ErrorDescription;
import com.portfolio.infra.utilities.middleware.ErrorHandlingMiddleware;
import com.portfolio.infra.utilities.middleware.LoggingMiddleware;
import com.portfolio.infra.utilities.middleware.MetricsMiddleware;
import com.portfolio.infra.utilities.middleware.MiddlewareChain;
import com.portfolio.infra.utilities.middleware.MiddlewareEventStore;
import com.portfolio.infra.utilities.middleware.MiddlewareHttpHandler;
import com.portfolio.infra.utilities.middleware.MiddlewareServletFilter;
import com.portfolio.infra.utilities.middleware.Problem;
import com.portfolio.infra.utilities.middleware.TracingMiddleware;
import com.portfolio.infra.utilities.resilience.Resilience;
import com.portfolio.infra.utilities.resilience.ResilientEventStore;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** The snippets and tables of docs/middleware.md. */
class MiddlewareGuideTest {

    private static final Path GUIDE = Path.of("..", "docs", "middleware.md");

    private final InMemoryEventStore memory = new InMemoryEventStore(AccountEvent.CODEC);
    private final ObservationRegistry registry = ObservationRegistry.create();

    private static final class UnknownAccount extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    private static final class InvalidOrder extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    private static final class Client {

        String find(String address) {
            return "the place of " + address;
        }

        CompletionStage<String> findAsync(String address) {
            return CompletableFuture.completedFuture(find(address));
        }
    }

    @Test
    void aStoreHasMiddlewareByTwoStatements() {
        Resilience resilience = Resilience.of("database");
        MiddlewareChain chain = MiddlewareChain.of(
                TracingMiddleware.create(),
                new MetricsMiddleware(registry),
                LoggingMiddleware.create(),
                ErrorHandlingMiddleware.create());

        EventStore store = new MiddlewareEventStore(new ResilientEventStore(memory, resilience), chain, "memory");

        chain.run(Call.of(CallKind.TASK, "close-the-day"), () -> store.append("day-1", List.of(new Registered("Ada"))));
        assertThat(memory.events().get(0).metadata().entries()).containsKey("traceparent");
        resilience.close();
    }

    @Test
    void anyCallHasIt() {
        MetricsMiddleware metrics = new MetricsMiddleware(registry, CallObservationConvention.withSameTagsAlways());
        MiddlewareChain chain = MiddlewareChain.of(metrics);
        Client client = new Client();
        String address = "Main Street 1";
        Call find = Call.of(CallKind.OTHER, "find").system("geocoder");

        String place = chain.call(find.detail("address", address), () -> client.find(address));
        CompletionStage<String> later = chain.callAsync(find, () -> client.findAsync(address));

        assertThat(place).isEqualTo("the place of Main Street 1");
        assertThat(later.toCompletableFuture().join()).isEqualTo(place);
    }

    private static ErrorHandlingMiddleware errors() {
        ErrorHandlingMiddleware errors = ErrorHandlingMiddleware.builder()
                .map(UnknownAccount.class, ErrorCategory.NOT_FOUND)
                .map(
                        InvalidOrder.class,
                        e -> ErrorDescription.of(ErrorCategory.INVALID_INPUT)
                                .code("invalid-order")
                                .error("/amount", "must be positive"))
                .build();
        return errors;
    }

    @Test
    void whatEscapesAHandlerIsAProblem() throws Exception {
        HttpHandler accounts = exchange -> {
            throw new InvalidOrder();
        };
        MiddlewareChain chain = MiddlewareChain.of(TracingMiddleware.create(), errors());
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/accounts", new MiddlewareHttpHandler(accounts, chain, "/accounts/{id}"));
        server.start();

        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/accounts/7"))
                .header("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        server.stop(0);

        assertThat(response.headers().firstValue("Content-Type")).contains(Problem.MEDIA_TYPE);
        String guide = Files.readString(GUIDE);
        String example = guide.substring(guide.indexOf("```json") + "```json".length());
        assertThat(response.body().replaceAll("\\s", ""))
                .isEqualTo(example.substring(0, example.indexOf("```")).replaceAll("\\s", ""));
    }

    /** Compiled here; the filter is tried out in a container where it is at home. */
    static void aServletContextHasTheFilter(ServletContext context, MiddlewareChain chain) {
        FilterRegistration.Dynamic filter = context.addFilter("middleware", new MiddlewareServletFilter(chain));
        filter.setAsyncSupported(true);
        filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC), false, "/*");
    }

    @Test
    void theTableOfMetricsIsSo() throws IOException {
        CallObservationConvention names = new CallObservationConvention();
        String guide = Files.readString(GUIDE);
        for (CallKind kind : CallKind.values()) {
            assertThat(guide).contains("| `" + kind + "` | `" + names.nameFor(kind) + "` |");
        }
    }

    @Test
    void theTableOfCategoriesIsSo() throws IOException {
        String guide = Files.readString(GUIDE);
        for (ErrorCategory category : ErrorCategory.values()) {
            assertThat(guide)
                    .contains("| `" + category + "` | " + category.status() + " | "
                            + (category.retryable() ? "yes" : "no") + " |");
        }
    }

    /** As a tracer of Micrometer Tracing or OpenTelemetry, in short. */
    private record Span(String traceparent) {}

    private record Tracer(Span currentSpan) {}

    @Test
    void aTracerThatIsFollowedHasItsSpanInEventsAndLinesAndProblems() {
        Tracer tracer = new Tracer(new Span("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));
        TracingMiddleware following = TracingMiddleware.following(() -> Optional.ofNullable(tracer.currentSpan())
                .flatMap(span -> TraceContext.parse(span.traceparent(), null)));
        MiddlewareChain chain = MiddlewareChain.of(following, LoggingMiddleware.create());
        EventStore store = new MiddlewareEventStore(memory, chain);

        try (LogCapture log = LogCapture.of(LoggingMiddleware.class, Level.DEBUG)) {
            assertThat(store.append("day-1", List.of(new Registered("Ada")))).isNotNull();

            assertThat(log.events().get(0).getMDCPropertyMap())
                    .containsEntry("traceId", "4bf92f3577b34da6a3ce929d0e0e4736")
                    .containsEntry("spanId", "00f067aa0ba902b7");
        }
        assertThat(memory.events().get(0).metadata().entries())
                .containsEntry("traceparent", tracer.currentSpan().traceparent());
        assertThat(chain.problem(new IllegalStateException(), "/").traceId())
                .contains("4bf92f3577b34da6a3ce929d0e0e4736");
    }

    private static Level levelOf(Throwable failure) {
        ErrorHandlingMiddleware errors = ErrorHandlingMiddleware.builder()
                .map(UnknownAccount.class, ErrorCategory.NOT_FOUND)
                .build();
        MiddlewareChain chain = MiddlewareChain.of(LoggingMiddleware.create(), errors);
        try (LogCapture log = LogCapture.of(LoggingMiddleware.class, Level.DEBUG)) {
            assertThat(chain.callAsync(Call.of(CallKind.OTHER, "x"), () -> CompletableFuture.failedFuture(failure))
                            .toCompletableFuture())
                    .isCompletedExceptionally();
            return log.events().get(0).getLevel();
        }
    }

    private static String rowOf(Level level) throws IOException {
        return Files.readAllLines(GUIDE).stream()
                .filter(line -> line.startsWith("| `" + level + "` |"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theTableOfLevelsIsSo() throws IOException {
        MiddlewareChain slow = MiddlewareChain.of(
                LoggingMiddleware.builder().slowAfter(Duration.ofNanos(1)).build());
        try (LogCapture log = LogCapture.of(LoggingMiddleware.class, Level.DEBUG)) {
            slow.run(Call.of(CallKind.OTHER, "x"), () -> {});
            MiddlewareChain.of(LoggingMiddleware.create()).run(Call.of(CallKind.OTHER, "x"), () -> {});
            assertThat(log.events()).extracting(ILoggingEvent::getLevel).containsExactly(Level.WARN, Level.DEBUG);
        }
        assertThat(rowOf(Level.DEBUG)).contains("succeeded", "cancelled");
        assertThat(levelOf(new CancellationException())).isEqualTo(Level.DEBUG);
        assertThat(rowOf(Level.INFO)).contains("not found", "a wrong expected version");
        assertThat(levelOf(new UnknownAccount())).isEqualTo(Level.INFO);
        assertThat(levelOf(new WrongExpectedVersionException(StreamId.of("a"), ExpectedVersion.exactly(5), 7)))
                .isEqualTo(Level.INFO);
        assertThat(rowOf(Level.WARN)).contains("took a second", "may pass", "needed was cancelled");
        assertThat(levelOf(new TimeoutException())).isEqualTo(Level.WARN);
        assertThat(levelOf(new IllegalStateException(new CancellationException())))
                .isEqualTo(Level.WARN);
        assertThat(rowOf(Level.ERROR)).contains("anything else");
        assertThat(levelOf(new IllegalArgumentException())).isEqualTo(Level.ERROR);
    }

    @Test
    void noCredentialGetsIntoLinesTheMdcMetricsOrProblems() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        registry.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
        MiddlewareChain chain = MiddlewareChain.of(
                TracingMiddleware.create(),
                new MetricsMiddleware(registry),
                LoggingMiddleware.create(),
                ErrorHandlingMiddleware.builder()
                        .map(IllegalArgumentException.class, ErrorCategory.INVALID_INPUT)
                        .build());
        String credential = "password=swordfish";
        Call call =
                Call.of(CallKind.TASK, "connect").attribute("url", credential).detail("address", credential);
        IllegalArgumentException failure = new IllegalArgumentException(credential + "\nERROR forged");

        try (Correlation.Scope scope = Correlation.open(credential);
                LogCapture log = LogCapture.of(LoggingMiddleware.class, Level.DEBUG)) {
            assertThat(scope).isNotNull();
            assertThat(chain.callAsync(call, () -> CompletableFuture.failedFuture(failure))
                            .toCompletableFuture())
                    .isCompletedExceptionally();
            ILoggingEvent line = log.events().get(0);
            assertThat(line.getFormattedMessage() + line.getKeyValuePairs() + line.getMDCPropertyMap())
                    .contains("password=***")
                    .doesNotContain("swordfish", "\n");
        }
        assertThat(meters.getMetersAsString()).contains("password=***").doesNotContain("swordfish");
        assertThat(chain.problem(failure, "/").json()).contains("password=***").doesNotContain("swordfish");
    }

    @Test
    void everySnippetOfTheGuideStandsHere() throws IOException {
        assertThat(GuideSnippets.foundIn(MiddlewareGuideTest.class, GUIDE)).isEqualTo(8);
    }
}
