package com.portfolio.infra.examples.accounts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.portfolio.infra.examples.accounts.AccountCommand.DeactivateUser;
import com.portfolio.infra.examples.accounts.AccountCommand.RegisterUser;
import com.portfolio.infra.testing.Eventually;
import com.portfolio.infra.testing.memory.InMemoryBroker;
import com.portfolio.infra.utilities.bootstrap.Infrastructure;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsersApiTest {

    private final HttpClient client = HttpClient.newHttpClient();
    private final Infrastructure infrastructure = InMemory.open();
    private final Accounts accounts = new Accounts(infrastructure);
    private UsersApi api;

    @BeforeEach
    void start() throws Exception {
        api = new UsersApi(accounts, infrastructure.health(), 0);
        for (String user : new String[] {"ada", "alan", "grace"}) {
            accounts.service().handle(new RegisterUser("register-" + user, user, user + "@example.org"));
        }
        accounts.service().handle(new DeactivateUser("c-1", "alan"));
        assertThat(accounts.awaitAll(Duration.ofSeconds(30))).isTrue();
    }

    @AfterEach
    void end() {
        api.close();
        accounts.close();
        infrastructure.close();
    }

    @Test
    void aUserIsFoundById() throws Exception {
        JsonNode user = json(get("/users/alan"), 200);

        assertThat(user.get("email").textValue()).isEqualTo("alan@example.org");
        assertThat(user.get("active").booleanValue()).isFalse();
        assertThat(user.get("version").intValue()).isEqualTo(2);
    }

    @Test
    void usersAreListedPageByPage() throws Exception {
        JsonNode first = json(get("/users?limit=2"), 200);
        assertThat(first.get("users").findValuesAsText("userId")).containsExactly("ada", "alan");

        JsonNode second = json(
                get("/users?limit=2&after="
                        + URLEncoder.encode(first.get("next").textValue(), UTF_8)),
                200);
        assertThat(second.get("users").findValuesAsText("userId")).containsExactly("grace");
        assertThat(second.path("next").isTextual()).isFalse();
    }

    @Test
    void healthTellsOfEachPart() throws Exception {
        HttpResponse<String> response = get("/health");
        JsonNode health = new ObjectMapper().readTree(response.body());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/health+json");
        assertThat(health.get("status").textValue()).isEqualTo("pass");
        assertThat(health.get("serviceId").textValue()).isEqualTo("accounts");
        assertThat(health.findValuesAsText("componentId"))
                .containsExactly(
                        "memory",
                        "calls to memory",
                        "broker in memory",
                        "calls to broker in memory",
                        "projection of users",
                        "relay of notices",
                        "bus");
        assertThat(health.findValuesAsText("behind")).containsExactly("0", "0");
    }

    @Test
    void aBrowserIsShownAPageOfHealth() throws Exception {
        HttpResponse<String> response = send(
                HttpRequest.newBuilder(URI.create(api.address() + "/health")).header("Accept", "text/html"));

        assertThat(response.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(response.body()).contains("accounts").contains("projection of users");
    }

    @Test
    void healthSaysWhenAPartHasDied() throws Exception {
        infrastructure.shared(InMemoryBroker.class).orElseThrow().lose();

        Eventually.within(Duration.ofSeconds(30))
                .holds("it is not healthy", () -> get("/health").statusCode() == 503);
        assertThat(get("/health/ready").body()).contains("The broker is lost.");
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void aCommandIsCarriedOutOnce() throws Exception {
        String command =
                "{\"id\":\"c-2\",\n \"command\":\"change-email\",\"user\":\"ada\",\"email\":\"a@example.org\"}";

        assertThat(json(post("/commands", command), 200).get("outcome").textValue())
                .isEqualTo("accepted");
        assertThat(json(post("/commands", command), 200).get("outcome").textValue())
                .isEqualTo("done before");
        assertThat(accounts.awaitAll(Duration.ofSeconds(30))).isTrue();
        assertThat(json(get("/users/ada"), 200).get("email").textValue()).isEqualTo("a@example.org");
    }

    @Test
    void aRejectedCommandGetsTheReason() throws Exception {
        String command = "{\"id\":\"c-3\",\"command\":\"deactivate\",\"user\":\"nobody\"}";

        assertThat(json(post("/commands", command), 409).get("reason").textValue())
                .isEqualTo("the user is not registered");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET    | /users/nobody        | 404 | There is no user of that id.",
                "GET    | /                    | 404 | There is nothing at this address.",
                "GET    | /usersandmore        | 404 | There is nothing at this address.",
                "GET    | /users?limit=0       | 400 | A page must have 1 to 1000 documents, not 0.",
                "GET    | /users?limit=ten     | 400 | The limit must be a number from 1 to 1000.",
                "DELETE | /users/ada           | 405 | Only GET is answered here.",
                "GET    | /commands            | 405 | Only POST is answered here.",
                "POST   | /commands            | 400 | The body is not JSON (from column 1 on).",
            })
    void anErrorIsOneSentence(String method, String path, int status, String sentence) throws Exception {
        HttpResponse<String> response = send(HttpRequest.newBuilder(URI.create(api.address() + path))
                .method(method, HttpRequest.BodyPublishers.ofString("nonsense")));

        assertThat(json(response, status).get("error").textValue()).isEqualTo(sentence);
    }

    @Test
    void anEmailThatCannotBeWrittenIsRefused() throws Exception {
        String command =
                "{\"id\":\"c-4\",\"command\":\"change-email\",\"user\":\"ada\",\"email\":\"\\uD800@example.org\"}";

        assertThat(json(post("/commands", command), 400).get("error").textValue())
                .contains("email");
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(api.address() + path)));
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(api.address() + path))
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> response, int status) throws IOException {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        return new ObjectMapper().readTree(response.body());
    }
}
