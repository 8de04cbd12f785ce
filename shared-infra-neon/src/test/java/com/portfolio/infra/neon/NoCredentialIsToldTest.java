package com.portfolio.infra.neon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.portfolio.infra.neon.AccountEvent.Registered;
import com.portfolio.infra.ports.eventstore.EventStore;
import com.portfolio.infra.testing.Eventually;
import com.portfolio.infra.testing.server.FaultyProxy;
import com.portfolio.infra.testing.server.Postgres;
import com.portfolio.infra.testing.server.PostgresDatabase;
import com.portfolio.infra.utilities.bootstrap.Infrastructure;
import com.portfolio.infra.utilities.configuration.InfrastructureConfig;
import com.portfolio.infra.utilities.middleware.ErrorHandlingMiddleware;
import com.portfolio.infra.utilities.middleware.LoggingMiddleware;
import com.portfolio.infra.utilities.middleware.MiddlewareChain;
import com.portfolio.infra.utilities.middleware.TracingMiddleware;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Nothing that a service can print of its infrastructure has a credential in it: not the text of any object that it is
 * made of, not an exception with all that belongs to it, not its health. What is logged meanwhile is searched at the end
 * of the test run.
 */
class NoCredentialIsToldTest {

    private static final String MARK = "hunter2";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final PostgresDatabase postgres = TestDatabases.create();
    private final FaultyProxy proxy = FaultyProxy.to(postgres.address());
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        proxy.close();
        Postgres.shared().dropDatabase(postgres);
    }

    private InfrastructureConfig config(PostgresDatabase database, String... more) {
        List<String> all = new ArrayList<>(List.of(
                "DB_POOL_ACQUIRE_TIMEOUT", "500ms",
                "DB_IN_DOUBT_TIMEOUT", "500ms",
                "RETRY_MAX_ATTEMPTS", "2",
                "HEALTH_INTERVAL", "100ms",
                "HEALTH_DOWN_INTERVAL", "100ms",
                "HEALTH_RETRIES", "1",
                "HEALTH_HTTP_PORT", "0",
                "HEALTH_HTTP_DETAILS", "true"));
        all.addAll(List.of(more));
        return Configured.postgres(database.through(proxy.address()), all.toArray(String[]::new));
    }

    private static Infrastructure open(InfrastructureConfig config) {
        return Infrastructure.builder(config, AccountEvent.CODEC)
                .middleware(MiddlewareChain.of(
                        TracingMiddleware.create(),
                        LoggingMiddleware.builder().payloads(1_000).build(),
                        ErrorHandlingMiddleware.create()))
                .open();
    }

    @Test
    void notByAServiceAtWorkNorByOneWhoseDatabaseIsGone() throws Exception {
        InfrastructureConfig config = config(TestDatabases.asApplication(postgres));
        assertThat(config.eventStore().database().orElseThrow().url().reveal())
                .as("the credential is where it belongs")
                .contains(MARK);
        try (Infrastructure infrastructure = open(config)) {
            EventStore store = infrastructure.eventStore();
            store.append("account-1", List.of(new Registered("ada")));
            assertClean(texts(config, infrastructure), 40);
            assertHealthIsClean(infrastructure, 200);

            proxy.refuse();
            proxy.cutAll();
            Throwable failure = catchThrowable(() -> store.load("account-1"));
            assertThat(failure).isNotNull();
            assertClean(List.of(printed(failure)), 1);
            assertHealthIsClean(infrastructure, 503);
            assertClean(texts(config, infrastructure), 40);
        }
    }

    @Test
    void notByAPasswordThatIsRefused() {
        PostgresDatabase wrong = postgres.as(TestDatabases.APPLICATION, MARK + "-wrong");

        Throwable failure = catchThrowable(() -> open(config(wrong)).close());

        assertThat(failure).hasMessageContaining("password authentication failed");
        assertClean(List.of(printed(failure)), 1);
    }

    @Test
    void notByAConfigurationThatCannotBeUsed() {
        String url = "mysql://app:" + MARK + "@host/shop";

        Throwable failure = catchThrowable(
                () -> Configured.postgres(url, "DATABASE_PASSWORD", MARK, "REDIS_URL", "http://x:" + MARK + "@y"));

        assertThat(failure).hasMessageContaining("DATABASE_URL").hasMessageContaining("REDIS_URL");
        assertClean(List.of(printed(failure)), 1);
    }

    private void assertHealthIsClean(Infrastructure infrastructure, int status) {
        URI uri = infrastructure.healthUri().orElseThrow();
        for (String type : List.of("application/json", "text/html")) {
            HttpResponse<String> told = Eventually.within(PATIENCE)
                    .get(type, () -> get(uri, type), response -> response.statusCode() == status);
            assertClean(List.of(told.body(), told.headers().toString()), 2);
        }
        assertClean(List.of(infrastructure.health().checkAll().toString()), 1);
    }

    private HttpResponse<String> get(URI uri, String type) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri).header("Accept", type).build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static List<String> texts(Object... roots) {
        ObjectGraph graph = new ObjectGraph("com.portfolio.infra.");
        for (Object root : roots) {
            graph.reach(root);
        }
        return graph.texts();
    }

    private static String printed(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }

    private static void assertClean(List<String> texts, int atLeast) {
        assertThat(texts)
                .hasSizeGreaterThanOrEqualTo(atLeast)
                .allSatisfy(text -> assertThat(text).doesNotContainIgnoringCase(MARK));
    }
}
