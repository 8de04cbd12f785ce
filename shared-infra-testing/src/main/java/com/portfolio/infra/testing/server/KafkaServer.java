package com.portfolio.infra.testing.server;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka of one node, for tests: the broker that {@code org.apache.kafka:kafka_2.13} brings, in a JVM of its own, so that it
 * can be stopped, killed, frozen and started again with its data and on its ports. It listens on 127.0.0.1 alone, makes no
 * topic by itself, and ends with this JVM, however this JVM ends.
 *
 * <pre>{@code
 * try (KafkaServer kafka = KafkaServer.builder().start()) {
 *     String brokers = kafka.bootstrapServers();
 * }
 * }</pre>
 *
 * <p>What is acknowledged is not on the disk yet, as everywhere in Kafka; it survives the death of the process, not that of
 * the machine. Thread-safe.
 */
public final class KafkaServer implements AutoCloseable {

    /** System property with the brokers of a running Kafka that {@link #sharedBootstrapServers()} then names. */
    public static final String BROKERS_PROPERTY = "shared.infra.kafka.brokers";

    private static final String HOST = "127.0.0.1";
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int SCRAM_ITERATIONS = 4_096;

    private final Path home;
    private final String clusterId = Uuid.randomUuid().toString();
    private final Map<KafkaListener, Integer> ports = new EnumMap<>(KafkaListener.class);
    private final Map<String, String> settings;
    private final Map<String, String> users;
    private final List<String> jvmArguments;
    private final @Nullable TestCertificates certificates;
    private @Nullable ServerProcess process;
    private boolean closed;

    private KafkaServer(Builder builder) {
        this.settings = Map.copyOf(builder.settings);
        this.users = new LinkedHashMap<>(builder.users);
        this.jvmArguments = List.copyOf(builder.jvmArguments);
        this.certificates = builder.certificates;
        for (KafkaListener listener : KafkaListener.values()) {
            if (builder.listens(listener)) {
                ports.put(listener, FreePorts.next());
            }
        }
        try {
            this.home = Files.createTempDirectory("shared-infra-kafka");
        } catch (IOException e) {
            throw new EmbeddedServerException("The directory for Kafka could not be made: " + e, e);
        }
    }

    /** A server with all defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The brokers that all tests of this JVM share: those that the system property {@value #BROKERS_PROPERTY} names, or a
     * server that is started on first use and stopped when the JVM ends. Anybody may enter.
     */
    public static String sharedBootstrapServers() {
        String existing = System.getProperty(BROKERS_PROPERTY);
        return existing != null && !existing.isBlank() ? existing : SharedKafka.SERVER.bootstrapServers();
    }

    /** Made on first use. */
    private static final class SharedKafka {

        static final KafkaServer SERVER = start();

