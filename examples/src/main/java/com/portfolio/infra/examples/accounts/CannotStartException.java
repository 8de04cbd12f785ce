package com.portfolio.infra.examples.accounts;

import org.jspecify.annotations.Nullable;

/** Something that the program needs is not there. The message says what to do, to people. */
final class CannotStartException extends Exception {

    private static final long serialVersionUID = 1L;

    CannotStartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
