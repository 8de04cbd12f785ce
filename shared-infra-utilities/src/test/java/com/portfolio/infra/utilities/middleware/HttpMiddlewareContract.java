package com.portfolio.infra.utilities.middleware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.portfolio.infra.ports.event.Correlation;
import com.portfolio.infra.ports.eventstore.EventStoreUnavailableException;
import com.portfolio.infra.ports.messaging.TraceContext;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What middleware does around the requests of a server, whichever server it is.
 *
 * <p>A subclass starts one with {@link #chain()} below {@code /accounts}, no middleware below {@code /plain}, and
 * {@link #loggingOnly()} below {@code /without-errors}.
 */
abstract class HttpMiddlewareContract {

    static final JsonMapper JSON = JsonMapper.builder().build();
    static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";
    static final String PARENT_ID = "00f067aa0ba902b7";
    static final String TRACEPARENT = "00-" + TRACE_ID + "-" + PARENT_ID + "-01";

    private static final long UNKNOWN_LENGTH = -1;

    final HttpClient client = HttpClient.newHttpClient();
    final LoggedLines lines = new LoggedLines(LoggingMiddleware.class, Level.DEBUG);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ObservationRegistry registry = ObservationRegistry.create();

    /** Serves a request, in the words that all servers have. */
    @FunctionalInterface
    interface Service {

        void serve(Answer answer) throws IOException;
    }

    /** The answer to a request. */
    interface Answer {

        void header(String name, String value);

        /** Answers in full. */
        void send(int status, String body) throws IOException;

        /** Begins to answer with 200, and sends a part of the body; the length of the whole is negative if unknown. */
        void begin(long length, String part) throws IOException;
    }

    static final class NoSuchAccount extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NoSuchAccount() {
            super("There is no account 7 (password=swordfish).");
        }
    }

    /** Where the server is, without what follows the port. */
    abstract String origin();

    /** What stands before the paths that a client of the server asks for. */
    abstract String mountedAt();

    /** The route of {@code /accounts/7}. */
    abstract String route();

    abstract String correlationHeader();

    /** What is under test, which logs what it can't answer. */
    abstract Class<?> tested();

    /** What serves from now on. */
    abstract void serve(Service service);

    @BeforeEach
    void beginToMeasure() {
        registry.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
    }

    @AfterEach
    void closeLines() {
        lines.close();
    }

    final MiddlewareChain chain() {
        return MiddlewareChain.of(
                TracingMiddleware.create(),
                new MetricsMiddleware(registry),
                LoggingMiddleware.create(),
                ErrorHandlingMiddleware.builder()
                        .map(NoSuchAccount.class, ErrorCategory.NOT_FOUND)
                        .build());
    }

    static MiddlewareChain loggingOnly() {
        return MiddlewareChain.of(LoggingMiddleware.create());
    }

    final HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(origin() + mountedAt() + path));
    }

    final HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    final HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    final HttpResponse<String> ask(String method) throws IOException, InterruptedException {
        return send(request("/accounts/7")
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build());
    }

    /** A client repeats a GET by itself, and this not. */
    final void assertThatAPostIsCutOff(String path) {
        HttpRequest post =
                request(path).POST(HttpRequest.BodyPublishers.noBody()).build();
        assertThatThrownBy(() -> send(post)).isInstanceOf(IOException.class);
    }

    final void failing(RuntimeException failure) {
        serve(answer -> {
            answer.header("Content-Encoding", "gzip");
            answer.header("ETag", "of something else");
            answer.header("Access-Control-Allow-Origin", "*");
            throw failure;
        });
    }

    static String inWhatItRuns() {
        TraceContext trace = Traces.current().orElseThrow();
        return String.join(
                " ",
                correlationId(),
                trace.traceId(),
                String.valueOf(trace.parentId().equals(PARENT_ID)),
                trace.tracestate().orElse(""));
    }

    static String correlationId() {
        return Correlation.current().correlationId().orElse("");
    }

    /** The server may answer before what it calls has returned. */
    final Map<String, Object> logged() {
        Awaitility.await().until(() -> !lines.all().isEmpty());
        return LoggedLines.values(lines.only());
    }

    final long count(String route, String... tags) {
        logged();
        return meters.get("http.server.request.duration")
                .tag("http.route", route)
                .tags(tags)
                .timer()
                .count();
    }

    @Test
    void aRequestRunsInItsTraceAndItsCorrelation() throws Exception {
        serve(answer -> answer.send(200, inWhatItRuns()));

        HttpResponse<String> response = get(
                "/accounts/7", "traceparent", TRACEPARENT, "tracestate", "vendor=1", correlationHeader(), "request-1");

        assertThat(response.body()).isEqualTo("request-1 " + TRACE_ID + " false vendor=1");
        assertThat(response.headers().firstValue("X-Correlation-ID")).contains("request-1");
        assertThat(logged())
                .containsEntry("http.request.method", "GET")
                .containsEntry("http.response.status_code", "200")
                .containsEntry("http.route", route())
                .containsEntry("url.path", mountedAt() + "/accounts/7")
                .containsEntry("url.scheme", "http");
        assertThat(lines.only().getMDCPropertyMap())
                .containsEntry("correlationId", "request-1")
                .containsEntry("traceId", TRACE_ID);
        assertThat(count(route(), "http.response.status_code", "200")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"with spaces", ""})
    void aCorrelationIdThatIsNoneIsReplaced(String header) throws Exception {
        serve(answer -> answer.send(200, correlationId()));

        HttpResponse<String> response = get("/accounts/7", "X-Correlation-ID", header);

        assertThat(response.body()).matches("[0-9a-f-]{36}");
        assertThat(response.headers().allValues("X-Correlation-ID")).containsExactly(response.body());
    }

    @Test
    void anOversizedCorrelationIdIsReplacedAndTheLongestIsNot() throws Exception {
        serve(answer -> answer.send(200, correlationId()));

        assertThat(get("/accounts/7", "X-Correlation-ID", "a".repeat(129)).body())
                .hasSize(36);
        assertThat(get("/accounts/7", "X-Correlation-ID", "a".repeat(128)).body())
                .isEqualTo("a".repeat(128));
    }

    @Test
    void anInvalidTraceparentBeginsANewTrace() throws Exception {
        serve(answer -> answer.send(200, Traces.current().orElseThrow().traceId()));

        String invalid = get("/accounts/7", "traceparent", "00-" + TRACE_ID + "-0000000000000000-01")
                .body();
        String twice = get("/accounts/7", "traceparent", TRACEPARENT, "traceparent", TRACEPARENT)
                .body();

        assertThat(List.of(invalid, twice))
                .allSatisfy(id -> assertThat(id).hasSize(32).isNotEqualTo(TRACE_ID));
    }

    @Test
    void whatEscapesIsAnsweredWithAProblem() throws Exception {
        failing(new NoSuchAccount());

        HttpResponse<String> response = get("/accounts/7?a=b", "traceparent", TRACEPARENT);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().allValues("Content-Type")).containsExactly("application/problem+json");
        assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(response.headers().map().keySet().stream().map(name -> name.toLowerCase(Locale.ROOT)))
                .doesNotContain("content-encoding", "etag", "retry-after");
        assertThat(response.headers().allValues("X-Correlation-ID")).hasSize(1);
        assertThat(response.headers().allValues("Access-Control-Allow-Origin")).containsExactly("*");
        assertThat(JSON.readTree(response.body())).isEqualTo(JSON.readTree("""
                        {"type": "about:blank", "title": "Not Found", "status": 404,
                         "detail": "There is no account 7 (password=***", "instance": "%s/accounts/7",
                         "code": "not-found", "retryable": false, "traceId": "%s"}
                        """.formatted(mountedAt(), TRACE_ID)));
        assertThat(logged()).containsEntry("http.response.status_code", "404").containsEntry("category", "NOT_FOUND");
        assertThat(lines.only().getLevel()).isEqualTo(Level.INFO);
        assertThat(count(route(), "http.response.status_code", "404")).isEqualTo(1);
    }

    @Test
    void aServerErrorTellsNothingOfItsCause() throws Exception {
        failing(new IllegalStateException("jdbc:postgresql://user:swordfish@internal-host/db"));

        HttpResponse<String> response = get("/accounts/7");

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).doesNotContain("swordfish", "internal-host", "IllegalState");
        assertThat(logged()).containsEntry("category", "INTERNAL");
        assertThat(LoggedLines.stackTrace(lines.only()))
                .contains("user:***@internal-host")
                .doesNotContain("swordfish");
        assertThat(count(
                        route(),
                        "error.type",
                        IllegalStateException.class.getName(),
                        "http.response.status_code",
                        "500"))
                .isEqualTo(1);
    }

    @Test
    void whatMayPassSaysWhenToComeBack() throws Exception {
        failing(new EventStoreUnavailableException("The database is away.", null));

        HttpResponse<String> response = get("/accounts/7");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).contains("5");
        assertThat(JSON.readTree(response.body()).get("retryable").asBoolean()).isTrue();
    }

    @Test
    void anErrorIsAnsweredToo() throws Exception {
        serve(answer -> {
            throw new AssertionError("broken");
        });

        HttpResponse<String> response = get("/accounts/7");

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(JSON.readTree(response.body()).get("code").asText()).isEqualTo("internal");
    }

    @Test
    void anInterruptionIsAnsweredToo() throws Exception {
        serve(answer -> {
            Thread.currentThread().interrupt();
            throw new CancellationException("stopping");
        });

        assertThat(get("/accounts/7").statusCode()).isEqualTo(503);
    }

    @Test
    void aHeadRequestIsAnsweredWithoutABody() throws Exception {
        failing(new NoSuchAccount());

        HttpResponse<String> response = ask("HEAD");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).isEmpty();
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(longs = {UNKNOWN_LENGTH, 100})
    void aResponseThatHasBegunIsCutOffAndNotTakenForComplete(long length) {
        serve(answer -> {
            answer.begin(length, "half of ");
            throw new AssertionError("password=swordfish");
        });
        try (LoggedLines ended = new LoggedLines(tested(), Level.INFO)) {
            assertThatAPostIsCutOff("/accounts/7");

            assertThat(logged()).containsEntry("http.response.status_code", "200");
            Awaitility.await().until(() -> !ended.all().isEmpty());
            assertThat(ended.only().getFormattedMessage())
                    .isEqualTo("The handler of " + mountedAt()
                            + "/accounts/7 failed after its response had begun; the connection is closed.");
            assertThat(LoggedLines.stackTrace(ended.only()))
                    .contains("password=***")
                    .doesNotContain("swordfish");
        }
    }

    @Test
    void anUnknownMethodIsOneOfFewNames() throws Exception {
        serve(answer -> answer.send(200, ""));

        ask("BREW");

        assertThat(logged()).containsEntry("http.request.method", "_OTHER").containsEntry("operation", "HTTP");
    }

    @Test
    void aFailureThatIsAnsweredByWhoFailedIsLoggedAsOne() throws Exception {
        serve(answer -> answer.send(500, ""));

        assertThat(get("/accounts/7").statusCode()).isEqualTo(500);
        assertThat(logged()).containsEntry("outcome", "failure").containsEntry("http.response.status_code", "500");
        assertThat(lines.only().getLevel()).isEqualTo(Level.ERROR);
    }

    @Test
    void anEmptyChainIsNotThere() throws Exception {
        serve(answer -> answer.send(200, Correlation.current().toString()));

        HttpResponse<String> response = get("/plain/7", "X-Correlation-ID", "a");

        assertThat(response.body()).contains("{}");
        assertThat(response.headers().map()).doesNotContainKey("X-Correlation-ID");
    }
}
