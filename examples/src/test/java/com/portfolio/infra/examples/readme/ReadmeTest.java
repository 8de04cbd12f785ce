package com.portfolio.infra.examples.readme;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.examples.accounts.AccountEvent;
import com.portfolio.infra.neon.NeonDatabase;
import com.portfolio.infra.neon.NeonEventStore;
import com.portfolio.infra.neon.NeonSettings;
import com.portfolio.infra.ports.event.EventTypes;
import com.portfolio.infra.testing.server.PostgresServer;
import com.portfolio.infra.utilities.serialization.JacksonEventCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReadmeTest {

    private static final Path ROOT = Path.of("..");
    private static final Path SNIPPET = Path.of("src/main/java/com/portfolio/infra/examples/readme/TenLines.java");

    @Test
    void theFirstBlockHoldsTheTwoCommands() throws IOException {
        assertThat(blocks().get(0).lines())
                .containsExactly("./mvnw -q -Pquickstart -pl examples -am", "./mvnw -B verify");
    }

    @Test
    void theCodeIsWhatIsCompiledHere() throws IOException {
        String source = Files.readString(SNIPPET);
        String snippet = source.substring(
                source.indexOf('\n', source.indexOf("// README begins")) + 1, source.indexOf("// README ends"));

        assertThat(blocks()).contains(snippet.stripIndent());
        assertThat(readme()).containsOnlyOnce("```java");
    }

    @Test
    void theCodeRuns() {
        try (PostgresServer server = PostgresServer.builder().start()) {
            String url = server.administration().libpqUrl();
            TenLines.run(url);

            try (NeonDatabase database = NeonDatabase.open(url, NeonSettings.alwaysOn())) {
                NeonEventStore store = new NeonEventStore(
                        database, JacksonEventCodec.of(EventTypes.ofSealed("accounts", AccountEvent.class)));
                assertThat(store.load("account-ada").payloads(AccountEvent.class))
                        .containsExactly(
                                new AccountEvent.UserRegistered("ada", "ada@example.org"),
                                new AccountEvent.EmailChanged("ada", "ada@example.com"));
            }
        }
    }

    @Test
    void everyLinkLeadsToAFile() throws IOException {
        Matcher links = Pattern.compile("]\\((?!https?:)([^)#]+)").matcher(readme());
        List<String> targets = links.results().map(link -> link.group(1)).toList();

        assertThat(targets)
                .isNotEmpty()
                .allSatisfy(target -> assertThat(ROOT.resolve(target)).exists());
    }

    private static List<String> blocks() throws IOException {
        return Pattern.compile("(?ms)^```\\w*\\n(.*?)^```$")
                .matcher(readme())
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    private static String readme() throws IOException {
        return Files.readString(ROOT.resolve("README.md"));
    }
}
