package com.portfolio.infra.utilities.middleware;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.ports.event.Correlation;
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
import java.net.http.HttpResponse;
import java.util.EnumSet;
import java.util.List;
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

class MiddlewareServletFilterTest extends HttpMiddlewareContract {

    private final ExecutorService threads = Executors.newSingleThreadExecutor();
    private final AtomicReference<Servlet> service = new AtomicReference<>((request, response) -> {});
    private final Server server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

    @FunctionalInterface
    private interface Servlet {

        void serve(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException;
    }

    private static final class Delegating extends HttpServlet {

        private static final long serialVersionUID = 1L;

        private final transient AtomicReference<Servlet> service;

        Delegating(AtomicReference<Servlet> service) {
            this.service = service;
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            service.get().serve(request, response);
        }
    }

    private record ServletAnswer(HttpServletResponse response) implements Answer {

        @Override
        public void header(String name, String value) {
            response.setHeader(name, value);
        }

        @Override
        public void send(int status, String body) throws IOException {
            response.setStatus(status);
            response.getWriter().write(body);
        }

        @Override
        public void begin(long length, String part) throws IOException {
            if (length >= 0) {
                response.setContentLengthLong(length);
            }
            response.getOutputStream().print(part);
            response.flushBuffer();
        }
    }

    @BeforeEach
    void start() throws Exception {
        ServletContextHandler context = new ServletContextHandler("/bank", ServletContextHandler.SESSIONS);
        serve(context, "/accounts/*", new MiddlewareServletFilter(chain()));
        serve(context, "/routed/*", new MiddlewareServletFilter(chain(), "/routed/{id}"));
        serve(context, "/plain/*", new MiddlewareServletFilter(MiddlewareChain.none()));
        serve(context, "/without-errors/*", new MiddlewareServletFilter(loggingOnly()));
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
    }

    @Override
    String origin() {
        return "http://127.0.0.1:" + ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    }

    @Override
    String mountedAt() {
        return "/bank";
    }

    @Override
    String route() {
        return "/bank/accounts/*";
    }

    @Override
    String correlationHeader() {
        return MiddlewareServletFilter.CORRELATION_HEADER;
    }

    @Override
    Class<?> tested() {
        return MiddlewareServletFilter.class;
    }

    @Override
    void serve(Service given) {
        service.set((request, response) -> given.serve(new ServletAnswer(response)));
    }

    @Test
    void aSessionInThePathIsNotTold() throws Exception {
        service.set((request, response) -> response.setStatus(204));

        assertThat(get("/accounts/7;jsessionid=secret").statusCode()).isEqualTo(204);
        assertThat(logged()).containsEntry("url.path", "/bank/accounts/7");
        assertThat(LoggedLines.text(lines.only())).doesNotContain("secret");
    }

    @Test
    void whatTheServletWroteBeforeItFailedIsTakenBackAndItsCookiesAreKept() throws Exception {
        service.set((request, response) -> {
            response.addCookie(new Cookie("a", "1"));
            response.addCookie(new Cookie("b", "2"));
            response.getWriter().write("half of ");
            throw new NoSuchAccount();
        });

        HttpResponse<String> response = get("/accounts/7");

        assertThat(response.headers().allValues("Set-Cookie")).containsExactlyInAnyOrder("a=1", "b=2");
        assertThat(response.body()).startsWith("{");
    }

    @Test
    void aRouteThatIsGivenIsTheRoute() throws Exception {
        service.set((request, response) -> response.setStatus(204));

        assertThat(get("/routed/7").statusCode()).isEqualTo(204);
        assertThat(count("/routed/{id}", "http.response.status_code", "204")).isEqualTo(1);
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
                response.getWriter().write(inWhatItRuns());
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
                response.getWriter().write(inWhatItRuns());
            }
        });

        HttpResponse<String> response = get("/accounts/7", "traceparent", TRACEPARENT, "X-Correlation-ID", "request-1");

        assertThat(response.body()).isEqualTo("request-1 " + TRACE_ID + " false ");
        assertThat(count("/bank/accounts/*", "http.response.status_code", "200"))
                .isEqualTo(1);
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
    void aRequestOfAnotherProtocolPassesThrough() throws Exception {
        ServletRequest request = unknown(ServletRequest.class);
        ServletResponse response = unknown(ServletResponse.class);
        AtomicReference<List<Object>> passed = new AtomicReference<>();

        new MiddlewareServletFilter(loggingOnly())
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
