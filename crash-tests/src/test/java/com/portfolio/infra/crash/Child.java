package com.portfolio.infra.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A process of a service, which can be killed and started again, and all that its incarnations said, in
 * order.
 */
final class Child implements AutoCloseable {

    private static final Duration LONGEST_END = Duration.ofSeconds(60);

    private final String name;
    private final List<String> command;
    private final String url;
    private final Path errors;
    private final List<Report> reports = new ArrayList<>();
    private int acknowledged;

    private @Nullable Process process;
    private @Nullable Thread reader;
    private int saidBefore;

    /** @param main what runs in it, with these arguments and the database of that URL in its environment */
    Child(Class<?> main, List<String> arguments, String url, Path directory) {
        this.name = main.getSimpleName();
        this.command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                // Such a process does not live long enough for more.
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path")));
        // No recording of its exceptions: it would be lost with each kill.
        Optional.ofNullable(System.getProperty("tests.child.log")).ifPresent(this.command::add);
        this.command.add(main.getName());
        this.command.addAll(arguments);
        this.url = url;
        this.errors = directory.resolve(name + ".err");
    }

    /** Starts the first process, or another one after the last was killed. */
    void start() {
        saidBefore = said();
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()));
            builder.environment().put(Opening.URL, url);
            Process started = builder.start();
            Thread listener = new Thread(() -> listen(started));
            listener.setName("reports of " + name);
            listener.setDaemon(true);
            listener.start();
            process = started;
            reader = listener;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void listen(Process from) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(from.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Report report = Report.parse(line);
                synchronized (reports) {
                    reports.add(report);
                    acknowledged += report instanceof Report.Acknowledged ? 1 : 0;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGKILL; returns when the process is gone and all that it said was heard. */
    void kill() {
        Process running = Objects.requireNonNull(process);
        // Not Process.destroyForcibly(), which closes the pipe with all that was not heard yet.
        running.toHandle().destroyForcibly();
        awaitEnd(running);
    }

    /** Asks the process to finish its work, and waits until it has. */
    void stop() {
        Process running = Objects.requireNonNull(process);
        requireAlive();
        try {
            running.getOutputStream().write('\n');
            running.getOutputStream().flush();
        } catch (IOException e) {
            throw new AssertionError(describe("can't be stopped"), e);
        }
        awaitEnd(running);
        if (running.exitValue() != 0) {
            throw new AssertionError(describe("ended with status " + running.exitValue()));
        }
    }

    private void awaitEnd(Process running) {
        try {
            if (!running.waitFor(LONGEST_END.toSeconds(), TimeUnit.SECONDS)) {
                throw new TimeoutException();
            }
            Objects.requireNonNull(reader).join(LONGEST_END.toMillis());
            process = null;
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(describe("does not end"), e);
        }
    }

    /** Fails if the process ended although nobody killed it. */
    void requireAlive() {
        if (process != null && !process.isAlive()) {
            throw new AssertionError(describe("ended by itself"));
        }
    }

    private String describe(String what) {
        try {
            List<String> lines = Files.readAllLines(errors);
            return name + " " + what + ". The end of its errors:" + System.lineSeparator()
                    + String.join(System.lineSeparator(), lines.subList(Math.max(0, lines.size() - 60), lines.size()));
        } catch (IOException e) {
            return name + " " + what + ", and its errors can't be read: " + e;
        }
    }

    /** How many reports there are. */
    int said() {
        synchronized (reports) {
            return reports.size();
        }
    }

    /** How many of them are acknowledgements. */
    int acknowledged() {
        synchronized (reports) {
            return acknowledged;
        }
    }

    /** How many reports the present process made. */
    int saidSinceStart() {
        return said() - saidBefore;
    }

    /** All reports. */
    List<Report> reports() {
        synchronized (reports) {
            return List.copyOf(reports);
        }
    }

    /** The last report; null if there is none. */
    @Nullable Report last() {
        synchronized (reports) {
            return reports.isEmpty() ? null : reports.get(reports.size() - 1);
        }
    }

    @Override
    public void close() {
        if (process != null) {
            kill();
        }
    }
}
