package com.portfolio.infra.benchmarks.comparison;

import com.portfolio.infra.neon.NeonSchema;
import com.portfolio.infra.neon.NeonSettings;
import com.portfolio.infra.neon.NeonUrl;
import com.portfolio.infra.testing.server.PostgresDatabase;
import com.portfolio.infra.testing.server.PostgresServer;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** One PostgreSQL for everybody, with its settings as they come, but for the number of connections. */
final class BenchmarkServer implements AutoCloseable {

    private static final String APPLICATION = "application";
    private static final String PASSWORD = "benchmark";

    private final PostgresServer server;
    private final PostgresDatabase template;
    private final Scale scale;
    private @Nullable StoredLog log;

    /**
     * Starts it.
     *
     * @param fsync whether commits wait for the disk; without, what is left is the work of the processors
     */
    BenchmarkServer(Scale scale, boolean fsync) throws SQLException {
        this.scale = scale;
        this.server = PostgresServer.builder()
                .fsync(fsync)
                .setting("max_connections", "200")
                .start();
        this.template = server.createDatabase("template");
        server.createRole(APPLICATION, PASSWORD);
        NeonSchema schema = new NeonSchema(NeonUrl.parse(template.libpqUrl()), NeonSettings.alwaysOn());
        schema.migrate();
        schema.grantToApplication(APPLICATION);
        template.execute(Resources.sql("tables.sql"));
    }

    Scale scale() {
        return scale;
    }

    PostgresDatabase administration() {
        return server.administration();
    }

    /** A database with everybody's tables, empty. */
    PostgresDatabase emptyDatabase() {
        return server.copyOf(template);
    }

    /** The database that is read, filled when it is first asked for. */
    StoredLog log() throws SQLException {
        StoredLog filled = log;
        if (filled == null) {
            filled = StoredLog.fill(emptyDatabase(), scale.storedStreams(), scale.storedLength());
            log = filled;
        }
        return filled;
    }

    /** The same database, entered by the role that has no rights but the library's functions. */
    static PostgresDatabase asApplication(PostgresDatabase database) {
        return database.as(APPLICATION, PASSWORD);
    }

    @Override
    public void close() {
        server.close();
    }
}
