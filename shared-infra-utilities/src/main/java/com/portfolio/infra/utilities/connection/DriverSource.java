package com.portfolio.infra.utilities.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import javax.sql.DataSource;

/** A driver's source, which knows the credentials itself. */
final class DriverSource implements ConnectionSource {

    private final DataSource driver;

    DriverSource(DataSource driver) {
        this.driver = Objects.requireNonNull(driver, "driver");
    }

    @Override
    public Connection connect() throws SQLException {
        return driver.getConnection();
    }

    /** Without what the driver's source says of itself, which may be its password. */
    @Override
    public String toString() {
        return driver.getClass().getName();
    }
}
