package com.portfolio.infra.neon.internal;

import com.portfolio.infra.utilities.secrets.Redaction;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * What an {@link SQLException} means: whether it may pass by itself, and whether the statement's outcome
 * is known.
 *
 * <p>Neon's proxy reports everything, a wrong password included, as severity {@code ERROR} with SQLSTATE
 * {@code XX000}, and differs only in its words. A pool wraps what it met in an exception of its own.
 *
 * @param cause       the exception that tells most: inside a pool's exception the driver's
 * @param isTransient whether the same call may succeed later
 */
public record SqlFailure(SQLException cause, boolean isTransient) {

    /** Of the proxy, which passes: a compute that wakes up, is full or restarts. */
    private static final List<String> PROXY_TRANSIENT = List.of(
            "couldn't connect to compute node",
            "failed to acquire permit",
            "too many connections",
            "control plane request failed",
            "endpoint is temporarily unavailable",
            "console request failed");

    /** SQLSTATEs that pass: the server comes and goes, is full, or two transactions met. */
    private static final List<String> TRANSIENT_STATES =
            List.of("40001", "40P01", "53300", "55P03", "57014", "57P01", "57P02", "57P03", "57P05", "25P03", "25P04");

    /** Class 08 means a lost connection, except where TLS, authentication or the protocol do not fit. */
    private static final String REFUSED_BY_CONFIGURATION = "08004";

    /** Class 28. */
    private static final String INVALID_AUTHORIZATION = "28";

    private static final String PROXY_REFUSES_LOGIN = "password authentication failed";

    /** Of PgBouncer, as a violation of the protocol (08P01). */
    private static final String UNSUPPORTED_PARAMETER = "unsupported startup parameter";

    private static final int LONGEST_CHAIN = 16;

    /** What an exception of the driver or of a pool means. */
    public static SqlFailure of(SQLException e) {
        SQLException telling = telling(e);
        return new SqlFailure(telling, passes(e, telling));
    }

    /** The driver's own exception inside a pool's. */
    private static SQLException telling(SQLException e) {
        Throwable current = e;
        for (int i = 0; current != null && i < LONGEST_CHAIN; i++) {
            if (current instanceof PSQLException driver) {
                return driver;
            }
            current = current.getCause();
        }
        return e;
    }

    private static boolean passes(SQLException outer, SQLException telling) {
        String state = telling.getSQLState() == null ? "" : telling.getSQLState();
        String message =
                telling.getMessage() == null ? "" : telling.getMessage().toLowerCase(Locale.ROOT);
        if (state.equals(REFUSED_BY_CONFIGURATION)
                || message.contains(UNSUPPORTED_PARAMETER)
                || isRefusedCertificate(telling, message)) {
            return false;
        }
        if (state.startsWith("08") || TRANSIENT_STATES.contains(state)) {
            return true;
        }
        if (state.startsWith("XX")) {
            return PROXY_TRANSIENT.stream().anyMatch(message::contains);
        }
        boolean ofThePool = telling == outer;
        return ofThePool
                && (outer instanceof SQLTransientException
                        || outer instanceof SQLRecoverableException
                        || outer.getCause() instanceof InterruptedException);
    }

    /** The driver reports a certificate that it does not trust as if the connection had been lost. */
    private static boolean isRefusedCertificate(SQLException telling, String message) {
        Throwable current = telling;
        for (int i = 0; current != null && i < LONGEST_CHAIN; i++) {
            if (current instanceof GeneralSecurityException) {
                return true;
            }
            current = current.getCause();
        }
        return message.contains("could not be verified by hostnameverifier");
    }

    /**
     * Whether the server itself refused the statement, so that nothing of it was stored, as far as its words tell;
     * it is certain if the connection goes on working.
     *
     * <p>Anything else that ends a statement leaves in doubt what became of it: a lost connection, and also a
     * server that says why it ends the session or itself (severity FATAL or PANIC), as it may say so after the
     * commit was written.
     */
    public boolean refusedByServer() {
        if (!(cause instanceof PSQLException driver)) {
            return false;
        }
        ServerErrorMessage server = driver.getServerErrorMessage();
        String state = driver.getSQLState();
        return server != null
                && state != null
                && !endsTheSession(server)
                && !state.startsWith("08")
                && !state.startsWith("57P")
                && !state.startsWith("58")
                && !state.equals("25P03")
                && !state.equals("25P04")
                && !isProxy(server);
    }

    /** Some languages translate the severity; there the SQLSTATE and the connection's end tell. */
    private static boolean endsTheSession(ServerErrorMessage server) {
        return "FATAL".equals(server.getSeverity()) || "PANIC".equals(server.getSeverity());
    }

    private static boolean isProxy(ServerErrorMessage server) {
        // The proxy, unlike the server, names no source file.
        return "XX000".equals(server.getSQLState()) && server.getFile() == null;
    }

    /** Whether a call failed because its thread was interrupted, which says nothing of the database. */
    public static boolean isInterruption(SQLException e) {
        Throwable current = e;
        for (int i = 0; current != null && i < LONGEST_CHAIN; i++) {
            if (current instanceof InterruptedException) {
                return true;
            }
            current = current.getCause();
        }
        return false;
    }

    /** Whether the server, or Neon's proxy, did not let the user in with the password. */
    public boolean refusesLogin() {
        return state().startsWith(INVALID_AUTHORIZATION)
                || (state().startsWith("XX")
                        && message().toLowerCase(Locale.ROOT).contains(PROXY_REFUSES_LOGIN));
    }

    /** The SQLSTATE; empty where there is none. */
    public String state() {
        return cause.getSQLState() == null ? "" : cause.getSQLState();
    }

    /** What was said, in one line and without credentials. */
    public String message() {
        String said = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return scrub(said) + because() + (state().isEmpty() ? "" : " (SQLSTATE " + state() + ")");
    }

    /** The driver says "The connection attempt failed." of an unknown host, and the reason in its cause only. */
    private String because() {
        Throwable root = cause;
        for (int i = 0; root.getCause() != null && i < LONGEST_CHAIN; i++) {
            root = root.getCause();
        }
        if (!(root instanceof IOException)) {
            return "";
        }
        String why = root.getMessage() == null ? "" : root.getMessage();
        String kind = inWords(root.getClass().getSimpleName());
        return " [" + kind + (why.isEmpty() ? "" : ": " + scrub(why)) + "]";
    }

    /** {@code UnknownHostException} as "unknown host". */
    private static String inWords(String exception) {
        return exception
                .replace("Exception", "")
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT);
    }

    /** A text in one line, without what looks like a credential. */
    static String scrub(@Nullable String text) {
        if (text == null) {
            return "";
        }
        return Redaction.redact(text.replaceAll("\\s+", " ").strip());
    }
}
