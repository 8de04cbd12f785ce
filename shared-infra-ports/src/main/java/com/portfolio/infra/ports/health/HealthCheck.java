package com.portfolio.infra.ports.health;

/**
 * Looks whether one part of a service works.
 *
 * <p>A check blocks, keeps to a time limit of its own, and may be called by any thread. A registry of
 * checks is a check too.
 */
@FunctionalInterface
public interface HealthCheck {

    /**
     * Looks now.
     *
     * @return what was found; never a credential
     * @throws Exception if the check itself failed, which counts as {@link HealthStatus#DOWN}
     */
    HealthResult check() throws Exception;
}
