package com.portfolio.infra.utilities.secrets;

/** Stands in for an exception whose message may hold a secret: says its class and where it was thrown. */
final class FailureWithoutMessage extends Exception {

    private static final long serialVersionUID = 1L;

    private FailureWithoutMessage(String message) {
        super(message, null, false, true);
    }

    static FailureWithoutMessage of(Throwable original) {
        FailureWithoutMessage standIn =
                new FailureWithoutMessage(original.getClass().getName() + " (message left out)");
        try {
            standIn.setStackTrace(original.getStackTrace());
        } catch (RuntimeException unknown) {
            // An exception that overrides where it was thrown, and fails at it: its class has to do.
            return standIn;
        }
        return standIn;
    }
}
