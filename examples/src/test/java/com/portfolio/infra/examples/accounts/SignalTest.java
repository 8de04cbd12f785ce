package com.portfolio.infra.examples.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SignalTest {

    private static final int SIGTERM_STATUS = 143;

    @Test
    void aProgramThatIsAskedToEndReportsWhatItDid() throws Exception {
        try (ChildProgram program = ChildProgram.start(Map.of(), "--memory", "-")) {
            program.in().write("""
                    {"id":"1","command":"register","user":"ada","email":"ada@example.org"}
                    nonsense
                    """.getBytes(StandardCharsets.UTF_8));
            program.in().flush();
            program.err().await(text -> text.contains("line 2 is not JSON"));
            program.terminate();

            assertThat(program.exit()).isEqualTo(SIGTERM_STATUS);
            assertThat(program.err().text()).contains("Not all of the input was carried out.");
            assertThat(ProgramRun.number(program.out().text(), "accepted")).isEqualTo(1);
            assertThat(ProgramRun.number(program.out().text(), "Users projected"))
                    .isEqualTo(1);
        }
    }

    @Test
    void aProgramThatServesAnswersUntilItIsAskedToEnd() throws Exception {
        try (ChildProgram program = ChildProgram.start(Map.of(), "--memory", "--serve", "--port", "0")) {
            program.out().await(text -> text.contains("Answering on "));
            Matcher address =
                    Pattern.compile("http://[0-9.:]+").matcher(program.out().text());
            assertThat(address.find()).isTrue();

            HttpResponse<String> response = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(address.group() + "/users/busy-0"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(response.body()).contains("busy-0@example.com");

            program.terminate();
            assertThat(program.exit()).isEqualTo(SIGTERM_STATUS);
        }
    }
}
