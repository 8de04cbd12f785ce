package com.portfolio.infra.utilities.middleware;

import com.portfolio.infra.ports.InfrastructureException;
import com.portfolio.infra.ports.eventstore.EventIdConflictException;
import com.portfolio.infra.ports.eventstore.StreamClosedException;
import com.portfolio.infra.ports.eventstore.WrongExpectedVersionException;
import com.portfolio.infra.ports.projection.CheckpointConflictException;
import com.portfolio.infra.ports.projection.WrongDocumentVersionException;
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

/**
 * What the failures of the ports, of the resilience and of the JDK mean. A failure and its causes are asked about one by
 * one, from the outside in.
 */
final class KnownFailures {

    private final FailureKinds kinds;

    KnownFailures(FailureKinds kinds) {
        this.kinds = kinds;
    }

    /** What one link says by itself; empty if its causes have to be asked. */
    Optional<ErrorDescription> of(Throwable link) {
        if (link instanceof InfrastructureException ours) {
            return ours.isRetryable() ? Optional.of(passing(ours)) : refusal(ours);
        }
        return reason(link).map(ErrorDescription::of);
    }

    /** What a whole failure means of which no link says anything. */
    ErrorDescription otherwise(Throwable failure) {
        return ErrorDescription.of(
                kinds.of(failure) == FailureKind.TRANSIENT ? ErrorCategory.UNAVAILABLE : ErrorCategory.INTERNAL);
    }

    /** A port says that it may pass; why it came to that, a cause may know. */
    private static ErrorDescription passing(InfrastructureException failure) {
        return ErrorDescription.of(
                FailureKinds.first(failure, KnownFailures::reason).orElse(ErrorCategory.UNAVAILABLE));
    }

    /**
     * What the caller brought about, and the library's own message may tell. A schema that is invalid or incompatible is
     * none of it: the service itself wrote it.
     */
    private static Optional<ErrorDescription> refusal(InfrastructureException failure) {
        boolean conflict = failure instanceof WrongExpectedVersionException
                || failure instanceof EventIdConflictException
                || failure instanceof StreamClosedException
                || failure instanceof WrongDocumentVersionException
                || failure instanceof CheckpointConflictException;
        if (!conflict) {
            return cancelled(failure);
        }
        ErrorDescription description = ErrorDescription.of(ErrorCategory.CONFLICT);
        String message = failure.getMessage();
        return Optional.of(message == null ? description : description.detail(message));
    }

    private static Optional<ErrorCategory> reason(Throwable link) {
        if (isCancellation(link)) {
            return Optional.of(ErrorCategory.CANCELLED);
        }
        if (link instanceof BulkheadFullException || link instanceof RejectedExecutionException) {
            return Optional.of(ErrorCategory.OVERLOADED);
        }
        boolean timeout = link instanceof CallTimedOutException
                || link instanceof TimeoutException
                || link instanceof InterruptedIOException
                || link instanceof HttpTimeoutException
                || link instanceof SQLTimeoutException;
        return timeout ? Optional.of(ErrorCategory.TIMEOUT) : Optional.empty();
    }

    /** {@link ErrorCategory#CANCELLED}, if the link is a cancellation. */
    static Optional<ErrorDescription> cancelled(Throwable link) {
        return isCancellation(link) ? Optional.of(ErrorDescription.of(ErrorCategory.CANCELLED)) : Optional.empty();
    }

    /**
     * Whether it says that somebody wanted the call to end. An {@link InterruptedIOException} says so only on a thread
     * that is interrupted: HTTP clients throw it for timeouts of their own too, and a socket's timeout is a kind of it.
     */
    static boolean isCancellation(Throwable link) {
        return link instanceof InterruptedException
                || link instanceof CancellationException
                || link instanceof CallInterruptedException
                || link instanceof ClosedByInterruptException
                || (link instanceof InterruptedIOException
                        && !(link instanceof SocketTimeoutException)
                        && Thread.currentThread().isInterrupted());
    }
}
