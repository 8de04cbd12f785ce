package com.portfolio.infra.neon;

import com.portfolio.infra.utilities.bootstrap.BootstrapException;
import com.portfolio.infra.utilities.configuration.DatabaseConfig;
import com.portfolio.infra.utilities.configuration.EventStoreConfig;
import com.portfolio.infra.utilities.configuration.InfrastructureConfig;
import com.portfolio.infra.utilities.secrets.Secret;

/**
 * The database that a configuration names, for who opens or migrates it by hand. {@code Infrastructure} opens it as
 * this says.
 *
 * <pre>{@code
 * new NeonSchema(NeonConfiguration.url(config), NeonConfiguration.settings(config)).migrate();
 * }</pre>
 */
public final class NeonConfiguration {

    private NeonConfiguration() {}

    /**
     * Where the database is, with {@code DATABASE_PASSWORD} in place of the URL's password, if it is set.
     *
     * @throws BootstrapException if the configuration names no database, or {@code DATABASE_URL} can't be used, with
     *         everything that is wrong with it and without the password
     */
    public static NeonUrl url(InfrastructureConfig config) {
        DatabaseConfig database = database(config);
        NeonUrl url;
        try {
            url = NeonUrl.parse(database.url().reveal());
        } catch (IllegalArgumentException e) {
            throw new BootstrapException("DATABASE_URL can't be used. " + e.getMessage(), e);
        }
        return database.password().map(Secret::reveal).map(url::withPassword).orElse(url);
    }

    /**
     * The settings of the database.
     *
     * @throws BootstrapException if the configuration names no database, or can't be used, with everything that is
     *         wrong with it
     */
    public static NeonSettings settings(InfrastructureConfig config) {
        DatabaseConfig database = database(config);
        EventStoreConfig events = config.eventStore();
        try {
            return new NeonSettings(
                    database.schema(),
                    database.pool(),
                    database.connectTimeout(),
                    database.statementTimeout(),
                    database.socketTimeout(),
                    database.inDoubtTimeout(),
                    database.idleTransactionTimeout(),
                    events.pollInterval(),
                    events.maxPollInterval(),
                    events.filterWindow(),
                    NeonSettings.TlsPolicy.valueOf(database.tls().name()),
                    NeonSettings.PreparedStatements.valueOf(
                            database.preparedStatements().name()));
        } catch (IllegalArgumentException e) {
            throw new BootstrapException("The configuration of the database can't be used. " + e.getMessage(), e);
        }
    }

    static DatabaseConfig database(InfrastructureConfig config) {
        return config.eventStore()
                .database()
                .or(() -> config.projections().database())
                .or(() -> config.schemaRegistry().database())
                .orElseThrow(() -> new BootstrapException(
                        "The configuration names no database: DATABASE_URL is required, with EVENT_STORE_PROVIDER,"
                                + " PROJECTION_STORE_PROVIDER or SCHEMA_REGISTRY_PROVIDER neon or postgres.",
                        null));
    }
}
