package com.portfolio.infra.testing.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server of the test's own, from binaries that Maven brings along, which can be stopped, killed
 * and started again on the same data and port.
 *
 * <p>It listens on 127.0.0.1 alone. It ends with this JVM, however the JVM ends, and a temporary directory
 * goes with it. Thread-safe; a call that starts or stops it waits for another one that does.
 */
public final class PostgresServer implements Postgres, AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final Duration STOP_TIMEOUT = Duration.ofMinutes(1);
    private static final int PORT_ATTEMPTS = 5;

    /** How a server is asked to stop. */
    public enum StopMode {
        /** Ends all sessions, writes everything down and leaves nothing to recover. */
        FAST("INT"),
        /** Ends at once; the next start recovers from the write-ahead log. */
        IMMEDIATE("QUIT");

        private final String signal;

        StopMode(String signal) {
            this.signal = signal;
        }
    }

    private final Builder configuration;
    private final PostgresBinaries binaries;
    private final PostgresHome home;
    private final boolean temporary;
    private int port;
    private @Nullable ServerProcess process;
    private boolean closed;

    private PostgresServer(Builder configuration) {
        this.configuration = configuration;
        this.binaries = PostgresBinaries.installed();
        this.temporary = configuration.directory == null;
        ServerUser user = configuration.user == null ? ServerUser.current() : configuration.user;
        this.home = new PostgresHome(directory(configuration.directory), user);
        this.port = configuration.port;
    }

    private static Path directory(@Nullable Path given) {
        try {
            return given == null
                    ? Files.createTempDirectory("shared-infra-postgres")
                    : Files.createDirectories(given.toAbsolutePath());
        } catch (IOException e) {
            throw new EmbeddedServerException("The directory for PostgreSQL could not be made: " + e, e);
        }
    }

    /** A server with an empty temporary directory, a free port, {@code fsync} off and no TLS, unless told otherwise. */
    public static Builder builder() {
        return new Builder();
    }

    /** What a server starts with. */
    public static final class Builder {

        private final Map<String, String> settings = new LinkedHashMap<>();
        private @Nullable Path directory;
        private @Nullable ServerCertificate certificate;
        private int port;
        private boolean fsync;
        private @Nullable ServerUser user;
        private Duration startTimeout = Duration.ofMinutes(2);

        private Builder() {}

        /** Keeps the data in {@code directory}, made when missing, also after the server is closed. */
        public Builder directory(Path directory) {
            this.directory = Objects.requireNonNull(directory, "directory");
            return this;
        }

        /** Listens on {@code port} instead of a free one. */
        public Builder port(int port) {
            if (port < 1 || port > 65_535) {
                throw new IllegalArgumentException("A port must be 1 to 65535, not " + port + ".");
            }
            this.port = port;
            return this;
        }

        /**
         * Whether commits wait for the disk; off by default. Without it data survives {@link #kill()}, as the
         * operating system keeps what was written, but the cost of a commit is not the one of production.
         */
        public Builder fsync(boolean fsync) {
            this.fsync = fsync;
            return this;
        }

        /** Sets a parameter of {@code postgresql.conf}; the port and TLS have methods of their own. */
        public Builder setting(String name, String value) {
            if (!name.matches("[A-Za-z_][A-Za-z0-9_.]*") || name.equals("port") || name.startsWith("ssl")) {
                throw new IllegalArgumentException("'" + name + "' is no setting that can be given here.");
            }
            settings.put(name, Objects.requireNonNull(value, "value"));
            return this;
        }

        /** Accepts TLS connections only, with {@code certificate}. */
        public Builder tls(ServerCertificate certificate) {
            this.certificate = Objects.requireNonNull(certificate, "certificate");
            return this;
        }

        /** How long a start may take, recovery included; two minutes by default. */
        public Builder startTimeout(Duration startTimeout) {
            this.startTimeout = Objects.requireNonNull(startTimeout, "startTimeout");
            return this;
        }

        /** Runs the server as {@code user} instead of the one that suits the machine best. */
        Builder runAs(ServerUser user) {
            this.user = user;
            return this;
        }

        /**
         * Starts the server and returns when it accepts connections.
         *
         * @throws EmbeddedServerException if it does not; the end of its log is in the message
         */
        public PostgresServer start() {
            Builder copy = new Builder();
            copy.settings.putAll(settings);
            copy.directory = directory;
            copy.certificate = certificate;
            copy.port = port;
            copy.fsync = fsync;
            copy.startTimeout = startTimeout;
            copy.user = user;
            PostgresServer server = new PostgresServer(copy);
            try {
                server.startFirst();
                return server;
            } catch (RuntimeException e) {
                try {
                    server.close();
                } catch (RuntimeException whileClosing) {
                    e.addSuppressed(whileClosing);
                }
                throw e;
            }
        }

        private Map<String, String> settings(int port) {
            Map<String, String> all = new LinkedHashMap<>();
            all.put("listen_addresses", HOST);
            all.put("port", Integer.toString(port));
            all.put("unix_socket_directories", "");
            // What is shared then lies in the data directory and goes with it, after SIGKILL too.
            all.put("dynamic_shared_memory_type", "mmap");
            all.put("fsync", fsync ? "on" : "off");
            all.put("full_page_writes", fsync ? "on" : "off");
            all.put("timezone", "UTC");
            all.put("log_timezone", "UTC");
            all.put("ssl", certificate == null ? "off" : "on");
            all.putAll(settings);
            return all;
        }
    }

    /** A free port can be taken by somebody else before the server has it. */
    private synchronized void startFirst() {
        home.initialise(binaries);
        for (int attempt = 1; ; attempt++) {
            port = configuration.port == 0 ? FreePorts.next() : configuration.port;
            try {
                start();
                return;
            } catch (EmbeddedServerException e) {
                boolean taken =
                        configuration.port == 0 && LogFile.end(home.log()).contains("Address already in use");
                if (!taken || attempt == PORT_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /**
     * Starts the server again, on the same port and data, and returns when it accepts connections.
     *
     * @throws IllegalStateException if it runs, or was closed
     * @throws EmbeddedServerException if it does not start; the end of its log is in the message
     */
    public synchronized void start() {
        if (closed || isRunning()) {
            throw new IllegalStateException(closed ? "The server was closed." : "The server runs already.");
        }
        home.configure(configuration.settings(port), configuration.certificate);
        List<String> command =
                List.of(binaries.postgres().toString(), "-D", home.data().toString());
        ServerProcess started = ServerProcess.start(
                home.root(),
                home.user().command(command),
                home.log(),
                StopMode.IMMEDIATE.signal,
                temporary ? home.root() : null);
        process = started;
        boolean decided =
                Waiting.until(configuration.startTimeout, () -> home.isReady(started.pid()) || !started.isAlive());
        if (!decided || !started.isAlive()) {
            started.kill();
            process = null;
            throw new EmbeddedServerException("PostgreSQL did not start as " + home.user() + " on port " + port
                    + (decided ? "" : " within " + configuration.startTimeout) + ". The end of its log:"
                    + System.lineSeparator() + LogFile.end(home.log()));
        }
    }

    /** Whether the server runs. */
    public synchronized boolean isRunning() {
        return process != null && process.isAlive();
    }

    /** Stops the server and returns when it has ended; does nothing if it does not run. */
    public synchronized void stop(StopMode mode) {
        ServerProcess running = process;
        if (running == null) {
            return;
        }
        running.signal(mode.signal);
        if (!running.awaitExit(STOP_TIMEOUT)) {
            running.kill();
            process = null;
            throw new EmbeddedServerException("PostgreSQL did not stop within " + STOP_TIMEOUT.toSeconds()
                    + "s and was killed. The end of its log:" + System.lineSeparator() + LogFile.end(home.log()));
        }
        process = null;
    }

    /** Kills the server and every process of it with SIGKILL, as when the machine loses power but not its memory. */
    public synchronized void kill() {
        if (process != null) {
            process.kill();
            process = null;
        }
    }

    /**
     * Kills the process behind one session with SIGKILL, and returns when the server has ended all others too.
     * It then recovers; {@link #awaitConnections()} waits for that.
     *
     * @param backend the session's {@code pg_backend_pid()}
     * @throws IllegalArgumentException if this server has no such process, or no longer had when it was to be killed
     */
    public synchronized void crash(long backend) {
        ServerProcess running = process;
        if (running == null || !running.crash(backend)) {
            throw new IllegalArgumentException(
                    "Process " + backend + " is not a session of this server, or no longer.");
        }
    }

    /** Waits until a connection can be made, as after {@link #crash(long)}. */
    public void awaitConnections() {
        AtomicReference<@Nullable SQLException> last = new AtomicReference<>();
        boolean connected = Waiting.until(configuration.startTimeout, () -> {
            try (Connection connection = administration().connect()) {
                return connection.isValid(0);
            } catch (SQLException e) {
                last.set(e);
                return false;
            }
        });
        if (!connected) {
            throw new EmbeddedServerException("PostgreSQL accepts no connection.", last.get());
        }
    }

    @Override
    public synchronized PostgresDatabase administration() {
        ServerCertificate certificate = configuration.certificate;
        Map<String, String> parameters = certificate == null
                ? Map.of()
                : Map.of(
                        "sslmode",
                        "verify-full",
                        "sslrootcert",
                        certificate.authority().toAbsolutePath().toString());
        return new PostgresDatabase(HOST, port, "postgres", PostgresHome.SUPERUSER, PostgresHome.PASSWORD, parameters);
    }

    /** A database of that name, entered by the superuser, whether it exists or not. */
    public PostgresDatabase database(String name) {
        return administration().named(name);
    }

    @Override
    public PostgresDatabase createDatabase(String name) {
        return Sql.createDatabase(administration(), name, "template1");
    }

    @Override
    public PostgresDatabase copyOf(PostgresDatabase template) {
        return Sql.createDatabase(administration(), Sql.unusedName(), template.name());
    }

    /** The port that the server has for good. */
    public synchronized int port() {
        return port;
    }

    /** The file that the server writes its log to. */
    public Path log() {
        return home.log();
    }

    /** The process id of the server's first process; empty when it does not run. */
    public synchronized OptionalLong pid() {
        ServerProcess running = process;
        return running == null ? OptionalLong.empty() : OptionalLong.of(running.pid());
    }

    /** Stops the server and removes a temporary directory; a given one stays. Closing again does nothing. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            stop(temporary ? StopMode.IMMEDIATE : StopMode.FAST);
        } finally {
            if (temporary) {
                Directories.remove(home.root());
            }
        }
    }
}
