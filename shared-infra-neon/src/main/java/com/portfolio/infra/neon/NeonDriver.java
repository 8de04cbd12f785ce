package com.portfolio.infra.neon;

import com.portfolio.infra.neon.internal.PostgresDriver;
import com.portfolio.infra.neon.internal.SqlFailure;
import com.portfolio.infra.utilities.connection.ConnectionSource;
import com.portfolio.infra.utilities.secrets.SecretManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/** Opens connections to one address, for a pool or outside of any, each with the newest user and password. */
final class NeonDriver implements ConnectionSource {

    private final NeonLogin login;
    private final NeonSettings settings;

    NeonDriver(NeonLogin login, NeonSettings settings) {
        this.login = login;
        this.settings = settings;
    }

    /** Host and port. */
    String address() {
        return login.place().host() + ":" + login.place().port();
    }

    /** Whether a login that the server refuses may be granted later. */
    boolean rotates() {
        return login.rotates();
    }

    @Override
    public Connection connect() throws SQLException {
        return connect(properties());
    }

    /** A new connection within a time limit. */
    Connection connect(Duration limit) throws SQLException {
        Properties properties = properties();
        properties.setProperty("loginTimeout", Long.toString(Math.max(1, limit.toSeconds())));
        return connect(properties);
    }

    private Properties properties() {
        return DriverProperties.of(login.newest(), settings);
    }

    private Connection connect(Properties properties) throws SQLException {
        try {
            return PostgresDriver.connect(DriverProperties.jdbcUrl(login.place()), properties);
        } catch (SQLException e) {
            if (SqlFailure.of(e).refusesLogin()) {
                login.lookAgain();
            }
            throw e;
        }
    }

    @Override
    public SecretManager.Registration onChange(Runnable listener) {
        return login.onChange(listener);
    }

    /** The address, without the password. */
    @Override
    public String toString() {
        return login.place().toString();
    }
}
