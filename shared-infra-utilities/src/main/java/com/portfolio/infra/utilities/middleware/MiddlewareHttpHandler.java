package com.portfolio.infra.utilities.middleware;

import com.portfolio.infra.ports.event.Correlation;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A handler of HTTP requests with middleware around it, for the JDK's server.
 *
 * <pre>{@code
 * server.createContext("/accounts", new MiddlewareHttpHandler(accounts, chain, "/accounts/{id}"));
 * }</pre>
 *
 * <p>The handler runs in a {@link Correlation} scope: that of the header {@value #CORRELATION_HEADER} if it has 1 to 128
 * printable ASCII characters, else of a new id; the response has the header too. It runs in the trace of the headers
 * {@code traceparent} and {@code tracestate}, or in a new one.
 *
 * <p>If the chain has an {@link ErrorHandlingMiddleware}, whatever the handler throws is answered with a
 * {@link Problem}, and with {@code Retry-After} if it is a 503 that may pass; headers that the handler had set are kept
 * unless they describe a body. Up to 16 MiB that the handler has left of the request are read then; a client that
 * has more to send may lose the response. If the response has begun already, the connection is closed, so that nobody
 * takes what was sent for all of it, and a line is logged. An {@link Error} that was answered is thrown on. Without an
 * {@code ErrorHandlingMiddleware}, failures are thrown as they are, which closes the connection.
 *
 * <p>A handler that answers later, on another thread, is over for the middleware when it returns. Thread-safe if the
 * handler is.
 */
public final class MiddlewareHttpHandler implements HttpHandler {

    /** The header with the correlation id. */
    public static final String CORRELATION_HEADER = HttpCalls.CORRELATION_HEADER;

    private static final Logger LOG = LoggerFactory.getLogger(MiddlewareHttpHandler.class);

    private static final int NOT_BEGUN = -1;
    private static final int NO_BODY = -1;
    private static final long MOST_READ_ON = 16L << 20;

    private final HttpHandler handler;
    private final MiddlewareChain chain;
    private final Optional<String> route;

    /** Around a handler whose context's path is its route. */
    public MiddlewareHttpHandler(HttpHandler handler, MiddlewareChain chain) {
        this(handler, chain, Optional.empty());
    }

    /**
     * Around a handler.
     *
     * @param route the template of the paths that it answers, such as {@code /accounts/{id}}, for logs and metrics
     */
    public MiddlewareHttpHandler(HttpHandler handler, MiddlewareChain chain, String route) {
        this(handler, chain, Optional.of(route));
    }

    private MiddlewareHttpHandler(HttpHandler handler, MiddlewareChain chain, Optional<String> route) {
        this.handler = Objects.requireNonNull(handler, "handler");
        this.chain = Objects.requireNonNull(chain, "chain");
        this.route = route;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        if (chain.isEmpty()) {
            handler.handle(exchange);
            return;
        }
        String correlationId =
                HttpCalls.correlationId(exchange.getRequestHeaders().getFirst(CORRELATION_HEADER));
        exchange.getResponseHeaders().set(CORRELATION_HEADER, correlationId);
        Correlation.Scope scope = Correlation.open(correlationId);
        try {
            handleIn(exchange);
        } finally {
            scope.close();
        }
    }

    private void handleIn(HttpExchange exchange) throws IOException {
        Answer answer = new Answer();
        try {
            chain.<IOException>run(callOf(exchange), () -> {
                try {
                    handler.handle(exchange);
                } catch (Throwable failure) {
                    // In here, so that answering is measured too, and the status is known.
                    answer(exchange, failure, answer);
                    throw failure;
                }
            });
        } catch (IOException | RuntimeException | Error e) {
            if (answer.broken != null) {
                // The server closes the connection of a handler that throws this; closing the exchange would end the
                // body as if it were complete.
                throw answer.broken;
            }
            if (!answer.given || e instanceof Error) {
                throw e;
            }
        }
    }

    /** What became of answering a failure; of one thread. */
    private static final class Answer {

        private boolean given;
        private @Nullable IOException broken;
    }

    private Call callOf(HttpExchange exchange) {
        boolean encrypted = exchange.getHttpContext().getServer() instanceof HttpsServer;
        Headers headers = exchange.getRequestHeaders();
        CallDraft draft = HttpCalls.draft(
                exchange.getRequestMethod(),
                encrypted,
                route.orElseGet(() -> exchange.getHttpContext().getPath()),
                path(exchange));
        return HttpCalls.call(
                draft,
                headers.get(HttpCalls.TRACEPARENT_HEADER),
                headers.get(HttpCalls.TRACESTATE_HEADER),
                () -> status(exchange));
    }

    private static String path(HttpExchange exchange) {
        String path = exchange.getRequestURI().getRawPath();
        return path == null ? "" : path;
    }

    private static Optional<String> status(HttpExchange exchange) {
        int status = exchange.getResponseCode();
        return status == NOT_BEGUN ? Optional.empty() : Optional.of(Integer.toString(status));
    }

    private void answer(HttpExchange exchange, Throwable failure, Answer answer) {
        Optional<ErrorHandlingMiddleware> errors = chain.errors();
        if (errors.isEmpty()) {
            return;
        }
        if (exchange.getResponseCode() != NOT_BEGUN) {
            answer.broken = HttpCalls.broken(LOG, path(exchange), failure);
            return;
        }
        ErrorDescription error = errors.get().describe(failure);
        try {
            HttpCalls.uninterrupted(() -> send(exchange, errors.get(), error));
            answer.given = true;
        } catch (IOException e) {
            answer.broken = e;
        }
    }

    private void send(HttpExchange exchange, ErrorHandlingMiddleware errors, ErrorDescription error)
            throws IOException {
        Problem problem = errors.problem(error, path(exchange), chain.trace());
        Headers headers = exchange.getResponseHeaders();
        // What the handler said about the response that it did not get to; what it said about the exchange, as CORS
        // does, holds for the problem too.
        headers.keySet().removeIf(HttpCalls::describesTheBody);
        HttpCalls.describe(errors, error, headers::set);
        byte[] body = problem.json().getBytes(StandardCharsets.UTF_8);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(problem.status(), head ? NO_BODY : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
            exchange.getResponseBody().flush();
        }
        readOn(exchange);
        exchange.close();
    }

    /**
     * Reads what the handler has left of the request: a client that still sends when the connection is closed may lose
     * the response.
     */
    private static void readOn(HttpExchange exchange) {
        byte[] buffer = new byte[8_192];
        long left = MOST_READ_ON;
        try {
            InputStream body = exchange.getRequestBody();
            int read = 0;
            while (left > 0 && read >= 0) {
                left -= read;
                read = body.read(buffer);
            }
        } catch (IOException e) {
            // The client has gone, or the handler has closed the body itself: the response is sent as well as may be.
            LOG.debug("The rest of a request could not be read.", RedactedFailure.of(e));
        }
    }
}
