package com.portfolio.infra.utilities.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.portfolio.infra.ports.health.HealthResult;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HealthServerTest {

    private static final HealthCheckSettings ANEW = HealthCheckSettings.defaults()
            .interval(Duration.ZERO)
            .downInterval(Duration.ZERO)
            .failureThreshold(1);
    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    private final Probe database = new Probe();
    private final Probe deadlock = new Probe();
    private final HealthCheckRegistry registry = new HealthCheckRegistry(ANEW);
    private final HealthServer server = HealthServer.start(registry, 0);
    private final HttpClient client = HttpClient.newHttpClient();

    HealthServerTest() {
        registry.register("database", database);
        registry.register("deadlock", deadlock, ANEW.countsFor(HealthGroup.LIVENESS));
        registry.register("warm", HealthResult::up, ANEW.countsFor(HealthGroup.STARTUP));
    }

    @AfterEach
    void close() {
        server.close();
        registry.close();
    }

    private HttpResponse<String> send(String method, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.uri().resolve(path))
                .method(method, BodyPublishers.noBody())
                .timeout(Duration.ofSeconds(60));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send("GET", path);
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    @Test
    void healthIsToldAsJson() throws Exception {
        HttpResponse<String> answer = get("/health");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "Content-Type")).isEqualTo("application/health+json");
        assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
        assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(answer, "Vary")).isEqualTo("Accept");
        assertThat(answer.body())
                .startsWith("{\"status\":\"pass\",\"checks\":{\"database:responseTime\":[")
                .contains("deadlock:responseTime", "warm:responseTime");
    }

    @Test
    void eachGroupHasItsOwnPathAndItsOwnStatus() throws Exception {
        database.isDown();

        assertThat(get("/health").statusCode()).isEqualTo(503);
        assertThat(get("/health").body()).startsWith("{\"status\":\"fail\"");
        assertThat(get("/health/ready").statusCode()).isEqualTo(503);
        assertThat(get("/health/ready").body()).contains("database").doesNotContain("deadlock", "warm");
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/health/live").body()).contains("deadlock").doesNotContain("database", "warm");
        assertThat(get("/health/started").statusCode()).isEqualTo(200);
        assertThat(get("/health/started").body()).contains("warm").doesNotContain("database", "deadlock");
        assertThat(get("/health/live/?verbose=1").statusCode()).isEqualTo(200);
    }

    @Test
    void whatIsDegradedOrUnknownIsAWarningAndNoOutage() throws Exception {
        database.finds(HealthResult.degraded("Slow."));

        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
        assertThat(get("/health/ready").body()).startsWith("{\"status\":\"warn\"");
    }

    @Test
    void aServiceThatShutsDownIsAliveAndNotReady() throws Exception {
        registry.shutdown();

        assertThat(get("/health/ready").statusCode()).isEqualTo(503);
        assertThat(get("/health/ready").body()).contains("The service is shutting down.");
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void reasonsAndDetailsAreToldOnlyWhenThatIsConfigured() throws Exception {
        database.finds(HealthResult.down("At db.internal.").with("schema", "accounts"));
        for (String accept : List.of("*/*", BROWSER)) {
            assertThat(send("GET", "/health", "Accept", accept).body()).doesNotContain("db.internal", "schema");
        }

        try (HealthServer telling =
                HealthServer.start(HealthHandler.of(registry).showingDetails().service("accounts"), 0)) {
            for (String accept : List.of("*/*", BROWSER)) {
                HttpRequest request = HttpRequest.newBuilder(telling.uri())
                        .header("Accept", accept)
                        .build();
                assertThat(client.send(request, BodyHandlers.ofString()).body())
                        .contains("At db.internal.", "schema", "accounts");
            }
        }
    }

    @Test
    void aBrowserIsGivenAPage() throws Exception {
        database.isDown();

        HttpResponse<String> answer = send("GET", "/health", "Accept", BROWSER);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(header(answer, "Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(header(answer, "Content-Security-Policy")).isEqualTo(HealthPage.CONTENT_SECURITY_POLICY);
        assertThat(header(answer, "Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
        assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.body()).contains("<h2>database</h2>", "href=\"/health/live\"");
        assertThat(send("GET", "/health/live", "Accept", BROWSER).body()).contains("<h2>deadlock</h2>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/health/live", "/health/nothing", "/nothing"})
    void aHeadIsAnsweredLikeAGetWithoutABody(String path) throws Exception {
        HttpResponse<String> head = send("HEAD", path);
        HttpResponse<String> get = get(path);

        assertThat(head.statusCode()).isEqualTo(get.statusCode());
        assertThat(head.body()).isEmpty();
        assertThat(header(head, "Content-Type")).isEqualTo(header(get, "Content-Type"));
        assertThat(Integer.parseInt(header(head, "Content-Length")))
                .isCloseTo(get.body().length(), Offset.offset(20));
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "PATCH", "get"})
    void nothingCanBeDoneToHealth(String method) throws Exception {
        HttpResponse<String> answer = send(method, "/health/ready");

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(header(answer, "Allow")).isEqualTo("GET, HEAD");
        assertThat(database.calls()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/healthy",
                "/health/nothing",
                "/health/live/x",
                "/health//live",
                "/healthlive",
                "/health/Live"
            })
    void elsewhereThereIsNothing(String path) throws Exception {
        HttpResponse<String> answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(header(answer, "Content-Type")).startsWith("text/plain");
        assertThat(answer.body()).isEqualTo("There is nothing at this address.\n");
    }

    @Test
    void anOddRequestIsRefusedAndTheNextAnswered() throws Exception {
        for (String line : List.of("OPTIONS * HTTP/1.1", "GET mailto:x HTTP/1.1", "GET //health HTTP/1.1")) {
            try (Socket socket =
                    new Socket(server.address().getAddress(), server.address().getPort())) {
                socket.setSoTimeout(60_000);
                socket.getOutputStream()
                        .write((line + "\r\nHost: x\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
                // Some of it the JDK's server drops without a word.
                assertThat(answer).matches("(?s)|HTTP/1\\.1 4.*");
            }
        }
        assertThat(get("/health").statusCode()).isEqualTo(200);
    }

    @Test
    void aProbeOfLifeDoesNotWaitForACheckThatHangs() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        database.hangsOn(latch);
        HttpRequest ready =
                HttpRequest.newBuilder(server.uri().resolve("/health/ready")).build();
        List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            waiting.add(client.sendAsync(ready, BodyHandlers.ofString()));
        }

        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        assertThat(waiting).noneMatch(CompletableFuture::isDone);

        latch.countDown();
        for (CompletableFuture<HttpResponse<String>> one : waiting) {
            assertThat(one.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void theServerIsHeardOnThisMachineAlone() {
        assertThat(server.address().getAddress().isLoopbackAddress()).isTrue();
        assertThat(server.uri())
                .isEqualTo(URI.create("http://127.0.0.1:" + server.address().getPort() + "/health"));
    }

    @Test
    void anAddressOfTheNetworkCanBeGiven() throws Exception {
        try (HealthServer open = HealthServer.start(HealthHandler.of(registry), new InetSocketAddress(0))) {
            assertThat(open.address().getAddress().isAnyLocalAddress()).isTrue();
            assertThat(InetAddress.getByName(open.uri().getHost()).isLoopbackAddress())
                    .isTrue();
            HttpRequest request = HttpRequest.newBuilder(open.uri()).build();
            assertThat(client.send(request, BodyHandlers.ofString()).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void aPortThatIsTakenIsNamed() {
        int port = server.address().getPort();

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> HealthServer.start(registry, port))
                .withMessageContaining(String.valueOf(port))
                .withMessageContaining("in use");
    }

    @Test
    void theServerKeepsNoJvmAlive() throws Exception {
        get("/health");

        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().startsWith("health-"))
                .isNotEmpty()
                .allMatch(Thread::isDaemon);
    }

    @Test
    void aServerThatWasClosedIsGone() {
        server.close();
        server.close();

        assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> get("/health"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/internal/health", "/internal/health/", "/"})
    void theHandlerServesBelowAnyPathOfAServerOfTheUsers(String path) throws IOException, InterruptedException {
        HttpServer own = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        own.createContext(path, HealthHandler.of(registry));
        own.start();
        try {
            String base = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
            URI live =
                    server.uri().resolve("http://127.0.0.1:" + own.getAddress().getPort() + base + "/live");
            HttpRequest request =
                    HttpRequest.newBuilder(live).header("Accept", BROWSER).build();
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body())
                    .contains("href=\"" + base + "/ready\"", "href=\"" + (base.isEmpty() ? "/" : base) + "\"");
        } finally {
            own.stop(0);
        }
    }
}
