package com.portfolio.infra.utilities.middleware;

import com.portfolio.infra.utilities.secrets.Redaction;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for a failure in a log: its class, its message on one line and without credentials, where it was thrown, and
 * the same of its causes and of what it suppressed.
 */
final class RedactedFailure extends Exception {

    private static final long serialVersionUID = 1L;
    private static final int DEEPEST = 16;
    private static final int MOST_SUPPRESSED = 8;

    private RedactedFailure(String message, @Nullable RedactedFailure cause) {
        super(message, cause, true, true);
    }

    static RedactedFailure of(Throwable failure) {
        return of(failure, 0);
    }

    /** The failure itself if nothing in it is to be hidden, else a stand-in. */
    static Throwable ifNeeded(Throwable failure) {
        @Nullable Throwable link = failure;
        for (int i = 0; link != null; i++) {
            String message = link.getMessage();
            boolean hides = message != null && !Redaction.redact(message).equals(message);
            if (hides || i == DEEPEST || link.getSuppressed().length > 0) {
                return of(failure);
            }
            link = link.getCause();
        }
        return failure;
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
