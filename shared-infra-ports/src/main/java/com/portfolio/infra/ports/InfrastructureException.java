package com.portfolio.infra.ports;

import org.jspecify.annotations.Nullable;

/**
 * The root of every failure that a port reports.
 *
 * <p>Each port has one abstract subclass and one final class for each situation that callers handle
 * differently. The exception of a driver is the {@linkplain #getCause() cause}, never the type. No
 * message holds a credential.
 */
public abstract class InfrastructureException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean retryable;

    /**
     * @param message   what happened, what was expected and what is now true
     * @param cause     what lies beneath, where something does
     * @param retryable see {@link #isRetryable()}
     */
    protected InfrastructureException(String message, @Nullable Throwable cause, boolean retryable) {
        super(message, cause);
        this.retryable = retryable;
    }

    /**
     * Whether the same call, unchanged, may succeed later.
     *
     * <p>A lost connection is retryable; a wrong expected version is not, as the caller has to load and
     * decide again. Repeating such a call is safe; where its first run may have come through all the same, the
     * port says what the repetition finds.
     */
    public final boolean isRetryable() {
        return retryable;
    }
}
