package com.portfolio.infra.utilities.middleware;

import com.portfolio.infra.ports.InfrastructureException;
import com.portfolio.infra.ports.eventstore.EventIdConflictException;
import com.portfolio.infra.ports.eventstore.StreamClosedException;
import com.portfolio.infra.ports.eventstore.WrongExpectedVersionException;
import com.portfolio.infra.ports.projection.CheckpointConflictException;
import com.portfolio.infra.ports.projection.WrongDocumentVersionException;
import com.portfolio.infra.ports.schema.InvalidSchemaException;
import com.portfolio.infra.ports.schema.SchemaIncompatibleException;
import com.portfolio.infra.utilities.resilience.BulkheadFullException;
import com.portfolio.infra.utilities.resilience.CallInterruptedException;
import com.portfolio.infra.utilities.resilience.CallTimedOutException;
import com.portfolio.infra.utilities.resilience.FailureKind;
import com.portfolio.infra.utilities.resilience.FailureKinds;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.sql.SQLTimeoutException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;

/** What the failures of the ports, of the resilience and of the JDK mean. */
final class KnownFailures {

    private final FailureKinds kinds;

    KnownFailures(FailureKinds kinds) {
        this.kinds = kinds;
    }

    ErrorDescription describe(Throwable failure) {
        if (FailureKinds.first(failure, KnownFailures::interruption).isPresent()) {
            return ErrorDescription.of(ErrorCategory.CANCELLED);
        }
        Optional<InfrastructureException> ours = FailureKinds.first(
                failure, link -> link instanceof InfrastructureException found ? Optional.of(found) : Optional.empty());
        return ours.isPresent() ? ofOurs(ours.get()) : ErrorDescription.of(ofOthers(failure));
    }

    private static ErrorDescription ofOurs(InfrastructureException failure) {
        if (failure.isRetryable()) {
            return ErrorDescription.of(
                    FailureKinds.first(failure, KnownFailures::passing).orElse(ErrorCategory.UNAVAILABLE));
        }
        return refusal(failure)
                .map(category -> described(category, failure))
                .orElse(ErrorDescription.of(ErrorCategory.INTERNAL));
    }

    private static ErrorDescription described(ErrorCategory category, InfrastructureException failure) {
        String message = failure.getMessage();
        return message == null
                ? ErrorDescription.of(category)
                : ErrorDescription.of(category).detail(message);
    }

    private ErrorCategory ofOthers(Throwable failure) {
        Optional<ErrorCategory> passing = FailureKinds.first(failure, KnownFailures::passing);
        if (passing.isPresent()) {
            return passing.get();
        }
        return kinds.of(failure) == FailureKind.TRANSIENT ? ErrorCategory.UNAVAILABLE : ErrorCategory.INTERNAL;
    }

    /** What the caller brought about, and the library's own message may tell. */
    private static Optional<ErrorCategory> refusal(Throwable link) {
        if (link instanceof WrongExpectedVersionException
                || link instanceof EventIdConflictException
                || link instanceof StreamClosedException
                || link instanceof WrongDocumentVersionException
                || link instanceof CheckpointConflictException
                || link instanceof SchemaIncompatibleException) {
            return Optional.of(ErrorCategory.CONFLICT);
        }
        return link instanceof InvalidSchemaException ? Optional.of(ErrorCategory.INVALID_INPUT) : Optional.empty();
    }

    private static Optional<ErrorCategory> passing(Throwable link) {
        if (link instanceof BulkheadFullException || link instanceof RejectedExecutionException) {
            return Optional.of(ErrorCategory.OVERLOADED);
        }
        boolean timeout = link instanceof CallTimedOutException
                || link instanceof TimeoutException
                || link instanceof SocketTimeoutException
                || link instanceof HttpTimeoutException
                || link instanceof SQLTimeoutException;
        return timeout ? Optional.of(ErrorCategory.TIMEOUT) : Optional.empty();
    }

    private static Optional<Throwable> interruption(Throwable link) {
        boolean interrupted = link instanceof InterruptedException
                || link instanceof CancellationException
                || link instanceof CallInterruptedException
                || link instanceof ClosedByInterruptException
                // A socket's timeout is a kind of it, and no interruption at all.
                || (link instanceof InterruptedIOException && !(link instanceof SocketTimeoutException));
        return interrupted ? Optional.of(link) : Optional.empty();
    }
}
