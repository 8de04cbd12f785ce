package com.portfolio.infra.examples.accounts;

import org.jspecify.annotations.Nullable;

/** The input as a whole can't be read, or not to its end. */
final class UnreadableInputException extends Exception {

    private static final long serialVersionUID = 1L;

    UnreadableInputException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
