package com.portfolio.infra.utilities.connection;

import com.portfolio.infra.utilities.secrets.CurrentSecret;
import com.portfolio.infra.utilities.secrets.SecretManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import javax.sql.DataSource;

/** A driver's source, entered by a user whose password may be rotated. */
final class RotatingSource implements ConnectionSource {

    /** Invalid authorization specification, as the SQL standard calls it. */
    private static final String LOGIN_REFUSED = "28";

    private final DataSource driver;
    private final String user;
    private final CurrentSecret password;

    RotatingSource(DataSource driver, String user, CurrentSecret password) {
        this.driver = Objects.requireNonNull(driver, "driver");
        this.user = Objects.requireNonNull(user, "user");
        this.password = Objects.requireNonNull(password, "password");
    }

    @Override
    public Connection connect() throws SQLException {
        try {
            return driver.getConnection(user, password.get().reveal());
        } catch (SQLException e) {
            if (e.getSQLState() != null && e.getSQLState().startsWith(LOGIN_REFUSED)) {
                password.lookAgain();
            }
            throw e;
        }
    }

    @Override
    public SecretManager.Registration onChange(Runnable listener) {
        return password.onChange(any -> listener.run());
    }

    @Override
    public String toString() {
        return driver.getClass().getName() + " with " + password;
    }
}
