package com.portfolio.infra.utilities.serialization;

/**
 * Stands in for an exception whose message may hold a value: says its class and where it was thrown, and
 * nothing else.
 */
final class MessageLeftOut extends Exception {

    private static final long serialVersionUID = 1L;

    private MessageLeftOut(String message) {
        super(message, null, false, true);
    }

    static MessageLeftOut of(Throwable original) {
        MessageLeftOut standIn = new MessageLeftOut(original.getClass().getName() + " (message left out)");
        standIn.setStackTrace(original.getStackTrace());
        return standIn;
    }
}
