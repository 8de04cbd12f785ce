package com.portfolio.infra.ports.projection;

import com.portfolio.infra.ports.InfrastructureException;
import org.jspecify.annotations.Nullable;

/** Whatever a {@link ProjectionStore} reports. */
public abstract sealed class ProjectionStoreException extends InfrastructureException
        permits WrongDocumentVersionException,
                CheckpointConflictException,
                DocumentNotConvertibleException,
                ProjectionStoreUnavailableException,
                ProjectionStoreFailedException {

    private static final long serialVersionUID = 1L;

    ProjectionStoreException(String message, @Nullable Throwable cause, boolean retryable) {
        super(message, cause, retryable);
    }
}
