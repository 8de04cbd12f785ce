package com.portfolio.infra.utilities.resilience;

/**
 * The caller was interrupted while it waited for a call with a time limit; its thread has the interrupt status. The
 * call was interrupted too, and it is unknown whether its work was done.
 */
public final class CallInterruptedException extends ResilienceException {

    private static final long serialVersionUID = 1L;

    CallInterruptedException(String dependency, InterruptedException cause) {
        super(
                dependency,
                "The caller was interrupted while it waited for '" + dependency
                        + "'; it is unknown whether its work was done.",
                cause,
                false);
    }
}
