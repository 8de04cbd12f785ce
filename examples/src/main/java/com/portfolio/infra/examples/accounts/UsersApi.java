package com.portfolio.infra.examples.accounts;

import com.portfolio.infra.ports.event.EventEncodingException;
import com.portfolio.infra.ports.projection.Document;
import com.portfolio.infra.ports.projection.DocumentPage;
import com.portfolio.infra.ports.projection.PageRequest;
import com.portfolio.infra.utilities.health.HealthCheckRegistry;
import com.portfolio.infra.utilities.health.HealthHandler;
import com.portfolio.infra.utilities.middleware.ErrorCategory;
import com.portfolio.infra.utilities.middleware.ErrorHandlingMiddleware;
import com.portfolio.infra.utilities.middleware.LoggingMiddleware;
import com.portfolio.infra.utilities.middleware.MiddlewareChain;
import com.portfolio.infra.utilities.middleware.MiddlewareHttpHandler;
import com.portfolio.infra.utilities.middleware.Problem;
import com.portfolio.infra.utilities.middleware.TracingMiddleware;
import com.portfolio.infra.utilities.serialization.JsonDocuments;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Answers over HTTP, to this machine only, and in JSON:
 *
 * <pre>
 * GET  /users?limit=20&amp;after=...   users by id; "next", where there is one, is the next page's "after"
 * GET  /users/{id}                one user
 * GET  /health                    each part, for browsers as a page; 503 if one is down
 * POST /commands                  carries out one command, written as a line of the input is
 * </pre>
 *
 * A request that can't be answered gets problem details (RFC 9457).
 */
final class UsersApi implements AutoCloseable {

    /** Around each request. What was sent is to blame for an argument that is none, and for what can't be stored. */
    private static final MiddlewareChain MIDDLEWARE = MiddlewareChain.of(
            TracingMiddleware.create(),
            LoggingMiddleware.create(),
            ErrorHandlingMiddleware.builder()
                    .map(IllegalArgumentException.class, ErrorCategory.INVALID_INPUT)
                    .map(EventEncodingException.class, ErrorCategory.INVALID_INPUT)
                    .build());

    private static final int THREADS = 8;
    private static final int DEFAULT_LIMIT = 20;
    private static final int SECONDS_TO_FINISH = 1;

    private final Accounts accounts;
    private final JsonDocuments json = JsonDocuments.create();
    private final CommandParser parser = new CommandParser();
    private final HttpServer server;
    private final ExecutorService threads;

