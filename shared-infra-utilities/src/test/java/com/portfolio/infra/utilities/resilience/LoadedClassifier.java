package com.portfolio.infra.utilities.resilience;

import java.util.Optional;

/** What an adapter would contribute. */
public final class LoadedClassifier implements FailureClassifier {

    /** A failure that nobody else knows. */
    static final class Busy extends Exception {

        private static final long serialVersionUID = 1L;
    }

    @Override
    public Optional<FailureKind> classify(Throwable failure) {
        return failure instanceof Busy ? Optional.of(FailureKind.TRANSIENT) : Optional.empty();
    }
}
