package com.portfolio.infra.utilities.middleware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.portfolio.infra.ports.event.Correlation;
import com.portfolio.infra.ports.eventstore.EventStoreUnavailableException;
import com.portfolio.infra.ports.messaging.TraceContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MiddlewareHttpHandlerTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String TRACEPARENT = "00-" + TRACE_ID + "-00f067aa0ba902b7-01";

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ObservationRegistry registry = ObservationRegistry.create();
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicReference<HttpHandler> handler = new AtomicReference<>(exchange -> {});
    private final LoggedLines lines = new LoggedLines(LoggingMiddleware.class, Level.DEBUG);
    private HttpServer server;

    private static final class NoSuchAccount extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NoSuchAccount() {
            super("There is no account 7 (password=swordfish).");
        }
    }

    @BeforeEach
    void start() throws IOException {
        registry.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        MiddlewareChain chain = MiddlewareChain.of(
                TracingMiddleware.create(),
                new MetricsMiddleware(registry),
                LoggingMiddleware.create(),
                ErrorHandlingMiddleware.builder()
                        .map(NoSuchAccount.class, ErrorCategory.NOT_FOUND)
                        .build());
        serve("/accounts", chain);
        serve("/plain", MiddlewareChain.none());
        serve("/without-errors", MiddlewareChain.of(LoggingMiddleware.create()));
        server.start();
    }

    private void serve(String path, MiddlewareChain chain) {
        server.createContext(
                path, new MiddlewareHttpHandler(exchange -> handler.get().handle(exchange), chain, path + "/{id}"));
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
        lines.close();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                URI.create("http://" + server.getAddress().getAddress().getHostAddress() + ":"
                        + server.getAddress().getPort() + path));
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = request(path);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static void ok(HttpExchange exchange, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void failing(RuntimeException failure) {
        handler.set(exchange -> {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.getResponseHeaders().set("ETag", "of something else");
            exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "*");
            throw failure;
        });
    }

    /** The server may answer before its handler has returned. */
    private Map<String, Object> logged() {
        Awaitility.await().until(() -> !lines.all().isEmpty());
        return LoggedLines.values(lines.only());
    }

    @Test
    void aRequestRunsInItsTraceAndItsCorrelation() throws Exception {
        handler.set(exchange -> {
            TraceContext trace = Traces.current().orElseThrow();
            ok(
                    exchange,
                    Correlation.current().correlationId().orElse("") + " " + trace.traceId() + " "
                            + trace.parentId().equals("00f067aa0ba902b7") + " "
                            + trace.tracestate().orElse(""));
        });

        HttpResponse<String> response = get(
                "/accounts/7",
                "traceparent",
                TRACEPARENT,
                "tracestate",
                "vendor=1",
                MiddlewareHttpHandler.CORRELATION_HEADER,
                "request-1");

        assertThat(response.body()).isEqualTo("request-1 " + TRACE_ID + " false vendor=1");
        assertThat(response.headers().firstValue("X-Correlation-ID")).contains("request-1");
        assertThat(logged())
                .containsEntry("http.request.method", "GET")
                .containsEntry("http.response.status_code", "200")
                .containsEntry("http.route", "/accounts/{id}")
                .containsEntry("url.path", "/accounts/7")
                .containsEntry("url.scheme", "http");
        assertThat(lines.only().getMDCPropertyMap())
                .containsEntry("correlationId", "request-1")
                .containsEntry("traceId", TRACE_ID);
        assertThat(meters.get("http.server.request.duration")
                        .tag("http.route", "/accounts/{id}")
                        .tag("http.response.status_code", "200")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"with spaces", ""})
    void aCorrelationIdThatIsNoneIsReplaced(String header) throws Exception {
        handler.set(
                exchange -> ok(exchange, Correlation.current().correlationId().orElse("")));

        HttpResponse<String> response = get("/accounts/7", "X-Correlation-ID", header);

        assertThat(response.body()).matches("[0-9a-f-]{36}");
        assertThat(response.headers().firstValue("X-Correlation-ID")).contains(response.body());
    }

    @Test
    void anOversizedCorrelationIdIsReplacedAndTheLongestIsNot() throws Exception {
        handler.set(
                exchange -> ok(exchange, Correlation.current().correlationId().orElse("")));

        assertThat(get("/accounts/7", "X-Correlation-ID", "a".repeat(129)).body())
                .hasSize(36);
        assertThat(get("/accounts/7", "X-Correlation-ID", "a".repeat(128)).body())
                .isEqualTo("a".repeat(128));
    }

    @Test
    void anInvalidTraceparentBeginsANewTrace() throws Exception {
        handler.set(exchange -> ok(exchange, Traces.current().orElseThrow().traceId()));

        String invalid = get("/accounts/7", "traceparent", "00-" + TRACE_ID + "-0000000000000000-01")
                .body();
        String twice = get("/accounts/7", "traceparent", TRACEPARENT, "traceparent", TRACEPARENT)
                .body();

        assertThat(invalid).hasSize(32).isNotEqualTo(TRACE_ID);
        assertThat(twice).hasSize(32).isNotEqualTo(TRACE_ID);
    }

    @Test
    void whatEscapesIsAnsweredWithAProblem() throws Exception {
        failing(new NoSuchAccount());

        HttpResponse<String> response = get("/accounts/7?a=b", "traceparent", TRACEPARENT);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(response.headers().map().keySet().stream().map(name -> name.toLowerCase(Locale.ROOT)))
                .doesNotContain("content-encoding", "etag", "retry-after");
        assertThat(response.headers().firstValue("X-Correlation-ID")).isPresent();
        assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
        JsonNode problem = JSON.readTree(response.body());
        assertThat(problem).isEqualTo(JSON.readTree("""
                        {"type": "about:blank", "title": "Not Found", "status": 404,
                         "detail": "There is no account 7 (password=***", "instance": "/accounts/7",
                         "code": "not-found", "retryable": false, "traceId": "%s"}
                        """.formatted(TRACE_ID)));
        assertThat(logged()).containsEntry("http.response.status_code", "404").containsEntry("category", "NOT_FOUND");
        assertThat(lines.only().getLevel()).isEqualTo(Level.INFO);
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
        assertThat(meters.get("http.server.request.duration")
                        .tag("error.type", IllegalStateException.class.getName())
                        .tag("http.response.status_code", "500")
                        .timer()
                        .count())
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
        handler.set(exchange -> {
            throw new AssertionError("broken");
        });

        assertThat(get("/accounts/7").statusCode()).isEqualTo(500);
    }

    @Test
    void anInterruptedHandlerIsAnsweredToo() throws Exception {
        handler.set(exchange -> {
            Thread.currentThread().interrupt();
            throw new java.util.concurrent.CancellationException("stopping");
        });

        assertThat(get("/accounts/7").statusCode()).isEqualTo(503);
    }

    @Test
    void aHeadRequestIsAnsweredWithoutABody() throws Exception {
        failing(new NoSuchAccount());

        HttpResponse<String> response = client.send(
                request("/accounts/7")
                        .method("HEAD", HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 100})
    void aResponseThatHasBegunIsCutOffAndNotTakenForComplete(long length) throws Exception {
        handler.set(exchange -> {
            exchange.sendResponseHeaders(200, length);
            OutputStream body = exchange.getResponseBody();
            body.write("half of ".getBytes(StandardCharsets.UTF_8));
            body.flush();
            throw new AssertionError("password=swordfish");
        });
        try (LoggedLines ended = new LoggedLines(MiddlewareHttpHandler.class, Level.INFO)) {
            HttpRequest post = request("/accounts/7")
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build();
            assertThatThrownBy(() -> client.send(post, HttpResponse.BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class);

            Awaitility.await().until(() -> !ended.all().isEmpty());
            assertThat(ended.only().getFormattedMessage())
                    .isEqualTo("The handler of /accounts/7 failed after its response had begun; the connection is"
                            + " closed.");
            assertThat(LoggedLines.stackTrace(ended.only()))
                    .contains("password=***")
                    .doesNotContain("swordfish");
        }
    }

    @Test
    void anUnknownMethodIsOneOfFewNames() throws Exception {
        handler.set(exchange -> ok(exchange, ""));

        client.send(
                request("/accounts/7")
                        .method("BREW", HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(logged()).containsEntry("http.request.method", "_OTHER").containsEntry("operation", "HTTP");
    }

    /** A client that sends what no decent one does. */
    private String raw(String request) throws IOException {
        try (Socket socket =
                new Socket(server.getAddress().getAddress(), server.getAddress().getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void headersAndPathsCanForgeNoLine() throws Exception {
        failing(new NoSuchAccount());

        String response = raw(String.join(
                "\r\n",
                "GET /accounts/7%0AERROR%20forged HTTP/1.1",
                "Host: a",
                "Connection: close",
                "X-Correlation-ID: a\u0085b",
                "traceparent: 00-x\u0085",
                "",
                ""));

        assertThat(response).startsWith("HTTP/1.1 404").doesNotContain("\u0085");
        assertThat(logged()).containsEntry("url.path", "/accounts/7%0AERROR%20forged");
        assertThat(LoggedLines.text(lines.only())).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");
    }

    @Test
    void withoutErrorHandlingTheServerClosesTheConnection() {
        failing(new NoSuchAccount());

        // A client repeats a GET by itself.
        HttpRequest post = request("/without-errors/7")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        assertThatThrownBy(() -> client.send(post, HttpResponse.BodyHandlers.ofString()))
                .isInstanceOf(IOException.class);
        assertThat(logged()).containsEntry("outcome", "failure");
    }

    @Test
    void anEmptyChainIsNotThere() throws Exception {
        handler.set(exchange -> ok(exchange, Correlation.current().toString()));

        HttpResponse<String> response = get("/plain/7", "X-Correlation-ID", "a");

        assertThat(response.body()).doesNotContain("a=").contains("{}");
        assertThat(response.headers().map()).doesNotContainKey("X-Correlation-ID");
    }

    @Test
    void aFailureThatTheHandlerAnswersItselfIsLoggedAsOne() throws Exception {
        handler.set(exchange -> {
            exchange.sendResponseHeaders(500, -1);
            exchange.close();
        });

        assertThat(get("/accounts/7").statusCode()).isEqualTo(500);
        assertThat(logged()).containsEntry("outcome", "failure");
        assertThat(lines.only().getLevel()).isEqualTo(Level.ERROR);
    }

    @RepeatedTest(10)
    void aClientThatStillSendsGetsItsProblem() throws Exception {
        failing(new NoSuchAccount());

        HttpResponse<String> response = client.send(
                request("/accounts/7")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[5_000_000]))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains("not-found");
    }

    @Test
    void aRequestThatTheHandlerHasClosedIsAnsweredToo() throws Exception {
        handler.set(exchange -> {
            exchange.getRequestBody().close();
            throw new NoSuchAccount();
        });

        assertThat(get("/accounts/7").statusCode()).isEqualTo(404);
    }
}
