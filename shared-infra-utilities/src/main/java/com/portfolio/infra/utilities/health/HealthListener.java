package com.portfolio.infra.utilities.health;

/** Hears of changes of health. */
@FunctionalInterface
public interface HealthListener {

    /**
     * A check found another status than before.
     *
     * <p>Called once for each change, in the order in which they happened, one at a time, by a thread of the registry
     * that holds no lock and runs no check. What is thrown is logged, and the other listeners are told all the same.
     */
    void changed(HealthChange change);
}
