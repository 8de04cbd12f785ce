package com.portfolio.infra.utilities.middleware;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers what a servlet threw; of one thread. */
final class ServletAnswer {

    private static final Logger LOG = LoggerFactory.getLogger(MiddlewareServletFilter.class);
    private static final String COOKIE = "Set-Cookie";

    private final MiddlewareChain chain;
    private final String path;
    private final HttpServletResponse response;
    private @Nullable Throwable failure;
    private @Nullable IOException broken;
    private boolean given;

    ServletAnswer(MiddlewareChain chain, String path, HttpServletResponse response) {
        this.chain = chain;
        this.path = path;
        this.response = response;
    }

    boolean isGiven() {
        return given;
    }

    /** Answers a failure, if the chain knows how to and if it can be. */
    void give(Throwable thrown, boolean head) {
        failure = thrown;
        Optional<ErrorHandlingMiddleware> errors = chain.errors();
        if (errors.isEmpty()) {
            return;
        }
        if (response.isCommitted()) {
            broken = HttpCalls.broken(LOG, path, thrown);
            return;
        }
        ErrorDescription error = errors.get().describe(thrown);
        try {
            HttpCalls.uninterrupted(() -> send(errors.get(), error, head));
            given = true;
        } catch (IOException e) {
            broken = e;
        } catch (IllegalStateException e) {
            if (!response.isCommitted()) {
                throw e;
            }
            // On another thread, meanwhile.
            broken = HttpCalls.broken(LOG, path, thrown);
        }
    }

    private void send(ErrorHandlingMiddleware errors, ErrorDescription error, boolean head) throws IOException {
        Problem problem = errors.problem(error, path, chain.trace());
        byte[] body = problem.json().getBytes(StandardCharsets.UTF_8);
        Map<String, List<String>> kept = headersOfTheExchange();
        response.reset();
        kept.forEach(this::keep);
        response.setStatus(problem.status());
        HttpCalls.describe(errors, error, response::setHeader);
        response.setContentLength(body.length);
        if (!head) {
            response.getOutputStream().write(body);
        }
        // Now, for the container cuts off what it has not sent yet when something is thrown at it.
        response.getOutputStream().close();
    }

    /** What was said about the exchange, as CORS does, and not about the response that the servlet did not get to. */
    private Map<String, List<String>> headersOfTheExchange() {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (String name : response.getHeaderNames()) {
            if (!HttpCalls.describesTheBody(name)) {
                headers.put(name, List.copyOf(response.getHeaders(name)));
            }
        }
        return headers;
    }

    /** A container sets some headers again by itself, such as the date, and the cookie of the session, be it twice. */
    private void keep(String name, List<String> values) {
        Set<String> all = new LinkedHashSet<>(response.getHeaders(name));
        if (!all.isEmpty() && !name.equalsIgnoreCase(COOKIE)) {
            return;
        }
        all.addAll(values);
        boolean first = true;
        for (String value : all) {
            if (first) {
                response.setHeader(name, value);
            } else {
                response.addHeader(name, value);
            }
            first = false;
        }
    }

    /** Throws what the container has to know. */
    void throwOn() throws IOException, ServletException {
        Throwable thrown = failure;
        IOException incomplete = broken;
        if (incomplete != null) {
            throw incomplete;
        }
        if (thrown == null || (given && !(thrown instanceof Error))) {
            return;
        }
        if (thrown instanceof IOException e) {
            throw e;
        }
        if (thrown instanceof ServletException e) {
            throw e;
        }
        if (thrown instanceof RuntimeException e) {
            throw e;
        }
        if (thrown instanceof Error e) {
            throw e;
        }
        // Other languages throw checked exceptions that nobody declares.
        throw new ServletException(thrown);
    }
}
