package com.portfolio.infra.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No test of the whole run let a credential out:
 *
 * <ul>
 *   <li>not in a line that anything logged, through SLF4J at any level or through {@code java.util.logging} at any, but for
 *       two loggers of the PostgreSQL driver, which {@code .mvn/tests/logging.properties} names, from {@code FINE} on
 *   <li>not in what was printed, in a failure, or in the name of a test
 *   <li>not in the message that an exception was made with, wherever that was; {@link ArchitectureTest} sees that ours make
 *       no other one up later
 *   <li>not in the text of an object of ours that can be reached from the fields of a test, its arguments or the exception
 *       that it ended with, when the test and its clean-up are over; {@code test-records} writes these texts down
 *   <li>not in what a health endpoint answered, nor in a result of a health check: both are lines of the log
 *   <li>not in the log of a JVM that a test started, nor in an exception that was made there if that JVM came to its own
 *       end; one that is killed leaves its log, and so does the one with a small heap
 * </ul>
 *
 * <p>Not searched: objects that only a local variable of a test holds, unless they log, throw, or are printed, and the
 * texts of other libraries' objects.
 *
 * <p>By agreement each credential in the tests of this project has {@value #MARK} in it, which {@link CredentialMarkTest}
 * sees to. What a test itself puts into a message, to see that it is taken out again, has another word. It needs the
 * records of a whole run: {@code ./mvnw verify}.
 */
class CredentialSearchTest {

    private static final String MARK = "hunter2";

    private static final List<String> NEEDLES = needles();

    private static final int SHOWN = 120;

    private static final Path ROOT = Path.of("..");

    /** The word, and what is left of it in Base64, wherever in a longer text it stands. */
    private static List<String> needles() {
        List<String> needles = new ArrayList<>(List.of(MARK));
        for (int offset = 0; offset < 3; offset++) {
            byte[] text = ("\0".repeat(offset) + MARK).getBytes(StandardCharsets.US_ASCII);
            String encoded = Base64.getEncoder().withoutPadding().encodeToString(text);
            int first = offset == 0 ? 0 : offset + 1;
            int last = encoded.length() - (text.length % 3 == 0 ? 0 : 1);
            needles.add(encoded.substring(first, last).toLowerCase(Locale.ROOT));
        }
        return needles;
    }

    static List<Path> modules() throws IOException {
        try (Stream<Path> folders = Files.list(ROOT)) {
            return folders.filter(folder -> Files.isDirectory(folder.resolve("src/test/java")))
                    .filter(folder -> !folder.getFileName().toString().equals("architecture-tests"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("modules")
    void noReportHoldsACredential(Path module) throws IOException {
        List<Path> reports;
        try (Stream<Path> files = Files.list(module.resolve("target/surefire-reports"))) {
            reports = files.filter(Files::isRegularFile).toList();
        }
        assertThat(reports).as("the reports of " + module).isNotEmpty();
        for (Path report : reports) {
            assertThat(linesWithCredentials(report)).as(report.toString()).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("modules")
    void noLineOfTheLogHoldsACredential(Path module) throws IOException {
        if (Files.readString(module.resolve("pom.xml")).contains("logback-classic")) {
            assertClean(module.resolve("target/tests.log"));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("modules")
    void noLineOfJavaUtilLoggingHoldsACredential(Path module) throws IOException {
        assertThat(left(module, "tests.jul.*.log"))
                .as("java.util.logging in " + module)
                .isNotEmpty()
                .allSatisfy(file -> assertClean(file));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("modules")
    void noTextOfAnObjectHoldsACredential(Path module) throws IOException {
        assertClean(module.resolve("target/tests.texts"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("modules")
    void noExceptionThatWasMadeHoldsACredential(Path module) throws IOException {
        assertNoExceptionWithCredential(module.resolve("target/tests.jfr"));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"crash-tests", "examples", "shared-infra-testing"})
    void noProcessThatATestStartedLetACredentialOut(String name) throws IOException {
        Path module = ROOT.resolve(name);
        assertThat(left(module, "children.*log"))
                .as("the logs of processes in " + module)
                .isNotEmpty()
                .allSatisfy(file -> assertClean(file));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"crash-tests", "examples", "shared-infra-testing"})
    void noExceptionOfAProcessThatATestStartedHoldsACredential(String name) throws IOException {
        Path module = ROOT.resolve(name);
        List<Path> recordings = left(module, "hotspot-*.jfr");
        if (name.equals("examples")) {
            assertThat(recordings).as("exceptions of processes in " + module).isNotEmpty();
        }
        for (Path recording : recordings) {
            assertNoExceptionWithCredential(recording);
        }
    }

    @Test
    void healthEndpointsAndChecksAreInTheLog() throws IOException {
        String log = Files.readString(ROOT.resolve("shared-infra-neon/target/tests.log"), StandardCharsets.ISO_8859_1);
        assertThat(log)
                .containsPattern("/health\\S* is answered 503: \\{")
                .containsPattern("Check \\S+ found HealthResult");
    }

    @Test
    void theSearchFindsTheWordInAnyForm() {
        assertThat(holdsCredential("password=x" + MARK.toUpperCase(Locale.ROOT) + "!"))
                .isTrue();
        for (String before : List.of("", "u:", "user:", "app:")) {
            byte[] pair = (before + MARK + "-and-more").getBytes(StandardCharsets.US_ASCII);
            assertThat(holdsCredential("Basic " + Base64.getEncoder().encodeToString(pair)))
                    .as(before)
                    .isTrue();
        }
        assertThat(holdsCredential("a hunter, too")).isFalse();
    }

    private static List<Path> left(Path module, String glob) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> left = Files.newDirectoryStream(module.resolve("target"), glob)) {
            left.forEach(files::add);
        }
        return files;
    }

    private static void assertClean(Path file) throws IOException {
        assertThat(file).isNotEmptyFile();
        assertThat(linesWithCredentials(file)).as(file.toString()).isEmpty();
    }

    private static void assertNoExceptionWithCredential(Path path) throws IOException {
        List<String> found = new ArrayList<>();
        long made = 0;
        try (RecordingFile recording = new RecordingFile(path)) {
            while (recording.hasMoreEvents()) {
                RecordedEvent event = recording.readEvent();
                made++;
                String message = event.hasField("message") ? event.getString("message") : null;
                if (message != null && holdsCredential(message)) {
                    found.add(event.getClass("thrownClass").getName() + ": " + around(message));
                }
            }
        }
        assertThat(made).as("exceptions that were made, by " + path).isPositive();
        assertThat(found).as(path.toString()).isEmpty();
    }

    private static List<String> linesWithCredentials(Path file) throws IOException {
        List<String> found = new ArrayList<>();
        // Bytes as characters: what a test printed may be no text at all.
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            long number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (holdsCredential(line)) {
                    found.add("line " + number + ": " + around(line));
                }
            }
        }
        return found;
    }

    private static boolean holdsCredential(String text) {
        return position(text) >= 0;
    }

    private static int position(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return NEEDLES.stream().mapToInt(lower::indexOf).max().orElse(-1);
    }

    private static String around(String text) {
        int at = position(text);
        return text.substring(Math.max(0, at - SHOWN), Math.min(text.length(), at + SHOWN));
    }
}
