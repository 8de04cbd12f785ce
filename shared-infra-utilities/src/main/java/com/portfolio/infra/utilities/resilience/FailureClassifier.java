package com.portfolio.infra.utilities.resilience;

import java.util.Optional;

/**
 * Knows what the failures of one technology say about it.
 *
 * <p>An adapter contributes one by {@link java.util.ServiceLoader}, a service by
 * {@link Resilience.Builder#classifier}. It is asked for a failure and then for each of its causes, from the outside
 * in, until somebody knows the answer. It is not asked what is decided already:
 *
 * <ul>
 *   <li>an {@link Error}, an interruption or a cancellation, a call that a breaker or a bulkhead refused, an
 *       {@link IllegalArgumentException}, an {@link IllegalStateException}, a {@link NullPointerException} and an
 *       {@link UnsupportedOperationException} are {@link FailureKind#UNRELATED}
 *   <li>an {@link com.portfolio.infra.ports.InfrastructureException} is as
 *       {@linkplain com.portfolio.infra.ports.InfrastructureException#isRetryable() retryable} as it says
 * </ul>
 *
 * <p>The JDK's own exceptions (refused and lost connections, timeouts, SQLSTATEs of outages) are known, and asked for
 * last. What nobody knows is {@link FailureKind#UNRELATED}. Thread-safe.
 */
@FunctionalInterface
public interface FailureClassifier {

    /** What a failure says; empty if this classifier does not know it. It looks at no cause: it is asked for that too. */
    Optional<FailureKind> classify(Throwable failure);
}
