package com.portfolio.infra.utilities.eventing;

import com.portfolio.infra.ports.InfrastructureException;

/** A handler has failed as often as it may, and its subscription stopped. The cause is what it threw last. */
public final class HandlerFailedException extends InfrastructureException {

    private static final long serialVersionUID = 1L;

    HandlerFailedException(String message, Exception cause) {
        super(message, cause, false);
    }
}
