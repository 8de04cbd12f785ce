package com.portfolio.infra.utilities.resilience;

import java.io.EOFException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** What the exceptions of the JDK say, SQLSTATEs included. */
final class JdkFailures {

    /** SQLSTATEs that pass: the server comes and goes, is full, or two transactions met. */
    private static final List<String> TRANSIENT_STATES = List.of("40001", "40P01", "53300", "57P01", "57P02", "57P03");

    private static final String CONNECTION_CLASS = "08";

    /** The server refused the connection: it is there. */
    private static final String CONNECTION_REFUSED_BY_SERVER = "08004";

    private JdkFailures() {}

    static Optional<FailureKind> classify(Throwable failure) {
        if (failure instanceof SQLException sql) {
            return ofSql(sql);
        }
        // HttpConnectTimeoutException, ConnectException, NoRouteToHostException and the like are kinds of these.
        boolean passes = failure instanceof SocketTimeoutException
                || failure instanceof SocketException
                || failure instanceof HttpTimeoutException
                || failure instanceof TimeoutException
                || failure instanceof UnknownHostException
                || failure instanceof ClosedChannelException
                || failure instanceof EOFException;
        return passes ? Optional.of(FailureKind.TRANSIENT) : Optional.empty();
    }

    private static Optional<FailureKind> ofSql(SQLException failure) {
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        if (failure instanceof SQLTransientException
                || failure instanceof SQLRecoverableException
                || TRANSIENT_STATES.contains(state)
                || (state.startsWith(CONNECTION_CLASS) && !state.equals(CONNECTION_REFUSED_BY_SERVER))) {
            return Optional.of(FailureKind.TRANSIENT);
        }
        // A pool's exception has no state of its own; the driver's is its cause.
        return state.isEmpty() ? Optional.empty() : Optional.of(FailureKind.PERMANENT);
    }
}
