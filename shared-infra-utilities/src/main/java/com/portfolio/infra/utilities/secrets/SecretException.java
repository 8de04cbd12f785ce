package com.portfolio.infra.utilities.secrets;

import com.portfolio.infra.ports.InfrastructureException;
import org.jspecify.annotations.Nullable;

/** A secret could not be had. The message names it and where it was looked for, and never holds a value. */
public abstract class SecretException extends InfrastructureException {

    private static final long serialVersionUID = 1L;

    private final String name;

    SecretException(String name, String message, @Nullable Throwable cause, boolean retryable) {
        super(message, cause, retryable);
        this.name = name;
    }

    /** The name of the secret. */
    public final String name() {
        return name;
    }
}
