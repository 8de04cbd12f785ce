package com.portfolio.infra.utilities.middleware;

import com.portfolio.infra.ports.event.Correlation;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;

/**
 * Middleware around the servlets of a Jakarta Servlet container: what {@link MiddlewareHttpHandler} is for the JDK's
 * server.
 *
 * <pre>{@code
 * FilterRegistration.Dynamic filter = context.addFilter("middleware", new MiddlewareServletFilter(chain));
 * filter.setAsyncSupported(true);
 * filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC), false, "/*");
 * }</pre>
 *
 * <p>What comes after the filter runs in a {@link Correlation} scope: that of the header {@value #CORRELATION_HEADER} if
 * it has 1 to 128 printable ASCII characters, else of a new id; the response has the header too. It runs in the trace
 * of the headers {@code traceparent} and {@code tracestate}, or in a new one.
 *
 * <p>If the chain has an {@link ErrorHandlingMiddleware}, whatever is thrown is answered with a {@link Problem}, and
 * with {@code Retry-After} if it is a 503 that may pass; headers and cookies that were set are kept unless they describe
 * a body. If the response is committed already, a line is logged and an {@link IOException} without the failure is
 * thrown, upon which the container closes the connection. An {@link Error} that was answered is thrown on. Without an
 * {@code ErrorHandlingMiddleware} failures are thrown as they are; the container answers, and the call has no status.
 *
 * <p>An asynchronous request is over when its asynchronous context is complete, on whatever thread; what its context
 * reports by {@code onError} is its failure, and the container answers that, or a listener of the service's own. Scopes
 * leave the thread when the filter returns. A dispatch of such a request is part of it, if the filter is mapped for
 * {@code ASYNC}: it has the same correlation, with the trace that goes along with it, and its failures are answered. A
 * tracer that the chain follows, and what logging knows of the call, are not on its thread.
 *
 * <p>Forwards, includes and error pages of a request are no requests of their own. Requests of another protocol than
 * HTTP pass through. Thread-safe. The class needs {@code jakarta.servlet-api} 6, which nothing else of the library does.
 */
public final class MiddlewareServletFilter implements Filter {

    /** The header with the correlation id. */
    public static final String CORRELATION_HEADER = HttpCalls.CORRELATION_HEADER;

    private static final String EXCHANGE = MiddlewareServletFilter.class.getName() + ".exchange";

    private final MiddlewareChain chain;
    private final Optional<String> route;

    /** Around servlets whose path in the container, such as {@code /accounts/*}, is the route. */
    public MiddlewareServletFilter(MiddlewareChain chain) {
        this(chain, Optional.empty());
    }

    /**
     * Around the servlets of one route.
     *
     * @param route the template of the paths that they answer, such as {@code /accounts/{id}}, for logs and metrics
     */
    public MiddlewareServletFilter(MiddlewareChain chain, String route) {
        this(chain, Optional.of(route));
    }

    private MiddlewareServletFilter(MiddlewareChain chain, Optional<String> route) {
        this.chain = Objects.requireNonNull(chain, "chain");
        this.route = route;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain next)
            throws IOException, ServletException {
        if (chain.isEmpty()
                || !(request instanceof HttpServletRequest httpRequest)
                || !(response instanceof HttpServletResponse httpResponse)) {
            next.doFilter(request, response);
        } else if (request.getAttribute(EXCHANGE) instanceof ServletExchange begun) {
            begun.goOn(httpRequest, httpResponse, next);
        } else {
            begin(httpRequest, httpResponse, next);
        }
    }

    private void begin(HttpServletRequest request, HttpServletResponse response, FilterChain next)
            throws IOException, ServletException {
        ServletExchange exchange = new ServletExchange(chain, request, response);
        request.setAttribute(EXCHANGE, exchange);
        String correlationId = HttpCalls.correlationId(request.getHeader(CORRELATION_HEADER));
        response.setHeader(CORRELATION_HEADER, correlationId);
        Correlation.Scope scope = Correlation.open(correlationId);
        try {
            exchange.begin(route, next);
        } finally {
            scope.close();
        }
    }
}
