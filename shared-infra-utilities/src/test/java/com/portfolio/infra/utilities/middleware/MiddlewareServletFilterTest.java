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
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MiddlewareServletFilterTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String TRACEPARENT = "00-" + TRACE_ID + "-00f067aa0ba902b7-01";

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ObservationRegistry registry = ObservationRegistry.create();
    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newSingleThreadExecutor();
    private final AtomicReference<Service> service = new AtomicReference<>((request, response) -> {});
    private final LoggedLines lines = new LoggedLines(LoggingMiddleware.class, Level.DEBUG);
    private final Server server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

    @FunctionalInterface
    private interface Service {

        void serve(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException;
    }

    private static final class Delegating extends HttpServlet {

        private static final long serialVersionUID = 1L;

        private final transient AtomicReference<Service> service;

        Delegating(AtomicReference<Service> service) {
            this.service = service;
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            service.get().serve(request, response);
        }
    }

    private static final class NoSuchAccount extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NoSuchAccount() {
            super("There is no account 7 (password=swordfish).");
        }
    }

    @BeforeEach
    void start() throws Exception {
        registry.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
        MiddlewareChain chain = MiddlewareChain.of(
                TracingMiddleware.create(),
                new MetricsMiddleware(registry),
                LoggingMiddleware.create(),
                ErrorHandlingMiddleware.builder()
                        .map(NoSuchAccount.class, ErrorCategory.NOT_FOUND)
                        .build());
        ServletContextHandler context = new ServletContextHandler("/bank", ServletContextHandler.SESSIONS);
        serve(context, "/accounts/*", new MiddlewareServletFilter(chain));
        serve(context, "/routed/*", new MiddlewareServletFilter(chain, "/routed/{id}"));
        serve(context, "/plain/*", new MiddlewareServletFilter(MiddlewareChain.none()));
        serve(
                context,
                "/without-errors/*",
                new MiddlewareServletFilter(MiddlewareChain.of(LoggingMiddleware.create())));
        server.setHandler(context);
        server.start();
    }

    private void serve(ServletContextHandler context, String path, MiddlewareServletFilter filter) {
        ServletHolder servlet = new ServletHolder(new Delegating(service));
        servlet.setAsyncSupported(true);
        context.addServlet(servlet, path);
        FilterHolder holder = new FilterHolder(filter);
        holder.setAsyncSupported(true);
        context.addFilter(
                holder, path, EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.FORWARD));
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
        threads.shutdownNow();
        lines.close();
    }

    private HttpRequest.Builder request(String path) {
        int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/bank" + path));
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = request(path);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private void failing(RuntimeException failure) {
        service.set((request, response) -> {
            response.setHeader("Content-Encoding", "gzip");
            response.setHeader("ETag", "of something else");
            response.setHeader("Access-Control-Allow-Origin", "*");
            response.addCookie(new Cookie("a", "1"));
            response.addCookie(new Cookie("b", "2"));
            response.getWriter().write("half of ");
            throw failure;
        });
    }

    private static void working(ServletResponse response) throws IOException {
        TraceContext trace = Traces.current().orElseThrow();
        response.getWriter()
                .write(Correlation.current().correlationId().orElse("") + " " + trace.traceId() + " "
                        + trace.parentId().equals("00f067aa0ba902b7") + " "
                        + trace.tracestate().orElse(""));
    }

    /** The container may answer before the filter has returned. */
    private Map<String, Object> logged() {
        Awaitility.await().until(() -> !lines.all().isEmpty());
        return LoggedLines.values(lines.only());
    }

    private double count(String route, String status) {
        logged();
        return meters.get("http.server.request.duration")
                .tag("http.route", route)
                .tag("http.response.status_code", status)
                .timer()
                .count();
    }

    @Test
    void aRequestRunsInItsTraceAndItsCorrelation() throws Exception {
        service.set((request, response) -> working(response));

        HttpResponse<String> response = get(
                "/accounts/7;jsessionid=secret",
                "traceparent",
                TRACEPARENT,
                "tracestate",
                "vendor=1",
                MiddlewareServletFilter.CORRELATION_HEADER,
                "request-1");

        assertThat(response.body()).isEqualTo("request-1 " + TRACE_ID + " false vendor=1");
        assertThat(response.headers().firstValue("X-Correlation-ID")).contains("request-1");
        assertThat(logged())
                .containsEntry("http.request.method", "GET")
                .containsEntry("http.response.status_code", "200")
                .containsEntry("http.route", "/bank/accounts/*")
                .containsEntry("url.path", "/bank/accounts/7")
                .containsEntry("url.scheme", "http");
        assertThat(lines.only().getMDCPropertyMap())
                .containsEntry("correlationId", "request-1")
                .containsEntry("traceId", TRACE_ID);
        assertThat(count("/bank/accounts/*", "200")).isEqualTo(1);
    }

    @Test
    void aRouteThatIsGivenIsTheRoute() throws Exception {
        service.set((request, response) -> response.setStatus(204));

        assertThat(get("/routed/7").statusCode()).isEqualTo(204);
        assertThat(count("/routed/{id}", "204")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"with spaces", ""})
    void aCorrelationIdThatIsNoneIsReplaced(String header) throws Exception {
        service.set((request, response) ->
                response.getWriter().write(Correlation.current().correlationId().orElse("")));

        HttpResponse<String> response = get("/accounts/7", "X-Correlation-ID", header);

        assertThat(response.body()).matches("[0-9a-f-]{36}");
        assertThat(response.headers().allValues("X-Correlation-ID")).containsExactly(response.body());
    }

    @Test
    void noScopeIsLeftOnTheThread() throws Exception {
        AtomicReference<Thread> thread = new AtomicReference<>();
        service.set((request, response) -> thread.set(Thread.currentThread()));
        get("/accounts/7");
        service.set((request, response) ->
                response.getWriter().write(Correlation.current().toString()));

        assertThat(get("/plain/7").body()).contains("{}");
        assertThat(thread).doesNotHaveNullValue();
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
        assertThat(response.headers().allValues("Set-Cookie")).containsExactlyInAnyOrder("a=1", "b=2");
        assertThat(JSON.readTree(response.body())).isEqualTo(JSON.readTree("""
                        {"type": "about:blank", "title": "Not Found", "status": 404,
                         "detail": "There is no account 7 (password=***", "instance": "/bank/accounts/7",
                         "code": "not-found", "retryable": false, "traceId": "%s"}
                        """.formatted(TRACE_ID)));
        assertThat(logged()).containsEntry("http.response.status_code", "404").containsEntry("category", "NOT_FOUND");
        assertThat(count("/bank/accounts/*", "404")).isEqualTo(1);
    }

    @Test
    void theSessionThatTheServletBeganIsKeptOnce() throws Exception {
        service.set((request, response) -> {
            assertThat(request.getSession()).isNotNull();
            throw new NoSuchAccount();
        });

        HttpResponse<String> response = get("/accounts/7");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().allValues("Set-Cookie")).hasSize(1);
    }

    @Test
    void theCauseOfAServletExceptionDecides() throws Exception {
        service.set((request, response) -> {
            throw new ServletException(new NoSuchAccount());
        });

        assertThat(get("/accounts/7").statusCode()).isEqualTo(404);
    }

    @Test
    void whatMayPassSaysWhenToComeBack() throws Exception {
        failing(new EventStoreUnavailableException("The database is away.", null));

        HttpResponse<String> response = get("/accounts/7");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).contains("5");
    }

    @Test
    void anErrorIsAnsweredToo() throws Exception {
        service.set((request, response) -> {
            throw new AssertionError("broken");
        });

        HttpResponse<String> response = get("/accounts/7");

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(JSON.readTree(response.body()).get("code").asText()).isEqualTo("internal");
    }

    @Test
    void anInterruptedServletIsAnsweredToo() throws Exception {
        service.set((request, response) -> {
            Thread.currentThread().interrupt();
            throw new CancellationException("stopping");
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
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 100})
    void aCommittedResponseIsCutOffAndNotTakenForComplete(int length) throws Exception {
        service.set((request, response) -> {
            if (length >= 0) {
                response.setContentLength(length);
            }
            response.getOutputStream().print("half of ");
            response.flushBuffer();
            throw new AssertionError("password=swordfish");
        });
        try (LoggedLines ended = new LoggedLines(MiddlewareServletFilter.class, Level.INFO)) {
            HttpRequest post = request("/accounts/7")
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build();
            assertThatThrownBy(() -> client.send(post, HttpResponse.BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class);

            assertThat(logged()).containsEntry("http.response.status_code", "200");
            assertThat(ended.only().getFormattedMessage())
                    .isEqualTo("The handler of /bank/accounts/7 failed after its response had begun; the connection"
                            + " is closed.");
            assertThat(LoggedLines.stackTrace(ended.only()))
                    .contains("password=***")
                    .doesNotContain("swordfish");
        }
    }

    @Test
    void withoutErrorHandlingTheContainerAnswers() throws Exception {
        service.set((request, response) -> {
            throw new IllegalStateException("broken");
        });

        HttpResponse<String> response = get("/without-errors/7");

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).doesNotContain("problem");
        assertThat(logged()).containsEntry("outcome", "failure").doesNotContainKey("http.response.status_code");
    }

    @Test
    void aFailureThatTheServletAnswersItselfIsLoggedAsOne() throws Exception {
        service.set((request, response) -> response.sendError(500));

        assertThat(get("/accounts/7").statusCode()).isEqualTo(500);
        assertThat(logged()).containsEntry("outcome", "failure").containsEntry("http.response.status_code", "500");
    }

    @Test
    void aForwardIsNoRequestOfItsOwn() throws Exception {
        service.set((request, response) -> {
            if (request.getDispatcherType() == DispatcherType.REQUEST) {
                request.getRequestDispatcher("/accounts/8").forward(request, response);
            } else {
                working(response);
            }
        });

        assertThat(get("/accounts/7", "traceparent", TRACEPARENT).body()).contains(TRACE_ID);
        assertThat(logged()).containsEntry("url.path", "/bank/accounts/7");
    }

    @Test
    void anAsynchronousRequestIsOverWhenItsContextIsComplete() throws Exception {
        AtomicInteger before = new AtomicInteger(-1);
        service.set((request, response) -> {
            AsyncContext context = request.startAsync();
            Thread container = Thread.currentThread();
            threads.execute(() -> {
                Awaitility.await().until(() -> container.getState() != Thread.State.RUNNABLE);
                before.set(lines.all().size());
                ((HttpServletResponse) context.getResponse()).setStatus(202);
                context.complete();
            });
        });

        assertThat(get("/accounts/7", "X-Correlation-ID", "request-1").statusCode())
                .isEqualTo(202);
        assertThat(logged()).containsEntry("http.response.status_code", "202");
        assertThat(before).hasValue(0);
        assertThat(lines.only().getMDCPropertyMap()).containsEntry("correlationId", "request-1");
    }

    @Test
    void aDispatchOfAnAsynchronousRequestHasItsTraceAndItsCorrelation() throws Exception {
        service.set((request, response) -> {
            if (request.getDispatcherType() == DispatcherType.REQUEST) {
                request.startAsync().dispatch();
            } else {
                working(response);
            }
        });

        HttpResponse<String> response = get("/accounts/7", "traceparent", TRACEPARENT, "X-Correlation-ID", "request-1");

        assertThat(response.body()).isEqualTo("request-1 " + TRACE_ID + " false ");
        assertThat(count("/bank/accounts/*", "200")).isEqualTo(1);
    }

    @Test
    void aFailureOfADispatchIsAnsweredAndIsThatOfTheCall() throws Exception {
        service.set((request, response) -> {
            if (request.getDispatcherType() == DispatcherType.REQUEST) {
                request.startAsync(request, response).dispatch();
            } else {
                throw new NoSuchAccount();
            }
        });

        HttpResponse<String> response = get("/accounts/7", "traceparent", TRACEPARENT);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains(TRACE_ID);
        assertThat(logged()).containsEntry("category", "NOT_FOUND").containsEntry("http.response.status_code", "404");
    }

    @Test
    void aServletThatFailsAfterItBecameAsynchronousIsAnsweredToo() throws Exception {
        service.set((request, response) -> {
            request.startAsync();
            throw new NoSuchAccount();
        });

        assertThat(get("/accounts/7").statusCode()).isEqualTo(404);
        assertThat(logged()).containsEntry("category", "NOT_FOUND");
    }

    @Test
    void anAsynchronousRequestThatNobodyCompletesEndsByItsTimeout() throws Exception {
        service.set((request, response) -> request.startAsync().setTimeout(50));

        assertThat(get("/accounts/7").statusCode()).isGreaterThanOrEqualTo(500);
        assertThat(logged()).containsEntry("outcome", "failure").containsKey("http.response.status_code");
    }

    @Test
    void anEmptyChainIsNotThere() throws Exception {
        service.set((request, response) ->
                response.getWriter().write(Correlation.current().toString()));

        HttpResponse<String> response = get("/plain/7", "X-Correlation-ID", "a");

        assertThat(response.body()).contains("{}");
        assertThat(response.headers().map()).doesNotContainKey("X-Correlation-ID");
    }

    @Test
    void aRequestOfAnotherProtocolPassesThrough() throws Exception {
        ServletRequest request = unknown(ServletRequest.class);
        ServletResponse response = unknown(ServletResponse.class);
        AtomicReference<List<Object>> passed = new AtomicReference<>();

        new MiddlewareServletFilter(MiddlewareChain.of(LoggingMiddleware.create()))
                .doFilter(request, response, (one, other) -> passed.set(List.of(one.getClass(), other.getClass())));

        assertThat(passed.get()).containsExactly(request.getClass(), response.getClass());
        assertThat(lines.all()).isEmpty();
    }

    /** Nothing may be asked of it. */
    private static <T> T unknown(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            throw new AssertionError(method);
        }));
    }
}
