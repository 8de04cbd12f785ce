package com.portfolio.infra.examples.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program on memory: what it is told, what it reads, what it says. */
class QuickstartTest {

    private static final String REGISTER =
            "{\"id\":\"c-1\",\"command\":\"register\",\"user\":\"ada\",\"email\":\"ada@example.org\"}";
    private static final String CHANGE =
            "{\"id\":\"c-2\",\"command\":\"change-email\",\"user\":\"ada\",\"email\":\"ada@example.com\"}";
    private static final String DEACTIVATE = "{\"id\":\"c-3\",\"command\":\"deactivate\",\"user\":\"ada\"}";

    @TempDir
    private Path folder;

    @Test
    void theSampleIsCarriedOutToTheLastCommand() {
        ProgramRun run = ProgramRun.of("--memory");

        assertThat(run.status()).as(run.err()).isZero();
        SampleTotals.assertAllOfTheSample(run);
    }

    @Test
    void aRunThatIsInterruptedSaysSo() {
        try (InterruptingInput input = new InterruptingInput(Thread.currentThread())) {
            ProgramRun run = ProgramRun.of(Map.of(), input, "--memory", "-");

            assertThat(Thread.interrupted()).isTrue();
            assertThat(run.status()).isEqualTo(1);
            assertThat(run.err()).endsWith("The program was interrupted before its end.\n");
        }
    }

    /** An input that interrupts a thread when it is read, and ends when it is closed. */
    private static final class InterruptingInput extends InputStream {

        private final Thread thread;
        private final CountDownLatch closed = new CountDownLatch(1);

        InterruptingInput(Thread thread) {
            this.thread = thread;
        }

        @Override
        public int read() {
            thread.interrupt();
            try {
                closed.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            return read();
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }

    @Test
    void commandsOfAFileAreDoneInTheirOrder() throws Exception {
        Path file = Files.writeString(folder.resolve("commands.jsonl"), lines(REGISTER, CHANGE, DEACTIVATE, CHANGE));

        ProgramRun run = ProgramRun.of("--memory", file.toString());

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.number("accepted")).isEqualTo(3);
        assertThat(run.number("done before")).isEqualTo(1);
        assertThat(run.number("Users projected")).isEqualTo(1);
        assertThat(run.number("Messages published")).isEqualTo(3);
    }

    @Test
    void aLineThatIsNoCommandIsNamedAndTheOthersAreCarriedOut() {
        ProgramRun run = onMemory(lines(REGISTER, "{\"id\":", CHANGE, "{\"command\":\"fly\"}", "", DEACTIVATE));

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err())
                .contains("line 2 is not JSON")
                .contains("line 4 has an unknown command; known are register, change-email and deactivate");
        assertThat(run.number("accepted")).isEqualTo(3);
        assertThat(run.number("not commands")).isEqualTo(2);
    }

    @Test
    void ofManyBadLinesOnlyTheFirstAreShown() {
        ProgramRun run = onMemory("nonsense\n".repeat(1_000));

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err().lines().filter(line -> line.contains("is not JSON")))
                .hasSize(5);
        assertThat(run.number("not commands")).isEqualTo(1_000);
    }

    @Test
    void aPayloadThatCannotBeWrittenIsNamedAndNothingOfItIsStored() {
        ProgramRun run = onMemory(lines(REGISTER.replace("ada@", "\\uD800@"), REGISTER.replace("c-1", "c-4")));

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).containsPattern("line 1 failed: .*email");
        assertThat(run.number("failed")).isEqualTo(1);
        assertThat(run.number("accepted")).isEqualTo(1);
        assertThat(run.number("Users projected")).isEqualTo(1);
    }

    @Test
    void windowsLineEndingsAndAByteOrderMarkAreAllRight() {
        ProgramRun run = onMemory("\uFEFF" + REGISTER + "\r\n" + CHANGE + "\r\n");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.number("accepted")).isEqualTo(2);
    }

    @Test
    void aLineWithoutEndIsOneLine() {
        ProgramRun run = onMemory(REGISTER + "\n" + "x".repeat(10_000_000));

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("line 2 is longer than 65536 bytes");
        assertThat(run.number("accepted")).isEqualTo(1);
    }

    @Test
    void binaryGarbageIsRefusedLineByLine() {
        byte[] garbage = new byte[100_000];
        new Random(1).nextBytes(garbage);
        garbage[0] = 'x';

        ProgramRun run = ProgramRun.of(Map.of(), garbage, "--memory", "-");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.number("accepted")).isZero();
        assertThat(run.err()).contains("line 1 is not UTF-8 text");
        assertThat(run.err().chars()).allMatch(c -> c == '\n' || (c >= ' ' && c < 0x7F));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n \n"})
    void anInputWithoutCommandsIsSaidToBe(String input) {
        ProgramRun run = onMemory(input);

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("Standard input holds no commands.");
    }

    @Test
    void aFileThatDoesNotExistIsSaidToBe() {
        Path file = folder.resolve("none.jsonl");

        ProgramRun run = ProgramRun.of("--memory", file.toString());

        assertThat(run).isEqualTo(new ProgramRun(66, "", "'" + file + "' does not exist.\n"));
    }

    @Test
    void aDirectoryIsSaidToBe() {
        ProgramRun run = ProgramRun.of("--memory", folder.toString());

        assertThat(run).isEqualTo(new ProgramRun(66, "", "'" + folder + "' is a directory, not a file of commands.\n"));
    }

    @Test
    void aFileInUtf16IsSaidToBe() throws Exception {
        Path file = Files.writeString(folder.resolve("commands.jsonl"), lines(REGISTER), StandardCharsets.UTF_16);

        ProgramRun run = ProgramRun.of("--memory", file.toString());

        assertThat(run.status()).isEqualTo(66);
        assertThat(run.err()).contains("'" + file + "' is UTF-16 text; save it as UTF-8.");
    }

    @Test
    void anOptionThatDoesNotExistIsSaidToBe() {
        assertThat(ProgramRun.of("--memroy"))
                .isEqualTo(new ProgramRun(64, "", "There is no option '--memroy'; see --help.\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65", "many", ""})
    void aNumberThatIsNotOneIsSaidToBe(String workers) {
        assertThat(ProgramRun.of("--workers", workers))
                .isEqualTo(new ProgramRun(
                        64,
                        "",
                        "The option --workers takes a number from 1 to 64, not '" + workers + "'; see --help.\n"));
    }

    @Test
    void aPortThatIsTakenIsSaidToBe() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            ProgramRun run = ProgramRun.of("--memory", "--serve", "--port", "" + port);

            assertThat(run)
                    .isEqualTo(new ProgramRun(
                            1,
                            "",
                            "Port " + port + " can't be used (Address already in use);"
                                    + " choose another with --port, or 0 for any that is free.\n"));
        }
    }

    @Test
    void twoFilesAreOneTooMany() {
        assertThat(ProgramRun.of("a", "b").status()).isEqualTo(64);
    }

    @Test
    void itExplainsItself() {
        ProgramRun run = ProgramRun.of("--help");

        assertThat(run.status()).isZero();
        assertThat(run.out())
                .startsWith("Usage: ")
                .contains("DATABASE_URL")
                .contains("--serve")
                .contains("where the data is kept");
    }

    private static ProgramRun onMemory(String input) {
        return ProgramRun.of(Map.of(), input, "--memory", "-");
    }

    private static String lines(String... lines) {
        return String.join("\n", lines) + "\n";
    }
}
