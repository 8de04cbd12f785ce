package com.portfolio.infra.utilities.connection;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A source of connections with credentials of its own, and without what else a driver's offers. */
abstract class OwnSource implements DataSource {

    @Override
    public final Connection getConnection(String username, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("The credentials are known to the pool.");
    }

    @Override
    @SuppressWarnings("NullAway") // JDBC says null for no writer
    public final @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public final void setLogWriter(@Nullable PrintWriter out) throws SQLException {
        throw logsElsewhere();
    }

    @Override
    public final Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw logsElsewhere();
    }

    private static SQLFeatureNotSupportedException logsElsewhere() {
        return new SQLFeatureNotSupportedException("Logging goes through SLF4J.");
    }

    @Override
    public final <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw new SQLException("It is no " + type.getName() + ".");
    }

    @Override
    public final boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }
}
