package com.portfolio.infra.ports.eventstore;

import com.portfolio.infra.ports.InfrastructureException;
import org.jspecify.annotations.Nullable;

/** Whatever an {@link EventStore} or an {@link EventLog} reports. */
public abstract sealed class EventStoreException extends InfrastructureException
        permits WrongExpectedVersionException,
                EventIdConflictException,
                StreamClosedException,
                AppendOutcomeUnknownException,
                EventNotDecodableException,
                CheckpointRefusedException,
                EventStoreUnavailableException,
                EventStoreFailedException {

    private static final long serialVersionUID = 1L;

    EventStoreException(String message, @Nullable Throwable cause, boolean retryable) {
        super(message, cause, retryable);
    }
}
