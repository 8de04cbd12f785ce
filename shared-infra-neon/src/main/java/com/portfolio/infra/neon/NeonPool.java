package com.portfolio.infra.neon;

import com.portfolio.infra.neon.internal.Problems;
import java.time.Duration;
import java.util.Objects;

/**
 * Settings of the connection pool that a {@link NeonDatabase} opens.
 *
 * <p>Two presets differ in whether the database may fall asleep: an idle connection does not keep a Neon
 * compute awake, but each statement does, the pool's own keep-alive included.
 *
 * @param maxSize        the greatest number of connections
 * @param minIdle        connections kept open while nobody uses them
 * @param idleTimeout    after which an unused connection beyond {@code minIdle} is closed
 * @param keepAlive      how often an unused connection is tried out; zero for never
 * @param maxLifetime    after which a connection is replaced
 * @param acquireTimeout how long a call waits for a connection, which covers waking a sleeping database
 */
public record NeonPool(
        int maxSize,
        int minIdle,
        Duration idleTimeout,
        Duration keepAlive,
        Duration maxLifetime,
        Duration acquireTimeout) {

    private static final Duration SHORTEST_IDLE = Duration.ofSeconds(10);
    private static final Duration SHORTEST_LIFETIME = Duration.ofSeconds(30);
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(250);

    /**
     * Checks every setting.
     *
     * @throws IllegalArgumentException with every setting that is out of range
     */
    public NeonPool {
        Objects.requireNonNull(idleTimeout, "idleTimeout");
        Objects.requireNonNull(keepAlive, "keepAlive");
        Objects.requireNonNull(maxLifetime, "maxLifetime");
        Objects.requireNonNull(acquireTimeout, "acquireTimeout");
        Problems problems = new Problems("The pool of a Neon database");
        problems.require(maxSize >= 1, "must have a maxSize of at least 1, not " + maxSize);
        problems.require(minIdle >= 0 && minIdle <= maxSize, "must have a minIdle from 0 to maxSize, not " + minIdle);
        problems.require(
                idleTimeout.compareTo(SHORTEST_IDLE) >= 0,
                "must have an idleTimeout of at least " + SHORTEST_IDLE + ", not " + idleTimeout);
        problems.require(
                maxLifetime.compareTo(SHORTEST_LIFETIME) >= 0 && maxLifetime.compareTo(idleTimeout) > 0,
                "must have a maxLifetime of at least " + SHORTEST_LIFETIME + " and beyond the idleTimeout, not "
                        + maxLifetime);
        problems.require(
                keepAlive.isZero()
                        || (keepAlive.compareTo(SHORTEST_LIFETIME) >= 0 && keepAlive.compareTo(maxLifetime) < 0),
                "must have a keepAlive of zero, or of at least " + SHORTEST_LIFETIME + " and below the maxLifetime,"
                        + " not " + keepAlive);
        problems.require(
                acquireTimeout.compareTo(SHORTEST_WAIT) >= 0,
                "must have an acquireTimeout of at least " + SHORTEST_WAIT + ", not " + acquireTimeout);
        problems.throwIfAny();
    }

    /** Up to ten connections, two of them kept ready; the database stays awake. */
    public static NeonPool alwaysOn() {
        return new NeonPool(
                10, 2, Duration.ofMinutes(10), Duration.ofMinutes(2), Duration.ofMinutes(30), Duration.ofSeconds(20));
    }

    /**
     * Up to ten connections, none of them kept: the pool is empty, and nothing is sent, long before Neon
     * suspends a compute after five idle minutes. No connection is old enough to have been cut by that.
     */
    public static NeonPool scaleToZero() {
        return new NeonPool(
                10, 0, Duration.ofMinutes(1), Duration.ZERO, Duration.ofSeconds(270), Duration.ofSeconds(20));
    }

    /** The same pool with another number of connections. */
    public NeonPool withMaxSize(int connections) {
        return new NeonPool(
                connections, Math.min(minIdle, connections), idleTimeout, keepAlive, maxLifetime, acquireTimeout);
    }

    /** The same pool with another time to wait for a connection. */
    public NeonPool withAcquireTimeout(Duration wait) {
        return new NeonPool(maxSize, minIdle, idleTimeout, keepAlive, maxLifetime, wait);
    }
}
