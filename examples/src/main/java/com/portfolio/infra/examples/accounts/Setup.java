package com.portfolio.infra.examples.accounts;

import com.portfolio.infra.neon.NeonConfiguration;
import com.portfolio.infra.neon.NeonSchema;
import com.portfolio.infra.neon.NeonUrl;
import com.portfolio.infra.ports.event.EventCodec;
import com.portfolio.infra.ports.event.EventEncodingException;
import com.portfolio.infra.ports.event.EventTypes;
import com.portfolio.infra.ports.eventstore.EventStoreFailedException;
import com.portfolio.infra.testing.server.EmbeddedServerException;
import com.portfolio.infra.testing.server.KafkaServer;
import com.portfolio.infra.testing.server.PostgresServer;
import com.portfolio.infra.utilities.bootstrap.Infrastructure;
import com.portfolio.infra.utilities.configuration.ConfigurationManager;
import com.portfolio.infra.utilities.configuration.EventStoreConfig;
import com.portfolio.infra.utilities.configuration.InfrastructureConfig;
import com.portfolio.infra.utilities.configuration.MessageBusConfig;
import com.portfolio.infra.utilities.configuration.SecretsConfig;
import com.portfolio.infra.utilities.middleware.ErrorCategory;
import com.portfolio.infra.utilities.middleware.ErrorHandlingMiddleware;
import com.portfolio.infra.utilities.middleware.LoggingMiddleware;
import com.portfolio.infra.utilities.middleware.MiddlewareChain;
import com.portfolio.infra.utilities.middleware.TracingMiddleware;
import com.portfolio.infra.utilities.serialization.JacksonEventCodec;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a run is put together from: what the user has configured, and for the rest servers that are started for it, a
 * PostgreSQL and, with {@code MESSAGE_BUS_PROVIDER=kafka}, a Kafka.
 */
final class Setup implements AutoCloseable {

    /** Turns events and messages into text and back. */
    static final EventCodec CODEC = JacksonEventCodec.of(EventTypes.ofSealed("accounts", AccountEvent.class)
            .and(EventTypes.ofSealed("accounts", AccountNotice.class)));

    private static final String URL = "DATABASE_URL";
    private static final String BROKERS = "KAFKA_BROKERS";
    private static final Map<String, String> IN_MEMORY =
            Map.of("EVENT_STORE_PROVIDER", "memory", "PROJECTION_STORE_PROVIDER", "memory");

    /** Where nobody is asked, and only what is configured is looked at. */
    private static final String ANY_BROKER = "localhost:9092";

    /** Connections beside those of the workers: for projection, relay, health and HTTP. */
    private static final int MORE_CONNECTIONS = 6;

    private final Options options;
    private final Map<String, String> environment;
    private final PrintStream err;
    private final InfrastructureConfig config;
    private final @Nullable PostgresServer embedded;
    private final @Nullable KafkaServer broker;
    private final Timings timings = new Timings();

