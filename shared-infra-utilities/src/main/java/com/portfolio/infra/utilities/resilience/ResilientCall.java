package com.portfolio.infra.utilities.resilience;

/**
 * A blocking call with a result.
 *
 * @param <T> the result
 * @param <X> the checked exception that it may throw; {@link RuntimeException} for none
 */
@FunctionalInterface
public interface ResilientCall<T, X extends Exception> {

    T call() throws X;
}
