package com.portfolio.infra.examples.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.portfolio.infra.examples.accounts.AccountCommand.ChangeEmail;
import com.portfolio.infra.examples.accounts.AccountCommand.DeactivateUser;
import com.portfolio.infra.examples.accounts.AccountCommand.RegisterUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandParserTest {

    private final CommandParser parser = new CommandParser();

    @Test
    void aLineIsOneOfThreeCommands() throws Exception {
        assertThat(parse("{\"id\":\"1\",\"command\":\"register\",\"user\":\"ada\",\"email\":\"a@x.org\"}"))
                .isEqualTo(new SubmittedCommand(7, "", new RegisterUser("1", "ada", "a@x.org")));
        assertThat(parse("{\"id\":\"2\",\"command\":\"change-email\",\"user\":\"ada\",\"email\":\"b@x.org\"}"))
                .isEqualTo(new SubmittedCommand(7, "", new ChangeEmail("2", "ada", "b@x.org")));
        assertThat(parse("{\"id\":\"3\",\"command\":\"deactivate\",\"user\":\"ada\",\"from\":\"web\"}"))
                .isEqualTo(new SubmittedCommand(7, "web", new DeactivateUser("3", "ada")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "x | line 7 is not JSON (from column 1 on)",
                "{\"id\":\"1\"                                        | line 7 is not JSON (from column 10 on)",
                "{\"id\":\"1\",\"id\":\"2\"}                          | line 7 is not JSON (from column 15 on)",
                "{} {}                                               | line 7 is not JSON (from column 4 on)",
                "[]                                                  | line 7 is not a JSON object",
                "null                                                | line 7 is not a JSON object",
                "{}                                                  | line 7 has no field 'command'",
                "{\"command\":1}                                     | line 7 has a field 'command' that is not text",
                "{\"command\":\"delete\"}                            "
                        + "| line 7 has an unknown command; known are register, change-email and deactivate",
                "{\"command\":\"deactivate\",\"user\":\"ada\"}       | line 7 has no field 'id'",
                "{\"command\":\"deactivate\",\"id\":\"1\"}           | line 7 has no field 'user'",
                "{\"command\":\"register\",\"id\":\"1\",\"user\":\"u\"} | line 7 has no field 'email'",
                "{\"command\":\"register\",\"id\":\"1\",\"user\":\"u\",\"email\":null} "
                        + "| line 7 has a field 'email' that is not text",
                "{\"command\":\"deactivate\",\"id\":\"1\",\"user\":\"u\",\"emial\":\"\"} "
                        + "| line 7 has a field that its command does not know; it may have command, from, id, user",
                "{\"command\":\"deactivate\",\"id\":\"1\",\"user\":\"u v\"} "
                        + "| line 7 has a field 'user' that is not 1 to 100 letters, digits and signs of ASCII",
                "{\"command\":\"deactivate\",\"id\":\"\",\"user\":\"u\"} "
                        + "| line 7 has a field 'id' that is not 1 to 100 letters, digits and signs of ASCII",
            })
    void aLineThatIsNoCommandIsNamedWithTheReason(String line, String message) {
        assertThatThrownBy(() -> parse(line))
                .isInstanceOf(MalformedLineException.class)
                .hasMessage(message);
    }

    @Test
    void aLineWithinALineIsRefusedHoweverDeep() {
        assertThatThrownBy(() -> parse("[".repeat(5_000)))
                .isInstanceOf(MalformedLineException.class)
                .hasMessageStartingWith("line 7 is not JSON");
    }

    private SubmittedCommand parse(String line) throws MalformedLineException {
        return parser.parse(new InputLine(7, line));
    }
}
