package com.portfolio.infra.examples.accounts;

import com.portfolio.infra.neon.NeonDatabase;
import com.portfolio.infra.neon.NeonSchema;
import com.portfolio.infra.neon.NeonSettings;
import com.portfolio.infra.neon.NeonUrl;
import com.portfolio.infra.ports.eventstore.EventStoreFailedException;
import com.portfolio.infra.testing.server.EmbeddedServerException;
import com.portfolio.infra.testing.server.PostgresServer;
import com.portfolio.infra.utilities.connection.PoolSettings;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Where a run keeps its data: memory, a database of the user's, or a PostgreSQL server that is started for
 * it.
 */
final class Backend implements AutoCloseable {

    private static final String URL = "DATABASE_URL";

    /** Connections beside those of the workers: for projection, relay, health and HTTP. */
    private static final int MORE_CONNECTIONS = 6;

    private final Adapters adapters;
    private final boolean kept;
    private final Runnable closing;

    private Backend(Adapters adapters, boolean kept, Runnable closing) {
        this.adapters = adapters;
        this.kept = kept;
        this.closing = closing;
    }

    /**
     * What the command line and the environment ask for.
     *
     * @throws CannotStartException if it is not to be had
     */
    static Backend open(Options options, Map<String, String> environment, PrintStream err) throws CannotStartException {
        if (options.memory()) {
            return new Backend(Adapters.inMemory(), false, () -> {});
        }
        String url = environment.getOrDefault(URL, "").strip();
        return url.isEmpty() ? embedded(options, err) : given(options, url, err);
    }

    Adapters adapters() {
        return adapters;
    }

    /** Whether the data is there for another run. */
    boolean kept() {
        return kept;
    }

    /** A database of the user's, whose tables are touched only when that is asked for. */
    private static Backend given(Options options, String url, PrintStream err) throws CannotStartException {
        NeonUrl address;
        try {
            address = NeonUrl.parse(url);
        } catch (IllegalArgumentException e) {
            throw new CannotStartException(URL + " can't be used. " + e.getMessage(), e);
        }
        // Said at once: a server that is not there is waited for, for some seconds.
        err.println("Connecting to the PostgreSQL of " + URL + " at " + address.host() + ":" + address.port() + ".");
        try {
            return connect("the PostgreSQL of " + URL, address, options.migrate(), options.workers(), true, () -> {});
        } catch (EventStoreFailedException e) {
            // Without a cause it is no error of the driver's: the schema is not there, or too old.
            if (e.getCause() == null && !options.migrate()) {
                throw new CannotStartException(e.getMessage() + " The quickstart does it when told --migrate.", e);
            }
            throw e;
        }
    }

    private static Backend embedded(Options options, PrintStream err) throws CannotStartException {
        err.println("Starting an embedded PostgreSQL"
                + options.data().map(folder -> " on " + folder).orElse("") + ".");
        PostgresServer.Builder builder = PostgresServer.builder().fsync(true);
        Optional<Path> data = options.data();
        PostgresServer server;
        try {
            server = (data.isPresent() ? builder.directory(data.get()) : builder).start();
        } catch (EmbeddedServerException e) {
            throw new CannotStartException(e.getMessage() + " A database of your own can be named by " + URL + ".", e);
        }
        try {
            NeonUrl address = NeonUrl.parse(server.administration().libpqUrl());
            return connect("an embedded PostgreSQL", address, true, options.workers(), data.isPresent(), server::close);
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private static Backend connect(
            String name, NeonUrl address, boolean migrate, int workers, boolean kept, Runnable closing) {
        PoolSettings pool = PoolSettings.alwaysOn()
                .withMaxSize(workers + MORE_CONNECTIONS)
                .withAcquireTimeout(Duration.ofSeconds(10));
        NeonSettings settings = NeonSettings.alwaysOn().toBuilder()
                .schema("quickstart")
                .pool(pool)
                .build();
        if (migrate) {
            new NeonSchema(address, settings).migrate();
        }
        NeonDatabase database = NeonDatabase.open(address, settings);
        try {
            return new Backend(Adapters.neon(name, database), kept, () -> {
                database.close();
                closing.run();
            });
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    @Override
    public void close() {
        closing.run();
    }
}
