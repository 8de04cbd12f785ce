package com.portfolio.infra.utilities.middleware;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a call ended. Thread-safe. */
public final class CallEnd {

    static final CallEnd SUCCESS = new CallEnd(null, null);

    private final @Nullable Throwable failure;
    private final @Nullable ErrorHandlingMiddleware errors;
    private volatile @Nullable ErrorDescription error;

    private CallEnd(@Nullable Throwable failure, @Nullable ErrorHandlingMiddleware errors) {
        this.failure = failure;
        this.errors = errors;
    }

    static CallEnd failed(Throwable failure, @Nullable ErrorHandlingMiddleware errors) {
        return new CallEnd(failure, errors);
    }

    /** What the call failed with, not wrapped; empty if it succeeded. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /** What the failure means to the chain's {@link ErrorHandlingMiddleware}; empty if the call succeeded. */
    public Optional<ErrorDescription> error() {
        if (failure == null || errors == null) {
            return Optional.empty();
        }
        ErrorDescription known = error;
        if (known == null) {
            known = errors.describe(failure);
            error = known;
        }
        return Optional.of(known);
    }
}
