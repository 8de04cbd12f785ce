package com.portfolio.infra.neon.internal;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The JDBC driver. Loading its class makes it known to {@link DriverManager} also where the loader of this
 * library is not the one that looked for drivers at first.
 */
public final class PostgresDriver {

    /** The name of its class. */
    public static final String CLASS = "org.postgresql.Driver";

    private static final String ANY_URL = "jdbc:postgresql:";

    static {
        try {
            Class.forName(CLASS);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("The driver org.postgresql:postgresql is not on the class path.", e);
        }
    }

    private PostgresDriver() {}

    /** A new connection. */
    public static Connection connect(String url, Properties properties) throws SQLException {
        return DriverManager.getConnection(url, properties);
    }

    /** What the driver itself lists, so that a newer driver's parameters are known too. */
    static Set<String> parameterNames() {
        try {
            Driver driver = DriverManager.getDriver(ANY_URL);
            return Arrays.stream(driver.getPropertyInfo(ANY_URL, new Properties()))
                    .map(property -> property.name)
                    .collect(Collectors.toUnmodifiableSet());
        } catch (SQLException e) {
            throw new IllegalStateException("The driver org.postgresql:postgresql does not list its parameters.", e);
        }
    }
}
