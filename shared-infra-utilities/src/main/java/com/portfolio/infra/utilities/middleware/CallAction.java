package com.portfolio.infra.utilities.middleware;

/**
 * What a blocking call without a result does.
 *
 * @param <X> the checked exception that it may throw; {@link RuntimeException} for none
 */
@FunctionalInterface
public interface CallAction<X extends Exception> {

    void run() throws X;
}
