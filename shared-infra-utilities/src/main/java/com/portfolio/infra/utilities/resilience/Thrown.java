package com.portfolio.infra.utilities.resilience;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Carries exceptions from one thread to another. */
final class Thrown {

    private Thrown() {}

    /** What a call threw on another thread, to be thrown here: an unchecked exception, or the one that it declares. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"
    }) // a call throws X or what is unchecked, nothing else
    static <X extends Throwable> X as(Throwable failure) throws X {
        throw (X) failure;
    }

    /** What a stage failed with, without what stages wrap it in. */
    static Throwable unwrapped(Throwable failure) {
        Throwable inner = failure;
        while ((inner instanceof CompletionException || inner instanceof ExecutionException)
                && inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner;
    }

    /** The later of two failures, with the one before it if it would not tell by itself what went wrong. */
    static Throwable after(Throwable before, Throwable failure) {
        if (failure instanceof ResilienceException && failure != before) {
            failure.addSuppressed(before);
        }
        return failure;
    }
}
