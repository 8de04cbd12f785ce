package com.portfolio.infra.utilities.middleware;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class MiddlewareHttpHandlerTest extends HttpMiddlewareContract {

    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final AtomicReference<HttpHandler> handler = new AtomicReference<>(exchange -> {});
    private HttpServer server;

    private record ExchangeAnswer(HttpExchange exchange) implements Answer {

        @Override
        public void header(String name, String value) {
            exchange.getResponseHeaders().set(name, value);
        }

        @Override
        public void send(int status, String body) throws IOException {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        }

        @Override
        public void begin(long length, String part) throws IOException {
            exchange.sendResponseHeaders(200, Math.max(0, length));
            exchange.getResponseBody().write(part.getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
        }
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        serve("/accounts", chain());
        serve("/plain", MiddlewareChain.none());
        serve("/without-errors", loggingOnly());
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
    }

    @Override
    String origin() {
        return "http://" + server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort();
    }

    @Override
    String mountedAt() {
        return "";
    }

    @Override
    String route() {
        return "/accounts/{id}";
    }

    @Override
    String correlationHeader() {
        return MiddlewareHttpHandler.CORRELATION_HEADER;
    }

    @Override
    Class<?> tested() {
        return MiddlewareHttpHandler.class;
    }

    @Override
    void serve(Service service) {
        handler.set(exchange -> service.serve(new ExchangeAnswer(exchange)));
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

        assertThatAPostIsCutOff("/without-errors/7");
        assertThat(logged()).containsEntry("outcome", "failure");
    }

    @RepeatedTest(10)
    void aClientThatStillSendsGetsItsProblem() throws Exception {
        failing(new NoSuchAccount());

        HttpResponse<String> response = send(request("/accounts/7")
                .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[5_000_000]))
                .build());

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
