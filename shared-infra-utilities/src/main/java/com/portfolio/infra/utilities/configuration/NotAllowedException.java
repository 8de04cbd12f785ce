package com.portfolio.infra.utilities.configuration;

/** A value is none of those that are allowed. Says nothing, as all that it could say is the value. */
final class NotAllowedException extends Exception {

    private static final long serialVersionUID = 1L;

    NotAllowedException() {
        super(null, null, false, false);
    }
}
