package com.portfolio.infra.utilities.secrets;

/** A place of ours can't be asked; the message follows {@code because} and holds no value. */
final class UnreadableException extends Exception {

    private static final long serialVersionUID = 1L;

    UnreadableException(String reason) {
        super(reason);
    }
}
