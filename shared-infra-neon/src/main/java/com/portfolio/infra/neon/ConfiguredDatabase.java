package com.portfolio.infra.neon;

import com.portfolio.infra.utilities.bootstrap.AdapterContext;
import com.portfolio.infra.utilities.bootstrap.BootstrapException;
import com.portfolio.infra.utilities.bootstrap.Dependency;
import com.portfolio.infra.utilities.configuration.DatabaseConfig;
import com.portfolio.infra.utilities.secrets.CurrentSecret;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * The one database of a service, which its event store and its projections share.
 *
 * @param database   with one pool for all
 * @param dependency the same, with its health
 */
record ConfiguredDatabase(NeonDatabase database, Dependency dependency) {

    /** {@code postgres} differs in the defaults of the configuration alone. */
    static final Set<String> NAMES = Set.of("neon", "postgres");

    /** An append that is open for longer holds the log back, which its health then says. */
    private static final Duration LONGEST_APPEND = Duration.ofSeconds(10);

    static ConfiguredDatabase of(AdapterContext context) {
        return context.shared(ConfiguredDatabase.class, () -> {
            NeonDatabase database = context.shared(NeonDatabase.class, () -> open(context));
            return new ConfiguredDatabase(
                    database,
                    new Dependency(
                            "database",
                            "postgresql",
                            health(context, database),
                            Optional.of(database.settings().pool().acquireTimeout())));
        });
    }

    private static NeonDatabase open(AdapterContext context) {
        NeonDatabaseBuilder builder = rotating(context, "DATABASE_URL")
                .map(ConfiguredDatabase::following)
                .orElseGet(() -> NeonDatabase.builder(NeonConfiguration.url(context.config())));
        rotating(context, "DATABASE_PASSWORD").ifPresent(builder::password);
        return builder.settings(NeonConfiguration.settings(context.config()))
                .connections(context.connections())
                .open();
    }

    private static NeonDatabaseBuilder following(CurrentSecret url) {
        try {
            return NeonDatabase.builder(url);
        } catch (IllegalArgumentException e) {
            throw new BootstrapException(
                    "The file of DATABASE_URL has changed since it was read. " + e.getMessage(), e);
        }
    }

    /** A secret that may change, as it is in a file. */
    private static Optional<CurrentSecret> rotating(AdapterContext context, String name) {
        return context.config().secrets().files().containsKey(name)
                ? Optional.of(context.closing(context.secrets().current(name)))
                : Optional.empty();
    }

    /** A database that may fall asleep is not woken to ask how it is. */
    private static NeonHealthCheck health(AdapterContext context, NeonDatabase database) {
        return NeonConfiguration.database(context.config()).preset() == DatabaseConfig.Preset.SCALE_TO_ZERO
                ? NeonHealthCheck.passive(database)
                : NeonHealthCheck.active(database, LONGEST_APPEND);
    }
}
