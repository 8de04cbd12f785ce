package com.portfolio.infra.utilities.connection;

import com.portfolio.infra.utilities.secrets.CurrentSecret;
import com.portfolio.infra.utilities.secrets.SecretManager;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Opens the connections of a pool, each with the credentials that are the newest by then.
 *
 * <p>Called by threads of the pool, one at a time. An implementation is to bring its own time limit for opening, as
 * drivers have one. Its {@code toString()} may be logged.
 */
@FunctionalInterface
public interface ConnectionSource {

    /** Opens a connection, which belongs to the pool from then on. Blocks. */
    Connection connect() throws SQLException;

    /**
     * Tells when credentials have changed, on any thread, and after {@link #connect} uses the new ones. By default
     * they never do.
     *
     * @return ends it
     */
    default SecretManager.Registration onChange(Runnable listener) {
        return () -> {};
    }

    /** A driver's source, which knows the credentials itself. Not a pool: each connection has to be a new one. */
    static ConnectionSource of(DataSource driver) {
        return new DriverSource(driver);
    }

    /**
     * A driver's source, entered by a user whose password may be rotated. A refused login (SQLSTATE class 28) lets
     * the password be looked for {@linkplain CurrentSecret#lookAgain at once}.
     *
     * @param password left open when the pool is closed
     */
    static ConnectionSource of(DataSource driver, String user, CurrentSecret password) {
        return new RotatingSource(driver, user, password);
    }
}