    private Setup(Options options, Map<String, String> environment, PrintStream err) throws CannotStartException {
        this.options = options;
        this.environment = environment;
        this.err = err;
        this.embedded = needsServer() ? start() : null;
        try {
            this.broker = needsBroker() ? startBroker() : null;
            this.config = load(
                    embedded == null ? "" : embedded.administration().libpqUrl(),
                    broker == null ? "" : broker.bootstrapServers(),
                    options.memory() ? IN_MEMORY : Map.of());
        } catch (CannotStartException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * What the command line and the environment ask for.
     *
     * @throws CannotStartException if it is not to be had
     */
    static Setup of(Options options, Map<String, String> environment, PrintStream err) throws CannotStartException {
        return new Setup(options, environment, err);
    }

    /** Whether the events are to be in a PostgreSQL, and nobody says in which. */
    private boolean needsServer() {
        SecretsConfig secrets = load("", ANY_BROKER, IN_MEMORY).secrets();
        boolean given = secrets.values().containsKey(URL) || secrets.files().containsKey(URL);
        return !options.memory()
                && !given
                && load("postgresql://localhost/any", ANY_BROKER, Map.of())
                                .eventStore()
                                .provider()
                        == EventStoreConfig.Provider.POSTGRES;
    }

    /** Whether messages are to go through Kafka, and nobody says through which. */
    private boolean needsBroker() {
        return !isGiven(BROKERS)
                && load("", ANY_BROKER, IN_MEMORY).messageBus().provider() == MessageBusConfig.Provider.KAFKA;
    }

    private boolean isGiven(String variable) {
        return environment.containsKey(variable) || System.getProperty(variable) != null;
    }

    private InfrastructureConfig load(String url, String brokers, Map<String, String> overriding) {
        Map<String, String> variables = new HashMap<>(environment);
        if (!url.isEmpty()) {
            variables.put(URL, url);
        }
        if (!brokers.isEmpty() && !isGiven(BROKERS)) {
            variables.put(BROKERS, brokers);
            variables.putIfAbsent("KAFKA_CREATE_TOPICS", "true");
        }
        Map<String, String> properties = new HashMap<>();
        System.getProperties()
                .stringPropertyNames()
                .forEach(name -> properties.put(name, System.getProperty(name, "")));
        properties.putAll(overriding);
        return ConfigurationManager.builder()
                .environment(variables)
                .systemProperties(properties)
                .defaults(Map.of(
                        "SERVICE_NAME", "accounts",
                        "EVENT_STORE_PROVIDER", "postgres",
                        "MESSAGE_BUS_PROVIDER", "memory",
                        "DATABASE_SCHEMA", "quickstart",
                        "DB_POOL_SIZE", Integer.toString(options.workers() + MORE_CONNECTIONS),
                        "DB_POOL_ACQUIRE_TIMEOUT", "10s",
                        "HEALTH_INTERVAL", "1s"))
                .load();
    }

    private PostgresServer start() throws CannotStartException {
        err.println("Starting an embedded PostgreSQL"
                + options.data().map(folder -> " on " + folder).orElse("") + ".");
        PostgresServer.Builder builder = PostgresServer.builder().fsync(true);
        Optional<Path> data = options.data();
        try {
            return (data.isPresent() ? builder.directory(data.get()) : builder).start();
        } catch (EmbeddedServerException e) {
            throw new CannotStartException(e.getMessage() + " A database of your own can be named by " + URL + ".", e);
        }
    }

    private KafkaServer startBroker() throws CannotStartException {
        err.println("Starting an embedded Kafka.");
        try {
            return KafkaServer.builder().start();
        } catch (EmbeddedServerException e) {
            throw new CannotStartException(e.getMessage() + " Brokers of your own can be named by " + BROKERS + ".", e);
        }
    }

    /** The configuration of the accounts service. */
    InfrastructureConfig config() {
        return config;
    }

    /** What people call the place of the events. */
    String store() {
        if (config.eventStore().database().isEmpty()) {
            return "memory";
        }
        return embedded == null ? "the PostgreSQL of " + URL : "an embedded PostgreSQL";
    }

    /** Whether the data is there for another run. */
    boolean kept() {
        return config.eventStore().database().isPresent()
                && (embedded == null || options.data().isPresent());
    }

    /**
     * Opens what is configured. The tables in a database of the user's are touched only when that is asked for.
     *
     * @throws CannotStartException if it is not to be had
     */
    Infrastructure open() throws CannotStartException {
        boolean migrating = embedded != null || options.migrate();
        if (config.eventStore().database().isPresent()) {
            NeonUrl address = NeonConfiguration.url(config);
            if (embedded == null) {
                // Said at once: a server that is not there is waited for, for some seconds.
                err.println("Connecting to " + store() + " at " + address.host() + ":" + address.port() + ".");
            }
            if (migrating) {
                new NeonSchema(address, NeonConfiguration.settings(config)).migrate();
            }
        }
        try {
            return Infrastructure.builder(config, CODEC)
                    .middleware(middleware())
                    .open();
        } catch (EventStoreFailedException e) {
            // Without a cause it is no error of the driver's: the schema is not there, or too old.
            if (e.getCause() == null && !migrating) {
                throw new CannotStartException(e.getMessage() + " The quickstart does it when told --migrate.", e);
            }
            throw e;
        }
    }

    /** Around each call of a port: one trace from a request to the message that tells of it, timers, and lines in the log. */
    private MiddlewareChain middleware() {
        return MiddlewareChain.of(
                TracingMiddleware.create(),
                timings.middleware(),
                LoggingMiddleware.create(),
                ErrorHandlingMiddleware.builder()
                        .map(EventEncodingException.class, ErrorCategory.INVALID_INPUT)
                        .build());
    }

    /** How long the calls of the ports took. */
    Timings timings() {
        return timings;
    }

    /** What carries the messages, as people call it. */
    String bus() {
        if (config.messageBus().provider() != MessageBusConfig.Provider.KAFKA) {
            return "a bus in memory";
        }
        return broker == null ? "the Kafka of " + BROKERS : "an embedded Kafka";
    }

    /** Stops the servers that were started. */
    @Override
    public void close() {
        if (broker != null) {
            broker.close();
        }
        if (embedded != null) {
            embedded.close();
        }
    }
}
