package com.portfolio.infra.utilities.middleware;

/**
 * What a blocking call does.
 *
 * @param <T> the result
 * @param <X> the checked exception that it may throw; {@link RuntimeException} for none
 */
@FunctionalInterface
public interface CallBody<T, X extends Exception> {

    T call() throws X;
}
