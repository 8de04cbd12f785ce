package com.portfolio.infra.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A credential that is written out in the source of a test has {@code hunter2} in it, so that {@link CredentialSearchTest}
 * finds it wherever it gets to, or {@code swordfish} if the test puts it into a message itself. A credential that is not
 * written out beside one of the words below is not seen.
 */
class CredentialMarkTest {

    private static final String LITERAL = "\"((?:\\\\.|[^\"\\\\\\n])*)\"";
    private static final String ARGUMENT = "(?:\"(?:\\\\.|[^\"\\\\\\n])*\"|[^,\"()]*(?:\\(\\))?)";

    /** Where credentials are written out; the first group is the credential. */
    private static final List<Pattern> PLACES = Stream.of(
                    "PASSWORD '((?:''|[^'\\n])*)'",
                    "[pP]assword\\(\\s*" + LITERAL,
                    "Secret\\.of\\(\\s*" + LITERAL,
                    "\\bcreateRole\\(\\s*" + ARGUMENT + ",\\s*" + LITERAL,
                    "(?<!\\))\\.as\\(\\s*(?!\")" + ARGUMENT + ",\\s*" + LITERAL + "\\s*\\)",
                    "\"[A-Z_]*(?:PASSWORD|SECRET|TOKEN)\"\\s*,\\s*" + LITERAL,
                    "(?i:password|secret|token|credential)\\s*=\\s*" + LITERAL,
                    "[?&]password=([^&\"'\\s|\\\\]*)",
                    "[a-z]://[^/\\s\"':@]*:([^/\\s\"@]*)@")
            .map(Pattern::compile)
            .toList();

    /** The words themselves, cut in two by what must not cut them. */
    private static final Set<String> EXCEPTIONS = Set.of("hun?ter2", "sword\\nfish");

    /** Where a list of variables goes on, and has no values. */
    private static final Pattern VARIABLE = Pattern.compile("[A-Z]+(_[A-Z]+)+");

    static List<Path> modules() throws IOException {
        return CredentialSearchTest.modules();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("modules")
    void everyCredentialInATestIsMarked(Path module) throws IOException {
        List<String> unmarked = new ArrayList<>();
        List<Path> sources;
        try (Stream<Path> files = Files.walk(module.resolve("src/test"))) {
            sources = files.filter(file -> file.toString().endsWith(".java")).toList();
        }
        for (Path source : sources) {
            for (String credential : unmarked(Files.readString(source))) {
                unmarked.add(source + ": " + credential);
            }
        }
        assertThat(sources).isNotEmpty();
        assertThat(unmarked)
                .as(
                        "credentials without 'hunter2' in them, which the search for leaked ones would miss; one that a test"
                                + " puts into a message, to see it taken out again, has 'swordfish'")
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "execute(\"ALTER ROLE x PASSWORD 'sesame'\")",
                "builder.password(\"sesame\")",
                "Secret.of(\"sesame\")",
                "server.createRole(ROLE, \"sesame\")",
                "server.createRole(\"app\", \"sesame\")",
                "database.as(database.user(), \"sesame\")",
                "Map.of(\"PGPASSWORD\", \"sesame\")",
                "String PASSWORD = \"sesame\"",
                "\"jdbc:postgresql://h/d?user=x&password=sesame\"",
                "\"postgresql://app:sesame@host/d\"",
                "\"redis://:sesame@host\"",
            })
    void aCredentialIsSeenWhereverItIsWrittenOut(String source) {
        assertThat(unmarked(source)).containsExactly("sesame");
        assertThat(unmarked(source.replace("sesame", "hunter2-x"))).isEmpty();
        assertThat(unmarked(source.replace("sesame", "swordfish"))).isEmpty();
    }

    @Test
    void whatIsNoCredentialIsLeftAlone() {
        assertThat(unmarked("assertThat(x).as(\"the %s\", \"first\")")).isEmpty();
        assertThat(unmarked("\"postgresql://app:***@host and redis://host:6379/0\""))
                .isEmpty();
    }

    private static List<String> unmarked(String source) {
        List<String> found = new ArrayList<>();
        for (Pattern place : PLACES) {
            for (Matcher matcher = place.matcher(source); matcher.find(); ) {
                String credential = matcher.group(1);
                if (!credential.isEmpty() && !isMarked(credential)) {
                    found.add(credential);
                }
            }
        }
        return found;
    }

    private static boolean isMarked(String credential) {
        if (EXCEPTIONS.contains(credential) || VARIABLE.matcher(credential).matches()) {
            return true;
        }
        return credential.contains("hunter2") || credential.contains("swordfish") || credential.contains("***");
    }
}
