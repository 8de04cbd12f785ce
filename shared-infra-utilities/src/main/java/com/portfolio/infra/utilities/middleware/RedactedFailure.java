package com.portfolio.infra.utilities.middleware;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for a failure in a log: its class, its message on one line and without credentials, where it was thrown, and
 * the same of its causes and of what it suppressed.
 */
final class RedactedFailure extends Exception {

    private static final long serialVersionUID = 1L;
    private static final int DEEPEST = 16;
    private static final int MOST_SUPPRESSED = 8;
    private static final int MOST_LOOKED_AT = 64;

    private RedactedFailure(String message, @Nullable RedactedFailure cause) {
        super(message, cause, true, true);
    }

    static RedactedFailure of(Throwable failure) {
        return of(failure, 0);
    }

    /**
     * The failure itself if nothing in it is to be hidden, else a stand-in. Looked at is all that a stack trace prints:
     * messages, and what else a {@code toString} says, of the failure, its causes and what they suppressed.
     */
    static Throwable ifNeeded(Throwable failure) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        return hides(failure, seen) ? of(failure) : failure;
    }

    private static boolean hides(Throwable failure, Set<Throwable> seen) {
        if (!seen.add(failure)) {
            return false;
        }
        if (seen.size() > MOST_LOOKED_AT || hides(failure)) {
            return true;
        }
        for (Throwable suppressed : failure.getSuppressed()) {
            if (hides(suppressed, seen)) {
                return true;
            }
        }
        Throwable cause = failure.getCause();
        return cause != null && hides(cause, seen);
    }

    private static boolean hides(Throwable link) {
        try {
            String message = link.getMessage();
            return (message != null && LogText.isUnfit(message)) || LogText.isUnfit(link.toString());
        } catch (RuntimeException e) {
            // A tracer would run into it too.
            return true;
        }
    }

    private static RedactedFailure of(Throwable failure, int depth) {
        Throwable cause = failure.getCause();
        RedactedFailure standIn =
                new RedactedFailure(text(failure), cause == null || depth == DEEPEST ? null : of(cause, depth + 1));
        standIn.setStackTrace(failure.getStackTrace());
        if (depth < DEEPEST) {
            Throwable[] suppressed = failure.getSuppressed();
            for (int i = 0; i < suppressed.length && i < MOST_SUPPRESSED; i++) {
                // One level down and no further: what was suppressed may suppress what suppressed it.
                standIn.addSuppressed(of(suppressed[i], DEEPEST));
            }
        }
        return standIn;
    }

    /** The class and the message. */
    static String text(Throwable failure) {
        String name = failure.getClass().getName();
        return message(failure).map(message -> name + ": " + message).orElse(name);
    }

    /** The message, fit for a log; empty if there is none, or it can't be had. */
    static Optional<String> message(Throwable failure) {
        try {
            return Optional.ofNullable(failure.getMessage()).map(message -> LogText.of(message, LogText.LONG));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }
}
