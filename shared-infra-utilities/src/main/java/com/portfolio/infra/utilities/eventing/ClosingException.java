package com.portfolio.infra.utilities.eventing;

/** Takes the thread of a subscription out of whatever it was doing, when the subscription is closed. */
final class ClosingException extends Exception {

    private static final long serialVersionUID = 1L;

    ClosingException() {
        super("The subscription is being closed.", null, false, false);
    }
}
