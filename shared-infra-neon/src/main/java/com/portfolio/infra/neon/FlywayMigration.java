package com.portfolio.infra.neon;

import com.portfolio.infra.neon.internal.SchemaName;
import com.portfolio.infra.neon.internal.SchemaScripts;
import com.portfolio.infra.ports.eventstore.EventStoreFailedException;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** The one class that knows Flyway, which is optional. */
final class FlywayMigration {

    private static final String HISTORY = "shared_infra_history";

    private FlywayMigration() {}

    static void run(DataSource dataSource, SchemaName schema) {
        try {
            Flyway.configure(FlywayMigration.class.getClassLoader())
                    .dataSource(dataSource)
                    .locations("classpath:" + SchemaScripts.MIGRATIONS)
                    .schemas(schema.name())
                    .table(HISTORY)
                    .placeholders(Map.of("schema", schema.name()))
                    // The schema may hold tables of the service.
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new EventStoreFailedException(
                    "Could not migrate schema '" + schema.name() + "': " + e.getMessage(), e);
        }
    }
}