        private static KafkaServer start() {
            KafkaServer server = builder().start();
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "shared-infra-kafka-stop"));
            return server;
        }
    }

    /** What a server starts with. */
    public static final class Builder {

        private final Map<String, String> settings = new LinkedHashMap<>();
        private final Map<String, String> users = new LinkedHashMap<>();
        private final List<String> jvmArguments = new ArrayList<>();
        private @Nullable TestCertificates certificates;

        private Builder() {}

        /** Sets a property of the broker, which goes before the defaults. */
        public Builder setting(String name, String value) {
            settings.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
            return this;
        }

        /**
         * Lets a user in, at listeners of their own: by {@code PLAIN}, {@code SCRAM-SHA-256} and {@code SCRAM-SHA-512}.
         */
        public Builder user(String name, String password) {
            users.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(password, "password"));
            return this;
        }

        /** Encrypts, at listeners of their own, with the {@linkplain TestCertificates#server() server's certificate}. */
        public Builder tls(TestCertificates from) {
            this.certificates = Objects.requireNonNull(from, "certificates");
            return this;
        }

        /** One more argument of the broker's JVM. */
        public Builder jvmArgument(String argument) {
            jvmArguments.add(Objects.requireNonNull(argument, "argument"));
            return this;
        }

        private boolean listens(KafkaListener listener) {
            return (!listener.asksForUsers() || !users.isEmpty()) && (!listener.isEncrypted() || certificates != null);
        }

        /**
         * Starts the server, and returns when it takes part in its cluster of one.
         *
         * @throws EmbeddedServerException if it does not start; with the end of its log
         */
        public KafkaServer start() {
            KafkaServer server = new KafkaServer(this);
            try {
                server.start();
                server.users.forEach(server::allowScram);
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
     * Starts the server again, with its data and on its ports.
     *
     * @throws IllegalStateException if it runs, or was closed
     */
    public synchronized void start() {
        if (closed || isRunning()) {
            throw new IllegalStateException(closed ? "The server was closed." : "The server runs already.");
        }
        configure();
        ServerProcess started = ServerProcess.start(home, command(), log(), "TERM", home);
        process = started;
        Waiting.until(TIMEOUT, () -> !started.isAlive() || Files.exists(up()));
        if (!started.isAlive() || !Files.exists(up())) {
            started.kill();
            process = null;
            throw new EmbeddedServerException(
                    "Kafka did not start on ports " + ports + ":" + System.lineSeparator() + LogFile.end(log()));
        }
    }

    private Path up() {
        return home.resolve(KafkaProgram.UP);
    }

    private List<String> command() {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms128m",
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Dlogback.configurationFile=" + home.resolve("logback.xml"),
                "-D" + KafkaUsers.FILE_PROPERTY + "=" + home.resolve("users.properties")));
        command.addAll(jvmArguments);
        command.addAll(
                List.of("-cp", JvmClassPath.current(), KafkaProgram.class.getName(), home.toString(), clusterId));
        return command;
    }

    private void configure() {
        try {
            Files.deleteIfExists(up());
            write(KafkaProgram.PROPERTIES, properties());
            writeUsers();
            Files.writeString(home.resolve("logback.xml"), """
                    <configuration>
                      <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
                        <encoder><pattern>%d %-5level [%thread] %logger{20} %msg%n</pattern></encoder>
                      </appender>
                      <root level="WARN"><appender-ref ref="out"/></root>
                    </configuration>
                    """);
        } catch (IOException e) {
            throw new EmbeddedServerException("The configuration of Kafka could not be written: " + e, e);
        }
    }

    private void writeUsers() throws IOException {
        write("users.properties", users);
    }

    /** Replaced as a whole, as it may be read at any time. */
    private void write(String name, Map<String, String> content) throws IOException {
        Properties properties = new Properties();
        properties.putAll(content);
        Path file = Files.createTempFile(
                home, name, "", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            properties.store(writer, null);
        }
        Files.move(file, home.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private Map<String, String> properties() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("process.roles", "broker,controller");
        all.put("node.id", "1");
        all.put("controller.listener.names", KafkaListener.CONTROLLER.name());
        all.put("controller.quorum.voters", "1@" + HOST + ":" + ports.get(KafkaListener.CONTROLLER));
        all.put("inter.broker.listener.name", KafkaListener.PLAIN.name());
        all.put("listeners", addresses(false));
        all.put("advertised.listeners", addresses(true));
        all.put(
                "listener.security.protocol.map",
                ports.keySet().stream()
                        .map(listener -> listener.name() + ":" + listener.protocol())
                        .collect(Collectors.joining(",")));
        all.put("log.dirs", home.resolve(KafkaProgram.DATA).toString());
        addSizesOfOne(all);
        addUsers(all);
        addCertificate(all);
        all.putAll(settings);
        return all;
    }

    private String addresses(boolean forClients) {
        return ports.entrySet().stream()
                .filter(each -> !forClients || each.getKey() != KafkaListener.CONTROLLER)
                .map(each -> each.getKey().name() + "://" + HOST + ":" + each.getValue())
                .collect(Collectors.joining(","));
    }

    private static void addSizesOfOne(Map<String, String> all) {
        all.put("auto.create.topics.enable", "false");
        all.put("offsets.topic.replication.factor", "1");
        all.put("offsets.topic.num.partitions", "4");
        all.put("transaction.state.log.replication.factor", "1");
        all.put("transaction.state.log.min.isr", "1");
        all.put("transaction.state.log.num.partitions", "4");
        all.put("share.coordinator.state.topic.replication.factor", "1");
        all.put("share.coordinator.state.topic.min.isr", "1");
        all.put("share.coordinator.state.topic.num.partitions", "4");
        all.put("group.initial.rebalance.delay.ms", "0");
        all.put("log.cleaner.dedupe.buffer.size", "4194304");
        all.put("num.network.threads", "2");
        all.put("num.io.threads", "4");
    }

    private void addUsers(Map<String, String> all) {
        for (KafkaListener listener : ports.keySet()) {
            if (listener.asksForUsers()) {
                String prefix = "listener.name." + listener.name().toLowerCase(Locale.ROOT) + ".";
                all.put(prefix + "sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-256,SCRAM-SHA-512");
                all.put(
                        prefix + "plain.sasl.jaas.config",
                        "org.apache.kafka.common.security.plain.PlainLoginModule required;");
                all.put(prefix + "plain.sasl.server.callback.handler.class", KafkaUsers.class.getName());
                for (String scram : List.of("scram-sha-256", "scram-sha-512")) {
                    all.put(
                            prefix + scram + ".sasl.jaas.config",
                            "org.apache.kafka.common.security.scram.ScramLoginModule required;");
                }
            }
        }
    }

    private void addCertificate(Map<String, String> all) {
        if (certificates != null) {
            all.put("ssl.keystore.type", "PKCS12");
            all.put(
                    "ssl.keystore.location",
                    certificates.keyStore(certificates.server()).toString());
            all.put("ssl.keystore.password", TestCertificates.STORE_PASSWORD);
            all.put("ssl.truststore.type", "PKCS12");
            all.put("ssl.truststore.location", certificates.trustStore().toString());
            all.put("ssl.truststore.password", TestCertificates.STORE_PASSWORD);
        }
    }

    /** Where anybody may enter, as {@code host:port}. */
    public String bootstrapServers() {
        return bootstrap(KafkaListener.PLAIN);
    }

    /** Where users are asked for their password. */
    public String saslBootstrapServers() {
        return bootstrap(KafkaListener.SASL);
    }

    /** Where connections are encrypted. */
    public String tlsBootstrapServers() {
        return bootstrap(KafkaListener.TLS);
    }

    /** Where connections are encrypted, and users are asked for their password. */
    public String saslTlsBootstrapServers() {
        return bootstrap(KafkaListener.SASL_TLS);
    }

    private String bootstrap(KafkaListener listener) {
        Integer port = ports.get(listener);
        if (port == null) {
            throw new IllegalStateException(
                    "The server was not built with users or certificates, as " + listener + " needs.");
        }
        return HOST + ":" + port;
    }

    /** Gives a user another password; connections that stand stay. The server must run. */
    public synchronized void updateUser(String user, String password) {
        if (!users.containsKey(user)) {
            throw new IllegalArgumentException("There is no user '" + user + "'.");
        }
        users.put(user, password);
        try {
            writeUsers();
        } catch (IOException e) {
            throw new EmbeddedServerException("The users of Kafka could not be written: " + e, e);
        }
        allowScram(user, password);
    }

    private void allowScram(String user, String password) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
            // One request each: Kafka takes no two credentials of a user in one.
            for (ScramMechanism mechanism : List.of(ScramMechanism.SCRAM_SHA_256, ScramMechanism.SCRAM_SHA_512)) {
                UserScramCredentialAlteration upsertion = new UserScramCredentialUpsertion(
                        user, new ScramCredentialInfo(mechanism, SCRAM_ITERATIONS), password);
                admin.alterUserScramCredentials(List.of(upsertion)).all().get();
            }
        } catch (ExecutionException e) {
            throw new EmbeddedServerException("Kafka refused the password of '" + user + "': " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedServerException("Interrupted while the password of '" + user + "' was set.", e);
        }
    }

    /** The file that it writes warnings and errors to. */
    public Path log() {
        return home.resolve("kafka.log");
    }

    /** Whether it runs; a frozen server does. */
    public synchronized boolean isRunning() {
        return process != null && process.isAlive();
    }

    /** Stops the server in good order; does nothing if it does not run. */
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

    /** Kills the server with SIGKILL; does nothing if it does not run. */
    public synchronized void kill() {
        if (process != null) {
            process.kill();
            process = null;
        }
    }

    /** Has the server do nothing, with all its connections open, until {@link #thaw()}. */
    public synchronized void freeze() {
        signal("STOP");
    }

    /** Undoes {@link #freeze()}. */
    public synchronized void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        if (process == null) {
            throw new IllegalStateException("The server does not run.");
        }
        process.signal(name);
    }

    /** Kills the server, as nobody needs its data any more, and removes them. */
    @Override
    public synchronized void close() {
        if (!closed) {
            kill();
            closed = true;
            Directories.remove(home);
        }
    }
}
