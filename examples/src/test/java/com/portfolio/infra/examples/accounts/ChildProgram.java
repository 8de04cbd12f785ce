package com.portfolio.infra.examples.accounts;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The quickstart in a JVM of its own, that can be signalled and killed. */
final class ChildProgram implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Process process;
    private final Output out;
    private final Output err;

    private ChildProgram(Process process) {
        this.process = process;
        this.out = new Output(process.inputReader(StandardCharsets.UTF_8));
        this.err = new Output(process.errorReader(StandardCharsets.UTF_8));
    }

    static ChildProgram start(Map<String, String> environment, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path")));
        Stream.of("tests.child.log", "tests.child.recording")
                .flatMap(name -> Stream.ofNullable(System.getProperty(name)))
                .forEach(command::add);
        command.add(Quickstart.class.getName());
        command.addAll(Arrays.asList(args));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().remove("DATABASE_URL");
        builder.environment().putAll(environment);
        return new ChildProgram(builder.start());
    }

    /** Its standard input. */
    OutputStream in() {
        return process.getOutputStream();
    }

    Output out() {
        return out;
    }

    Output err() {
        return err;
    }

    /** Asks it to end, as Ctrl-C and a container's stop do. */
    void terminate() {
        // Not Process.destroy(), which closes the streams to the program as well.
        process.toHandle().destroy();
    }

    /** Ends it without a chance to do anything. */
    void kill() {
        process.toHandle().destroyForcibly();
    }

    /** Waits for its end and returns the exit status. */
    int exit() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("The program did not end within " + PATIENCE + ". It said: " + err.text());
        }
        out.awaitEnd();
        err.awaitEnd();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** What the program writes, as it comes. */
    static final class Output {

        private final StringBuilder text = new StringBuilder();
        private final Thread thread;
        private boolean ended;

        private Output(BufferedReader reader) {
            thread = new Thread(() -> read(reader));
            thread.setDaemon(true);
            thread.start();
        }

        private void read(BufferedReader reader) {
            try (reader) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    synchronized (this) {
                        text.append(line).append('\n');
                        notifyAll();
                    }
                }
            } catch (IOException e) {
                // The program was killed in the middle of a line.
                synchronized (this) {
                    text.append(e).append('\n');
                }
            } finally {
                synchronized (this) {
                    ended = true;
                    notifyAll();
                }
            }
        }

        synchronized String text() {
            return text.toString();
        }

        /** Waits until the text is as expected. */
        synchronized void await(Predicate<String> expected) throws InterruptedException {
            long giveUpAt = System.nanoTime() + PATIENCE.toNanos();
            while (!expected.test(text.toString())) {
                long left = TimeUnit.NANOSECONDS.toMillis(giveUpAt - System.nanoTime());
                if (ended || left <= 0) {
                    throw new AssertionError("The program did not say what was expected, but: " + text);
                }
                wait(left);
            }
        }

        private void awaitEnd() throws InterruptedException {
            thread.join(PATIENCE.toMillis());
        }
    }
}
