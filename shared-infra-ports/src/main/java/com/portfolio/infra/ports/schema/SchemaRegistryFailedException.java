package com.portfolio.infra.ports.schema;

import com.portfolio.infra.ports.Experimental;
import org.jspecify.annotations.Nullable;

/**
 * The registry refused for a reason that will not pass by itself: wrong credentials, a missing permission,
 * a registry that only reads. Nothing was changed.
 */
@Experimental
public final class SchemaRegistryFailedException extends SchemaRegistryException {

    private static final long serialVersionUID = 1L;

    public SchemaRegistryFailedException(String message, @Nullable Throwable cause) {
        super(message, cause, false);
    }
}
