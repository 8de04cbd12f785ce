package com.portfolio.infra.testing.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A running server of another program, under a watchdog that stops it when this JVM ends, however it ends.
 *
 * <p>Thread-safe.
 */
final class ServerProcess {

    private static final Duration KILL_TIMEOUT = Duration.ofSeconds(30);
    private static final String WATCHDOG = readWatchdog();

    /** Keeps what runs reachable: the watchdog's input would be closed with an object that nobody holds. */
    private static final Set<ServerProcess> RUNNING = ConcurrentHashMap.newKeySet();

    private final Process watchdog;
    private final ProcessHandle server;

    private ServerProcess(Process watchdog, ProcessHandle server) {
        this.watchdog = watchdog;
        this.server = server;
    }

    /**
     * Starts {@code command}, which must stay in its first process.
     *
     * @param home           where it runs
     * @param log            what it writes is appended here
     * @param stopSignal     how the watchdog asks it to stop, such as {@code QUIT}
     * @param removeWithJvm  removed with all below it if this JVM ends while the server runs
     */
    static ServerProcess start(
            Path home, List<String> command, Path log, String stopSignal, @Nullable Path removeWithJvm) {
        List<String> all = new ArrayList<>(List.of(
                "sh",
                "-c",
                WATCHDOG,
                "watchdog",
                stopSignal,
                log.toString(),
                removeWithJvm == null ? "" : removeWithJvm.toString()));
        all.addAll(command);
        try {
            Process watchdog = Command.prepare(home, all)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(watchdog.getInputStream(), StandardCharsets.UTF_8));
            String pid = reader.readLine();
            if (pid == null) {
                throw new EmbeddedServerException("'" + command.get(0) + "' could not be started.");
            }
            ProcessHandle server = ProcessHandle.of(Long.parseLong(pid)).orElseGet(watchdog::toHandle);
            ServerProcess process = new ServerProcess(watchdog, server);
            RUNNING.removeIf(earlier -> !earlier.isAlive());
            RUNNING.add(process);
            return process;
        } catch (IOException e) {
            throw new EmbeddedServerException("'" + command.get(0) + "' could not be started: " + e.getMessage(), e);
        }
    }

    private static String readWatchdog() {
        try (InputStream script = ServerProcess.class.getResourceAsStream("watchdog.sh")) {
            if (script == null) {
                throw new EmbeddedServerException("'watchdog.sh' is missing beside this class.");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new EmbeddedServerException("'watchdog.sh' could not be read.", e);
        }
    }

    long pid() {
        return server.pid();
    }

    boolean isAlive() {
        return watchdog.isAlive();
    }

    /** Sends the server a signal, such as {@code INT}; one that has ended meanwhile is no failure. */
    void signal(String name) {
        if (!signal(server.pid(), name) && isAlive() && !awaitExit(Duration.ofSeconds(5))) {
            throw new EmbeddedServerException("Signal " + name + " could not be sent to process " + pid() + ".");
        }
    }

    static boolean signal(long pid, String name) {
        return Command.run(Path.of("/"), List.of("sh", "-c", "kill -s " + name + " " + pid))
                .succeeded();
    }

    /** Waits until the server has ended; false when it has not within {@code timeout}. */
    boolean awaitExit(Duration timeout) {
        try {
            return watchdog.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedServerException("Interrupted while waiting for process " + pid() + " to end.", e);
        }
    }

    /**
     * Kills the server and all that it started with SIGKILL, and returns when none of them is left.
     *
     * <p>The server is frozen first, so that it neither starts another process nor sees its children die.
     */
    void kill() {
        if (!isAlive()) {
            return;
        }
        signal("STOP");
        List<ProcessHandle> family = new ArrayList<>();
        family.add(server);
        server.descendants().forEach(family::add);
        family.forEach(ProcessHandle::destroyForcibly);
        boolean gone = awaitExit(KILL_TIMEOUT)
                && Waiting.until(KILL_TIMEOUT, () -> family.stream().noneMatch(ServerProcess::isRunning));
        if (!gone) {
            throw new EmbeddedServerException("Process " + pid() + " and its children were killed with SIGKILL but did"
                    + " not end within " + KILL_TIMEOUT.toSeconds() + "s.");
        }
    }

    /**
     * Kills one process that the server started with SIGKILL and waits until every process that the server had
     * started is gone.
     *
     * @return false if the server has no such process, or goes on, as the process had come to its own end before it
     *         was killed
     */
    boolean crash(long pid) {
        List<ProcessHandle> children = server.descendants().toList();
        Optional<ProcessHandle> victim =
                children.stream().filter(child -> child.pid() == pid).findAny();
        victim.ifPresent(ProcessHandle::destroyForcibly);
        return victim.isPresent()
                && Waiting.until(KILL_TIMEOUT, () -> children.stream().noneMatch(ServerProcess::isRunning));
    }

    /** An orphan that nobody has collected is still in the process table, but no longer runs. */
    static boolean isRunning(ProcessHandle process) {
        if (!process.isAlive()) {
            return false;
        }
        Path stat = Path.of("/proc", Long.toString(process.pid()), "stat");
        try {
            String line = Files.readString(stat, StandardCharsets.ISO_8859_1);
            return line.charAt(line.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException e) {
            // No such file system, or the process has just ended.
            return process.isAlive();
        }
    }
}
