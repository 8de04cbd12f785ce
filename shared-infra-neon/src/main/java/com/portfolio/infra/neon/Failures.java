package com.portfolio.infra.neon;

import com.portfolio.infra.neon.internal.SqlFailure;
import com.portfolio.infra.ports.eventstore.EventStoreException;
import com.portfolio.infra.ports.eventstore.EventStoreFailedException;
import com.portfolio.infra.ports.eventstore.EventStoreUnavailableException;
import com.portfolio.infra.ports.projection.ProjectionStoreException;
import com.portfolio.infra.ports.projection.ProjectionStoreFailedException;
import com.portfolio.infra.ports.projection.ProjectionStoreUnavailableException;

/** Turns what the driver reports into what the ports promise. */
final class Failures {

    private Failures() {}

    /** @param what what could not be done, such as {@code read stream 'a'} */
    static EventStoreException eventStore(String what, SqlFailure failure) {
        String message = sentence(what, failure);
        return failure.isTransient()
                ? new EventStoreUnavailableException(message, failure.cause())
                : new EventStoreFailedException(message, failure.cause());
    }

    /** @param what what could not be done, such as {@code read projection 'a'} */
    static ProjectionStoreException projectionStore(String what, SqlFailure failure) {
        String message = sentence(what, failure);
        return failure.isTransient()
                ? new ProjectionStoreUnavailableException(message, failure.cause())
                : new ProjectionStoreFailedException(message, failure.cause());
    }

    private static String sentence(String what, SqlFailure failure) {
        return "Could not " + what + ": " + failure.message() + hint(failure.state());
    }

    private static String hint(String state) {
        return switch (state) {
                    case "3F000", "42P01", "42883" -> ". Run NeonSchema.migrate() as the owner of the schema";
                    case "42501" -> ". Run NeonSchema.grantToApplication() as the owner of the schema";
                    case "25001" -> ". The log must be read in READ COMMITTED; see default_transaction_isolation";
                    case "42P05", "26000" ->
                        ". A pooler that keeps no track of prepared statements; see NeonSettings.preparedStatements(OFF)";
                    case "25006" -> ". This is a read-only endpoint or transaction";
                    default -> "";
                }
                + ".";
    }
}
