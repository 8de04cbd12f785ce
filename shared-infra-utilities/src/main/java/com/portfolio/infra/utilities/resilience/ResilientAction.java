package com.portfolio.infra.utilities.resilience;

/**
 * A blocking call without a result.
 *
 * @param <X> the checked exception that it may throw; {@link RuntimeException} for none
 */
@FunctionalInterface
public interface ResilientAction<X extends Exception> {

    void run() throws X;
}
