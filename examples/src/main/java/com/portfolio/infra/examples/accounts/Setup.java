package com.portfolio.infra.examples.accounts;

import com.portfolio.infra.neon.NeonConfiguration;
import com.portfolio.infra.neon.NeonSchema;
import com.portfolio.infra.neon.NeonUrl;
import com.portfolio.infra.ports.event.EventCodec;
import com.portfolio.infra.ports.event.EventEncodingException;
import com.portfolio.infra.ports.event.EventTypes;
import com.portfolio.infra.ports.eventstore.EventStoreFailedException;
import com.portfolio.infra.testing.server.EmbeddedServerException;
import com.portfolio.infra.testing.server.PostgresServer;
import com.portfolio.infra.utilities.bootstrap.Infrastructure;
import com.portfolio.infra.utilities.configuration.ConfigurationManager;
import com.portfolio.infra.utilities.configuration.EventStoreConfig;
import com.portfolio.infra.utilities.configuration.InfrastructureConfig;
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
 * What a run is put together from: what the user has configured, and for the rest a PostgreSQL server that is started
 * for it and a message bus in memory.
 */
final class Setup implements AutoCloseable {

    /** Turns events and messages into text and back. */
    static final EventCodec CODEC = JacksonEventCodec.of(EventTypes.ofSealed("accounts", AccountEvent.class)
            .and(EventTypes.ofSealed("accounts", AccountNotice.class)));

    private static final String URL = "DATABASE_URL";
    private static final Map<String, String> IN_MEMORY =
            Map.of("EVENT_STORE_PROVIDER", "memory", "PROJECTION_STORE_PROVIDER", "memory");

    /** Connections beside those of the workers: for projection, relay, health and HTTP. */
    private static final int MORE_CONNECTIONS = 6;

    private final Options options;
    private final Map<String, String> environment;
    private final PrintStream err;
    private final InfrastructureConfig config;
    private final @Nullable PostgresServer embedded;
    private final Timings timings = new Timings();

    private Setup(Options options, Map<String, String> environment, PrintStream err) throws CannotStartException {
        this.options = options;
        this.environment = environment;
        this.err = err;
        this.embedded = needsServer() ? start() : null;
        this.config = load(
                embedded == null ? "" : embedded.administration().libpqUrl(), options.memory() ? IN_MEMORY : Map.of());
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
        SecretsConfig secrets = load("", IN_MEMORY).secrets();
        boolean given = secrets.values().containsKey(URL) || secrets.files().containsKey(URL);
        return !options.memory()
                && !given
                && load("postgresql://localhost/any", Map.of()).eventStore().provider()
                        == EventStoreConfig.Provider.POSTGRES;
    }

    private InfrastructureConfig load(String url, Map<String, String> overriding) {
        Map<String, String> variables = new HashMap<>(environment);
        if (!url.isEmpty()) {
            variables.put(URL, url);
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

    /** Stops the server, if one was started. */
    @Override
    public void close() {
        if (embedded != null) {
            embedded.close();
        }
    }
}
