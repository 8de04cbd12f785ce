package com.portfolio.infra.ports.schema;

import com.portfolio.infra.ports.Experimental;
import com.portfolio.infra.ports.InfrastructureException;
import org.jspecify.annotations.Nullable;

/** Whatever a {@link SchemaRegistry}, or a check against its schemas, reports. */
@Experimental
public abstract sealed class SchemaRegistryException extends InfrastructureException
        permits SchemaIncompatibleException,
                InvalidSchemaException,
                PayloadViolatesSchemaException,
                RegistryUnavailableException,
                SchemaRegistryFailedException {

    private static final long serialVersionUID = 1L;

    SchemaRegistryException(String message, @Nullable Throwable cause, boolean retryable) {
        super(message, cause, retryable);
    }
}
