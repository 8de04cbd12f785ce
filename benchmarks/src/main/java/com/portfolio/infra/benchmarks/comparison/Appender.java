package com.portfolio.infra.benchmarks.comparison;

import java.sql.SQLException;

/** A way to append events. */
interface Appender extends AutoCloseable {

    /**
     * Appends events to a stream.
     *
     * @param version of the stream now, which the caller knows from reading it; 0 if there is no such stream
     */
    void append(String stream, long version, int events) throws SQLException;

    @Override
    void close();
}
