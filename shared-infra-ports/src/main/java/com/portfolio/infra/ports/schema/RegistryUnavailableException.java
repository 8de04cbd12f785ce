package com.portfolio.infra.ports.schema;

import com.portfolio.infra.ports.Experimental;
import org.jspecify.annotations.Nullable;

/**
 * The registry can't be reached or is too busy, and may be back soon. Whether a schema was registered may
 * be unknown; repeating the call is safe.
 */
@Experimental
public final class RegistryUnavailableException extends SchemaRegistryException {

    private static final long serialVersionUID = 1L;

    public RegistryUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause, true);
    }
}
