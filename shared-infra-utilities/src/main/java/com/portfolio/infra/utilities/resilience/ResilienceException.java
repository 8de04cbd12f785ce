package com.portfolio.infra.utilities.resilience;

import com.portfolio.infra.ports.InfrastructureException;
import org.jspecify.annotations.Nullable;

/** A call was ended, or never made, by what stands around it. */
public abstract sealed class ResilienceException extends InfrastructureException
        permits CircuitOpenException, BulkheadFullException, CallTimedOutException, CallInterruptedException {

    private static final long serialVersionUID = 1L;

    private final String dependency;

    ResilienceException(String dependency, String message, @Nullable Throwable cause, boolean retryable) {
        super(message, cause, retryable);
        this.dependency = dependency;
    }

    /** The {@linkplain Resilience#name() name} of what was called. */
    public String dependency() {
        return dependency;
    }
}
