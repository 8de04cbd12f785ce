package com.portfolio.infra.utilities.middleware;

import com.portfolio.infra.ports.event.Correlation;
import com.portfolio.infra.ports.event.Metadata;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request of a servlet container, from the filter's first sight of it until it is over. */
final class ServletExchange implements AsyncListener {

    private static final Logger LOG = LoggerFactory.getLogger(MiddlewareServletFilter.class);

    /** A session's id stands in the paths of clients without cookies, and opens the session to who reads it in a log. */
    private static final Pattern SESSION_ID = Pattern.compile("(?i);jsessionid=[^/;]*");

    private final MiddlewareChain chain;
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final String path;
    private final CompletableFuture<ServletExchange> complete = new CompletableFuture<>();
    private volatile boolean asynchronous;
    private volatile Metadata metadata = Metadata.empty();
    private volatile @Nullable Throwable failure;
    private volatile boolean answered;

    ServletExchange(MiddlewareChain chain, HttpServletRequest request, HttpServletResponse response) {
        this.chain = chain;
        this.request = request;
        this.response = response;
        String uri = request.getRequestURI();
        this.path = uri == null ? "" : SESSION_ID.matcher(uri).replaceAll("");
    }

    /** Runs what comes after the filter, as a call. */
    void begin(Optional<String> route, FilterChain next) throws IOException, ServletException {
        ServletAnswer answer = new ServletAnswer(chain, path, response);
        // The stage tells the middleware and nobody else.
        CompletionStage<ServletExchange> unused = chain.callAsync(call(route), () -> {
            metadata = Correlation.current();
            try {
                next.doFilter(new Watched(request, this), response);
            } catch (Throwable e) {
                // In here, so that answering is measured too, and the status is known.
                answer(answer, e, request);
                return CompletableFuture.failedFuture(e);
            }
            return asynchronous ? complete : CompletableFuture.completedFuture(this);
        });
        answer.throwOn();
    }

    /** Runs a later dispatch of the same request: part of its call. */
    void goOn(HttpServletRequest dispatched, HttpServletResponse to, FilterChain next)
            throws IOException, ServletException {
        if (dispatched.getDispatcherType() != DispatcherType.ASYNC) {
            next.doFilter(dispatched, to);
            return;
        }
        ServletAnswer answer = new ServletAnswer(chain, path, to);
        Correlation.Scope scope = Correlation.open(metadata);
        try {
            next.doFilter(dispatched, to);
        } catch (Throwable e) {
            answer(answer, e, dispatched);
        } finally {
            scope.close();
        }
        answer.throwOn();
    }

    private void answer(ServletAnswer answer, Throwable thrown, HttpServletRequest to) {
        failure = thrown;
        answer.give(thrown, to.getMethod().equals("HEAD"));
        answered = answer.isGiven();
        if (answered && to.isAsyncStarted()) {
            try {
                to.getAsyncContext().complete();
            } catch (IllegalStateException e) {
                // The service, on another thread, was faster: what had to be done is done.
                LOG.debug("The request to {} was completed meanwhile.", path, e);
            }
        }
    }

    private Call call(Optional<String> route) {
        CallDraft draft =
                HttpCalls.draft(request.getMethod(), request.isSecure(), route.orElseGet(this::mapping), path);
        return HttpCalls.call(
                draft, headers(HttpCalls.TRACEPARENT_HEADER), headers(HttpCalls.TRACESTATE_HEADER), this::status);
    }

    /** The path of the servlet, as the conventions want it: with that of the application. */
    private String mapping() {
        String pattern = request.getHttpServletMapping().getPattern();
        return request.getContextPath() + (pattern.isEmpty() ? "/" : pattern);
    }

    private @Nullable List<String> headers(String name) {
        Enumeration<String> values = request.getHeaders(name);
        return values == null ? null : Collections.list(values);
    }

    private Optional<String> status() {
        // What the container makes of a failure that is thrown at it is not known yet.
        boolean open = failure != null && !answered && !response.isCommitted();
        return open ? Optional.empty() : Optional.of(Integer.toString(response.getStatus()));
    }

    private void watch(AsyncContext context) {
        asynchronous = true;
        context.addListener(this);
    }

    @Override
    public void onComplete(AsyncEvent event) {
        Throwable failed = failure;
        if (failed == null) {
            complete.complete(this);
        } else {
            complete.completeExceptionally(failed);
        }
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        // Whoever answers it, a listener of the service's own or the container, does so by a status.
    }

    @Override
    public void onError(AsyncEvent event) {
        Throwable thrown = event.getThrowable();
        if (thrown != null && failure == null) {
            failure = thrown;
        }
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // Begun once more by a dispatch: the container has forgotten its listeners.
        event.getAsyncContext().addListener(this);
    }

    /** Tells when a request becomes asynchronous: afterwards a container may say that it is not, being dispatched. */
    private static final class Watched extends HttpServletRequestWrapper {

        private final ServletExchange exchange;

        Watched(HttpServletRequest request, ServletExchange exchange) {
            super(request);
            this.exchange = exchange;
        }

        @Override
        public AsyncContext startAsync() {
            AsyncContext context = super.startAsync();
            exchange.watch(context);
            return context;
        }

        @Override
        public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
            AsyncContext context = super.startAsync(request, response);
            exchange.watch(context);
            return context;
        }
    }
}
