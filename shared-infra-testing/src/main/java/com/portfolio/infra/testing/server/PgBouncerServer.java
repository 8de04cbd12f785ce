package com.portfolio.infra.testing.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A PgBouncer of the operating system, or out of its packages, in front of a PostgreSQL server, pooling by transaction, as hosted
 * databases do.
 *
 * <p>Clients enter every database of the server with the roles that the builder was told; PgBouncer asks them
 * for their password (SCRAM) and uses the same one towards the server. It listens on 127.0.0.1 alone, and ends
 * with this JVM, however the JVM ends. Thread-safe.
 */
public final class PgBouncerServer implements AutoCloseable {

    /** System property with the path of the program, where it is not on the search path. */
    public static final String PROGRAM_PROPERTY = "shared.infra.pgbouncer";

    private static final String HOST = "127.0.0.1";
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final PgBouncerProgram program;
    private final ServerUser user;
    private final Path home;
    private final PostgresDatabase target;
    private final Map<String, String> roles;
    private final Map<String, String> settings;
    private final int port = FreePorts.next();
    private @Nullable ServerProcess process;
    private boolean closed;

    private PgBouncerServer(Builder builder) {
        this.program = PgBouncerProgram.find();
        this.user = ServerUser.current();
        this.target = builder.target;
        this.roles = Map.copyOf(builder.roles);
        this.settings = new LinkedHashMap<>(builder.settings);
        try {
            this.home = Files.createTempDirectory("shared-infra-pgbouncer");
        } catch (IOException e) {
            throw new EmbeddedServerException("The directory for PgBouncer could not be made: " + e, e);
        }
    }

    /** A pooler in front of the server that has {@code target}, which also names the first role. */
    public static Builder inFrontOf(PostgresDatabase target) {
        return new Builder(target);
    }

    /** What a pooler starts with. */
    public static final class Builder {

        private final PostgresDatabase target;
        private final Map<String, String> roles = new LinkedHashMap<>();
        private final Map<String, String> settings = new LinkedHashMap<>();

        private Builder(PostgresDatabase target) {
            this.target = target;
            roles.put(target.user(), target.password());
        }

        /** Lets another role in. */
        public Builder role(String name, String password) {
            roles.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(password, "password"));
            return this;
        }

        /** How many connections to the server a pair of database and role has; 20 by default. */
        public Builder poolSize(int poolSize) {
            return setting("default_pool_size", Integer.toString(poolSize));
        }

        /** Sets a parameter of {@code pgbouncer.ini}. */
        public Builder setting(String name, String value) {
            if (!name.matches("[a-z_0-9]+") || value.indexOf('\n') >= 0) {
                throw new IllegalArgumentException("'" + name + "' or its value is no setting of PgBouncer.");
            }
            settings.put(name, value);
            return this;
        }

        /**
         * Starts the pooler and returns when it listens.
         *
         * @throws EmbeddedServerException if the program is not installed and can't be brought, or does not start
         */
        public PgBouncerServer start() {
            PgBouncerServer server = new PgBouncerServer(this);
            try {
                server.start();
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
    }

    /**
     * Starts the pooler again, on the same port, and returns when it listens.
     *
     * @throws IllegalStateException if it runs, or was closed
     */
    public synchronized void start() {
        if (closed || isRunning()) {
            throw new IllegalStateException(closed ? "The pooler was closed." : "The pooler runs already.");
        }
        Path configuration = configure();
        List<String> command = new ArrayList<>(program.command());
        command.add(configuration.toString());
        long logged = log().toFile().length();
        ServerProcess started = ServerProcess.start(home, user.command(command), log(), "INT", home);
        process = started;
        boolean decided = Waiting.until(TIMEOUT, () -> !started.isAlive() || isUp(logged));
        if (!decided || !started.isAlive()) {
            started.kill();
            process = null;
            throw new EmbeddedServerException("PgBouncer did not start as " + user + " on port " + port + ":"
                    + System.lineSeparator() + LogFile.end(log()));
        }
    }

    /** It says so once it listens. What an earlier run wrote stands before {@code start}. */
    private boolean isUp(long start) {
        try {
            byte[] log = Files.readAllBytes(log());
            return new String(log, StandardCharsets.UTF_8)
                    .substring((int) start)
                    .contains("process up: PgBouncer");
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new EmbeddedServerException("The log of PgBouncer could not be read: " + e, e);
        }
    }

    private Path configure() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("listen_addr", HOST);
        all.put("listen_port", Integer.toString(port));
        all.put("unix_socket_dir", "");
        all.put("pool_mode", "transaction");
        all.put("auth_type", "scram-sha-256");
        all.put("auth_file", home.resolve("users.txt").toString());
        all.put("default_pool_size", "20");
        all.put("max_client_conn", "500");
        // Drivers ask for these as they connect, and a pool by transaction can't keep them.
        all.put("ignore_startup_parameters", "extra_float_digits");
        String authority = target.parameters().get("sslrootcert");
        if (authority != null) {
            all.put("server_tls_sslmode", target.parameters().getOrDefault("sslmode", "verify-full"));
            all.put("server_tls_ca_file", home.resolve("authority.crt").toString());
        }
        all.putAll(settings);
        String lines = all.entrySet().stream()
                .map(setting -> setting.getKey() + " = " + setting.getValue() + "\n")
                .collect(Collectors.joining("", "[pgbouncer]\n", ""));
        String users = roles.entrySet().stream()
                .map(role -> quote(role.getKey()) + " " + quote(role.getValue()) + "\n")
                .collect(Collectors.joining());
        try {
            if (authority != null && Files.notExists(home.resolve("authority.crt"))) {
                Files.copy(Path.of(authority), home.resolve("authority.crt"));
            }
            write("users.txt", users);
            Path file = write(
                    "pgbouncer.ini",
                    "[databases]\n* = host=" + target.host() + " port=" + target.port() + "\n\n" + lines);
            user.own(home);
            return file;
        } catch (IOException e) {
            throw new EmbeddedServerException("The configuration of PgBouncer could not be written: " + e, e);
        }
    }

    private Path write(String name, String content) throws IOException {
        Path file = home.resolve(name);
        Files.writeString(file, content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static String quote(String text) {
        return "\"" + text.replace("\"", "\"\"") + "\"";
    }

    /** Where clients connect to. */
    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress().getHostAddress(), port);
    }

    /** A database of the server behind, reached through the pooler without TLS. */
    public PostgresDatabase through(PostgresDatabase database) {
        return new PostgresDatabase(HOST, port, database.name(), database.user(), database.password(), Map.of());
    }

    /** The file that it writes its log to. */
    public Path log() {
        return home.resolve("pgbouncer.log");
    }

    /** Whether it runs. */
    public synchronized boolean isRunning() {
        return process != null && process.isAlive();
    }

    /** Stops the pooler, which ends all sessions at once; does nothing if it does not run. */
    public synchronized void stop() {
        ServerProcess running = process;
        if (running == null) {
            return;
        }
        running.signal("TERM");
        if (!running.awaitExit(TIMEOUT)) {
            running.kill();
        }
        process = null;
    }

    /** Kills the pooler with SIGKILL. */
    public synchronized void kill() {
        if (process != null) {
            process.kill();
            process = null;
        }
    }

    /** Stops the pooler and removes its files. Closing again does nothing. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            stop();
        } finally {
            Directories.remove(home);
        }
    }
}
