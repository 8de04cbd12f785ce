package com.portfolio.infra.neon;

import com.portfolio.infra.neon.internal.SqlFailure;
import com.portfolio.infra.utilities.resilience.FailureClassifier;
import com.portfolio.infra.utilities.resilience.FailureKind;
import java.sql.SQLException;
import java.util.Optional;
import org.postgresql.util.PSQLException;

/**
 * Says what the failures of PostgreSQL and of Neon's proxy mean for calls that use JDBC themselves; the stores' own
 * exceptions say it themselves. Found by the service loader.
 *
 * <p>Transient are a lost connection, a server that comes or goes, is full or cancels, transactions that met, and what
 * Neon's proxy says of a compute that wakes up. A certificate that is refused is permanent, though the driver reports it
 * as a lost connection. Thread-safe.
 */
public final class NeonFailureClassifier implements FailureClassifier {

    /** Knows exceptions of the driver, also within a pool's. */
    @Override
    public Optional<FailureKind> classify(Throwable failure) {
        if (!(failure instanceof SQLException e)) {
            return Optional.empty();
        }
        SqlFailure told = SqlFailure.of(e);
        return told.cause() instanceof PSQLException
                ? Optional.of(told.isTransient() ? FailureKind.TRANSIENT : FailureKind.PERMANENT)
                : Optional.empty();
    }
}
