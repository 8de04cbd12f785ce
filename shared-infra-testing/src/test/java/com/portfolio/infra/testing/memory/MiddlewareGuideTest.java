package com.portfolio.infra.testing.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.ports.eventstore.EventStore;
import com.portfolio.infra.testing.memory.AccountEvent.Registered;
import com.portfolio.infra.utilities.middleware.Call;
import com.portfolio.infra.utilities.middleware.CallKind;
import com.portfolio.infra.utilities.middleware.CallObservationConvention;
import com.portfolio.infra.utilities.middleware.ErrorCategory;
import com.portfolio.infra.utilities.middleware.ErrorDescription;
import com.portfolio.infra.utilities.middleware.ErrorHandlingMiddleware;
import com.portfolio.infra.utilities.middleware.LoggingMiddleware;
import com.portfolio.infra.utilities.middleware.MetricsMiddleware;
import com.portfolio.infra.utilities.middleware.MiddlewareChain;
import com.portfolio.infra.utilities.middleware.MiddlewareEventStore;
import com.portfolio.infra.utilities.middleware.MiddlewareHttpHandler;
import com.portfolio.infra.utilities.middleware.Problem;
import com.portfolio.infra.utilities.middleware.TracingMiddleware;
import com.portfolio.infra.utilities.resilience.Resilience;
import com.portfolio.infra.utilities.resilience.ResilientEventStore;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.observation.ObservationRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The snippets and tables of docs/middleware.md. */
class MiddlewareGuideTest {

    private static final Path GUIDE = Path.of("..", "docs", "middleware.md");
    private static final Path THIS =
            Path.of("src/test/java", MiddlewareGuideTest.class.getName().replace('.', '/') + ".java");
    private static final Pattern SNIPPET = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern BLANK_LINE = Pattern.compile("\n\n");

    private final InMemoryEventStore memory = new InMemoryEventStore(AccountEvent.CODEC);
    private final ObservationRegistry registry = ObservationRegistry.create();

    private static final class UnknownAccount extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    private static final class InvalidOrder extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    private static final class Client {

        String find(String address) {
            return "the place of " + address;
        }

        CompletionStage<String> findAsync(String address) {
            return CompletableFuture.completedFuture(find(address));
        }
    }

    @Test
    void aStoreHasMiddlewareByTwoStatements() {
        Resilience resilience = Resilience.of("database");
        MiddlewareChain chain = MiddlewareChain.of(
                TracingMiddleware.create(),
                new MetricsMiddleware(registry),
                LoggingMiddleware.create(),
                ErrorHandlingMiddleware.create());

        EventStore store = new MiddlewareEventStore(new ResilientEventStore(memory, resilience), chain, "memory");

        chain.run(Call.of(CallKind.TASK, "close-the-day"), () -> store.append("day-1", List.of(new Registered("Ada"))));
        assertThat(memory.events().get(0).metadata().entries()).containsKey("traceparent");
        resilience.close();
    }

    @Test
    void anyCallHasIt() {
        MetricsMiddleware metrics = new MetricsMiddleware(registry, CallObservationConvention.withSameTagsAlways());
        MiddlewareChain chain = MiddlewareChain.of(metrics);
        Client client = new Client();
        String address = "Main Street 1";
        Call find = Call.of(CallKind.OTHER, "find").system("geocoder");

        String place = chain.call(find.detail("address", address), () -> client.find(address));
        CompletionStage<String> later = chain.callAsync(find, () -> client.findAsync(address));

        assertThat(place).isEqualTo("the place of Main Street 1");
        assertThat(later.toCompletableFuture().join()).isEqualTo(place);
    }

    private static ErrorHandlingMiddleware errors() {
        ErrorHandlingMiddleware errors = ErrorHandlingMiddleware.builder()
                .map(UnknownAccount.class, ErrorCategory.NOT_FOUND)
                .map(
                        InvalidOrder.class,
                        e -> ErrorDescription.of(ErrorCategory.INVALID_INPUT)
                                .code("invalid-order")
                                .error("/amount", "must be positive"))
                .build();
        return errors;
    }

    @Test
    void whatEscapesAHandlerIsAProblem() throws Exception {
        HttpHandler accounts = exchange -> {
            throw new InvalidOrder();
        };
        MiddlewareChain chain = MiddlewareChain.of(TracingMiddleware.create(), errors());
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/accounts", new MiddlewareHttpHandler(accounts, chain, "/accounts/{id}"));
        server.start();

        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/accounts/7"))
                .header("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        server.stop(0);

        assertThat(response.headers().firstValue("Content-Type")).contains(Problem.MEDIA_TYPE);
        String guide = Files.readString(GUIDE);
        String example = guide.substring(guide.indexOf("```json") + "```json".length());
        assertThat(response.body().replaceAll("\\s", ""))
                .isEqualTo(example.substring(0, example.indexOf("```")).replaceAll("\\s", ""));
    }

    @Test
    void theTableOfMetricsIsSo() throws IOException {
        CallObservationConvention names = new CallObservationConvention();
        String guide = Files.readString(GUIDE);
        for (CallKind kind : CallKind.values()) {
            assertThat(guide).contains("| `" + kind + "` | `" + names.nameFor(kind) + "` |");
        }
    }

    @Test
    void theTableOfCategoriesIsSo() throws IOException {
        String guide = Files.readString(GUIDE);
        for (ErrorCategory category : ErrorCategory.values()) {
            assertThat(guide)
                    .contains("| `" + category + "` | " + category.status() + " | "
                            + (category.retryable() ? "yes" : "no") + " |");
        }
    }

    @Test
    void everySnippetOfTheGuideStandsHere() throws IOException {
        String here = Files.readString(THIS).replaceAll("\\s", "");
        Matcher snippets = SNIPPET.matcher(Files.readString(GUIDE));
        int found = 0;
        while (snippets.find()) {
            BLANK_LINE
                    .splitAsStream(snippets.group(1))
                    .forEach(part -> assertThat(here).contains(part.replaceAll("\\s", "")));
            found++;
        }

        assertThat(found).isEqualTo(6);
    }
}
