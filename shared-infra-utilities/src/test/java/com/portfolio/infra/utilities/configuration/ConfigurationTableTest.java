package com.portfolio.infra.utilities.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tables of docs/configuration.md are what the code says; {@code -Dconfiguration.docs=write} writes them. */
class ConfigurationTableTest {

    private static final Path PAGE = Path.of("..", "docs", "configuration.md");
    private static final String BEGIN = "<!-- Written by ConfigurationTableTest: begin -->\n";
    private static final String END = "<!-- Written by ConfigurationTableTest: end -->\n";

    @Test
    void thePageHasEveryVariableAsTheCodeHasIt() throws Exception {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        if (System.getProperty("configuration.docs", "").equals("write")) {
            Files.writeString(PAGE, page.substring(0, begin) + tables() + page.substring(end));
            return;
        }
        assertThat(page.substring(begin, end))
                .as("Run this test with -Dconfiguration.docs=write")
                .isEqualTo(tables());
    }

    @Test
    void theErrorOnThePageIsTheOneThatIsThrown(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("variables"), "HEALTH_TIMEOUT=soon");
        Map<String, String> environment =
                Load.env("CONFIG_FILE", file.toString(), "EVENT_STORE_PROVIDER", "neon", "DB_POOL_SIZ", "5");

        assertThat(Files.readString(PAGE))
                .contains("\n" + Load.failing(environment, Map.of()).getMessage() + "\n");
    }

    private static String tables() {
        StringBuilder text = new StringBuilder();
        for (Section section : Section.values()) {
            text.append("\n### ").append(section.title()).append("\n\n");
            text.append("| variable | allowed | default | |\n|---|---|---|---|\n");
            text.append(Variables.ALL.stream()
                    .filter(variable -> variable.section() == section)
                    .map(ConfigurationTableTest::row)
                    .collect(Collectors.joining()));
        }
        return text.append('\n').toString();
    }

    private static String row(Variable<?> variable) {
        return "| `" + variable.name() + "` | " + (variable.secret() ? "secret; " : "")
                + variable.format().allowed().replace(", such as 500ms, 3s, 5m or PT3S", "") + " | "
                + variable.defaultText() + " | " + variable.description()
                + " |\n";
    }
}
