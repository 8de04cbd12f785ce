package com.portfolio.infra.neon.internal;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Something to do with a connection.
 *
 * @param <T> what comes of it
 */
@FunctionalInterface
public interface SqlFunction<T> {

    T on(Connection connection) throws SQLException;
}
