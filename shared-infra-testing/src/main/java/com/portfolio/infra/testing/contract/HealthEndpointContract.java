package com.portfolio.infra.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.portfolio.infra.ports.health.HealthResult;
import com.portfolio.infra.testing.memory.SettableHealthCheck;
import com.portfolio.infra.utilities.health.HealthGroup;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.Test;

/** HC.4: health over HTTP. */
public abstract class HealthEndpointContract extends HealthRegistryRules {

    private static final String BROWSER = "text/html,application/xhtml+xml,*/*;q=0.8";

    private final HttpClient client = HttpClient.newHttpClient();
    private final SettableHealthCheck check = new SettableHealthCheck();

    private URI served(boolean details) {
        register("database", check);
        registry().register("deadlock", HealthResult::up, ANEW.countsFor(HealthGroup.LIVENESS));
        return registry().serve(details);
    }

    private HttpResponse<String> ask(String method, URI where, String accept) {
        HttpRequest request = HttpRequest.newBuilder(where)
                .method(method, BodyPublishers.noBody())
                .header("Accept", accept)
                .timeout(fixture().patience())
                .build();
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (Exception e) {
            throw new AssertionError(where + " did not answer: " + e, e);
        }
    }

    private HttpResponse<String> get(URI base, String path) {
        return ask("GET", URI.create(base + path), "*/*");
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return JsonMapper.builder().build().readTree(answer.body());
        } catch (Exception e) {
            throw new AssertionError("The answer is not JSON: " + answer.body(), e);
        }
    }

    @Test
    void hc4_healthIsToldAsHealthJsonThatNobodyKeeps() {
        HttpResponse<String> answer = get(served(false), "");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "Content-Type")).isEqualTo("application/health+json");
        assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
        assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(json(answer).path("status").asText()).isEqualTo("pass");
        assertThat(json(answer).path("checks").size()).isEqualTo(2);
    }

    @Test
    void hc4_whatIsDownIsUnavailableAndWhatIsDegradedIsNot() {
        URI base = served(false);

        check.degraded("Slow.");
        assertThat(get(base, "/ready").statusCode()).isEqualTo(200);
        assertThat(json(get(base, "/ready")).path("status").asText()).isEqualTo("warn");
        check.down("Gone.");
        assertThat(get(base, "/ready").statusCode()).isEqualTo(503);
        assertThat(json(get(base, "/ready")).path("status").asText()).isEqualTo("fail");
        assertThat(get(base, "").statusCode()).isEqualTo(503);
        assertThat(get(base, "/live").statusCode()).isEqualTo(200);
        assertThat(get(base, "/live").body()).contains("deadlock").doesNotContain("database");
    }

    @Test
    void hc4_reasonsAndDetailsAreToldOnlyWhenAskedForByConfiguration() {
        check.set(HealthResult.down("At db.internal.").with("schema", "accounts"));
        URI base = served(false);

        for (String accept : List.of("*/*", BROWSER)) {
            assertThat(ask("GET", base, accept).body()).contains("database").doesNotContain("db.internal", "schema");
        }
        URI telling = registry().serve(true);
        for (String accept : List.of("*/*", BROWSER)) {
            assertThat(ask("GET", telling, accept).body()).contains("At db.internal.", "schema", "accounts");
        }
    }

    @Test
    void hc4_nothingButGetAndHeadIsAnswered() {
        URI base = served(false);

        HttpResponse<String> head = ask("HEAD", base, "*/*");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        for (String method : List.of("POST", "PUT", "DELETE")) {
            assertThat(ask(method, base, "*/*").statusCode()).as(method).isEqualTo(405);
        }
        assertThat(get(base, "/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void hc4_aBrowserIsGivenAPageOnWhichNothingThatACheckSaysIsMarkup() {
        check.degraded("<script>alert(1)</script>");
        URI base = served(true);

        HttpResponse<String> page = ask("GET", base, BROWSER);

        assertThat(header(page, "Content-Type")).startsWith("text/html");
        assertThat(header(page, "Content-Security-Policy")).contains("default-src 'none'");
        assertThat(page.body())
                .contains("database", "DEGRADED", "&lt;script&gt;")
                .doesNotContain("<script");
    }
}
