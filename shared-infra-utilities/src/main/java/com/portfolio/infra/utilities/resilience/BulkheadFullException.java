package com.portfolio.infra.utilities.resilience;

import org.jspecify.annotations.Nullable;

/**
 * As many calls as allowed were under way already, so that this one was not made. It may succeed later, but is not
 * repeated. Has no stack trace, as there may be very many.
 */
public final class BulkheadFullException extends ResilienceException {

    private static final long serialVersionUID = 1L;

    BulkheadFullException(String dependency, String why, @Nullable Throwable cause) {
        super(dependency, why + ", so the call to '" + dependency + "' was not made.", cause, true);
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