    /**
     * Begins to answer.
     *
     * @param port 0 for any that is free
     * @throws CannotStartException if the port is not to be had
     */
    UsersApi(Accounts accounts, HealthCheckRegistry health, int port) throws CannotStartException {
        this.accounts = accounts;
        this.server = open(port);
        this.threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "http");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        on("/users", "GET", "/users", this::users);
        on("/users/", "GET", "/users/{id}", this::user);
        on("/commands", "POST", "/commands", this::command);
        server.createContext(
                "/health", HealthHandler.of(health).service("accounts").showingDetails());
        server.createContext("/", exchange -> send(exchange, nothing()));
        server.start();
    }

    private static HttpServer open(int port) throws CannotStartException {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new CannotStartException(
                    "Port " + port + " can't be used (" + e.getMessage()
                            + "); choose another with --port, or 0 for any that is free.",
                    e);
        }
    }

    /** Where it answers. */
    String address() {
        return "http://" + server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort();
    }

    private record Answer(int status, Object body) {}

    record Users(List<UserView> users, Optional<String> next) {}

    record CommandAnswer(String outcome, Optional<String> reason) {}

    /** Why a request was refused: as RFC 9457 has it, and as the middleware tells of what fails. */
    record Refusal(String title, int status, String detail) {}

    @FunctionalInterface
    private interface Handler {
        Answer handle(HttpExchange exchange) throws IOException;
    }

    /** What fails in a handler, for instance as the database is away, is answered and logged by the middleware. */
    private void on(String path, String method, String route, Handler handler) {
        HttpHandler answering = exchange -> {
            Answer answer;
            if (!path.endsWith("/") && !exchange.getRequestURI().getPath().equals(path)) {
                answer = nothing();
            } else if (!exchange.getRequestMethod().equals(method)) {
                exchange.getResponseHeaders().set("Allow", method);
                answer = refused("Method Not Allowed", 405, "Only " + method + " is answered here.");
            } else {
                answer = handler.handle(exchange);
            }
            send(exchange, answer);
        };
        server.createContext(path, new MiddlewareHttpHandler(answering, MIDDLEWARE, route));
    }

    private Answer users(HttpExchange exchange) {
        Map<String, String> query = query(exchange);
        PageRequest page = PageRequest.first(limit(query.get("limit")));
        String after = query.get("after");
        DocumentPage<UserView> users = accounts.users().list(after == null ? page : page.after(after));
        return new Answer(
                200,
                new Users(
                        users.documents().stream().map(Document::value).toList(),
                        users.next().flatMap(PageRequest::cursor)));
    }

    private Answer user(HttpExchange exchange) {
        String id = exchange.getRequestURI().getPath().substring("/users/".length());
        return accounts.users()
                .find(id)
                .map(user -> new Answer(200, user))
                .orElseGet(() -> refused("Not Found", 404, "There is no user of that id."));
    }

    private Answer command(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(LineReader.MAX_BYTES + 1);
        if (body.length > LineReader.MAX_BYTES) {
            return refused("Content Too Large", 413, "A command has at most " + LineReader.MAX_BYTES + " bytes.");
        }
        AccountCommand command;
        try {
            command = parser.parse(new InputLine(1, new String(body, StandardCharsets.UTF_8)))
                    .command();
        } catch (MalformedLineException e) {
            return refused("Bad Request", 400, "The body " + e.why() + ".");
        }
        Outcome outcome = accounts.service().handle(command);
        if (outcome instanceof Outcome.Rejected rejected) {
            return new Answer(
                    409,
                    new CommandAnswer(
                            "rejected", Optional.of(rejected.rejection().reason())));
        }
        if (outcome instanceof Outcome.GivenUp) {
            return refused("Service Unavailable", 503, "Others keep changing this account; try again.");
        }
        boolean before = outcome instanceof Outcome.AlreadyDone;
        return new Answer(200, new CommandAnswer(before ? "done before" : "accepted", Optional.empty()));
    }

    private static int limit(@Nullable String text) {
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "The limit must be a number from 1 to " + PageRequest.MAX_LIMIT + ".", e);
        }
    }

    private static Answer nothing() {
        return refused("Not Found", 404, "There is nothing at this address.");
    }

    private static Answer refused(String title, int status, String detail) {
        return new Answer(status, new Refusal(title, status, detail));
    }

    private static Map<String, String> query(HttpExchange exchange) {
        String query = exchange.getRequestURI().getRawQuery();
        if (query == null) {
            return Map.of();
        }
        Function<String, String> decode = text -> URLDecoder.decode(text, StandardCharsets.UTF_8);
        return List.of(query.split("&")).stream()
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(
                        pair -> decode.apply(pair[0]),
                        pair -> pair.length > 1 ? decode.apply(pair[1]) : "",
                        (first, second) -> second));
    }

    private void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = (json.write(answer.body()) + "\n").getBytes(StandardCharsets.UTF_8);
        String type = answer.body() instanceof Refusal ? Problem.MEDIA_TYPE : "application/json";
        exchange.getResponseHeaders().set("Content-Type", type);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(answer.status(), head ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            if (!head) {
                out.write(body);
            }
        } finally {
            exchange.close();
        }
    }

    /** Finishes the requests at hand. */
    @Override
    public void close() {
        server.stop(SECONDS_TO_FINISH);
        threads.shutdown();
    }
}
