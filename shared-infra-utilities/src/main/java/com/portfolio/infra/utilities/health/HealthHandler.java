package com.portfolio.infra.utilities.health;

import com.portfolio.infra.ports.event.WellFormed;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of the health of a service over HTTP, for a server that is there already. {@link HealthServer} is one.
 *
 * <pre>{@code
 * server.createContext("/health", HealthHandler.of(health));
 * }</pre>
 *
 * <p>Below the path of its context it answers to {@code GET} and {@code HEAD}:
 *
 * <ul>
 *   <li>the path itself: all checks
 *   <li>{@code /live}: those of {@link HealthGroup#LIVENESS}
 *   <li>{@code /ready}: those of {@link HealthGroup#READINESS}
 *   <li>{@code /started}: those of {@link HealthGroup#STARTUP}
 * </ul>
 *
 * <p>The answer is 503 if the status is {@code DOWN}, and 200 otherwise. It is {@code application/health+json} as in
 * draft-inadarei-api-health-check-06, or, for who asks for {@code text/html}, as a browser does, a page that needs
 * nothing else, runs no script, and loads itself anew every 10 s. Neither may be kept by a cache. It tells the name,
 * status and times of each check; reasons and details only if it was told to by {@link #showingDetails()}.
 *
 * <p>Thread-safe. The server needs more than one thread, as an answer may take as long as the longest time limit of a
 * check.
 */
public final class HealthHandler implements HttpHandler {

    private static final Logger LOG = LoggerFactory.getLogger(HealthHandler.class);
    private static final String HTML = "text/html; charset=utf-8";
    private static final String TEXT = "text/plain; charset=utf-8";

    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int INTERNAL_ERROR = 500;
    private static final int UNAVAILABLE = 503;

    private final HealthCheckRegistry registry;
    private final boolean details;
    private final Optional<String> service;

    private HealthHandler(HealthCheckRegistry registry, boolean details, Optional<String> service) {
        this.registry = registry;
        this.details = details;
        this.service = service;
    }

    /** Tells what a registry knows, without reasons and details. */
    public static HealthHandler of(HealthCheckRegistry registry) {
        return new HealthHandler(Objects.requireNonNull(registry, "registry"), false, Optional.empty());
    }

    /** The same, that tells reasons and details too. They are for those who run the service, and not for everybody. */
    public HealthHandler showingDetails() {
        return showingDetails(true);
    }

    /** The same, that tells reasons and details or not. */
    public HealthHandler showingDetails(boolean shown) {
        return new HealthHandler(registry, shown, service);
    }

    /** The same, that names the service: {@code serviceId} in JSON, and the heading of the page. */
    public HealthHandler service(String name) {
        return new HealthHandler(registry, details, Optional.of(WellFormed.require(name, "the name of a service")));
    }

    private record Answer(int status, String type, String body) {}

    private static final Answer NOTHING_HERE = new Answer(NOT_FOUND, TEXT, "There is nothing at this address.\n");

    /** For what is beside the path of health. */
    static void nothingHere(HttpExchange exchange) throws IOException {
        try (exchange) {
            send(exchange, NOTHING_HERE);
        }
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            send(exchange, answer(exchange));
        }
    }

    private Answer answer(HttpExchange exchange) {
        try {
            Optional<HealthView> view = view(exchange);
            if (view.isEmpty()) {
                return NOTHING_HERE;
            }
            if (!isRead(exchange)) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                return new Answer(METHOD_NOT_ALLOWED, TEXT, "Only GET and HEAD are answered here.\n");
            }
            Answer answer = report(exchange, view.get());
            LOG.atTrace()
                    .addArgument(exchange.getRequestURI()::getRawPath)
                    .addArgument(answer.status())
                    .addArgument(() -> Sentences.oneLine(answer.body()))
                    .log("{} is answered {}: {}");
            return answer;
        } catch (RuntimeException e) {
            LOG.error("A question about health could not be answered.", e);
            return new Answer(INTERNAL_ERROR, TEXT, "The health of the service could not be told.\n");
        }
    }

    private static boolean isRead(HttpExchange exchange) {
        return exchange.getRequestMethod().equals("GET") || isHead(exchange);
    }

    private static boolean isHead(HttpExchange exchange) {
        return exchange.getRequestMethod().equals("HEAD");
    }

    private static Optional<HealthView> view(HttpExchange exchange) {
        String path = Objects.requireNonNullElse(exchange.getRequestURI().getPath(), "");
        String base = base(exchange);
        return path.startsWith(base) ? HealthView.at(path.substring(base.length())) : Optional.empty();
    }

    /** The path of the context, without a slash at its end. */
    private static String base(HttpExchange exchange) {
        String path = exchange.getHttpContext().getPath();
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private Answer report(HttpExchange exchange, HealthView view) {
        HealthReport report = view.of(registry);
        int status = report.isDown() ? UNAVAILABLE : OK;
        Headers headers = exchange.getResponseHeaders();
        headers.set("Vary", "Accept");
        List<String> accepted = exchange.getRequestHeaders().getOrDefault("Accept", List.of());
        if (!Accept.prefersHtml(accepted)) {
            return new Answer(status, HealthJson.TYPE, new HealthJson(details, service).write(report));
        }
        headers.set("Content-Security-Policy", HealthPage.CONTENT_SECURITY_POLICY);
        headers.set("Referrer-Policy", "no-referrer");
        return new Answer(status, HTML, new HealthPage(base(exchange), details, service).write(view, report));
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", answer.type());
        headers.set("Cache-Control", "no-store");
        headers.set("X-Content-Type-Options", "nosniff");
        if (isHead(exchange)) {
            headers.set("Content-Length", Integer.toString(body.length));
            exchange.sendResponseHeaders(answer.status(), -1);
            return;
        }
        exchange.sendResponseHeaders(answer.status(), body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
