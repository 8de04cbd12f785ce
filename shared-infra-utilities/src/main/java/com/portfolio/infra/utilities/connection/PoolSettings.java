package com.portfolio.infra.utilities.connection;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Settings of a pool of connections. Made from a preset:
 *
 * <pre>{@code
 * PoolSettings.alwaysOn().withMaxSize(20)
 * }</pre>
 *
 * <p>The two presets differ in whether the database may fall asleep: an idle connection does not keep a Neon
 * compute awake, but each statement does, the pool's own keep-alive included.
 *
 * <p>Looking for leaks takes a stack trace and a timer for each connection that is handed out: 1 to 4 µs where that
 * takes 0.3 µs without, the more the deeper the stack. It is nothing beside a statement over a network, and some per
 * cent of an append to a server on the same machine.
 *
 * @param maxSize        the greatest number of connections
 * @param minIdle        connections kept open while nobody uses them
 * @param idleTimeout    after which an unused connection beyond {@code minIdle} is closed
 * @param keepAlive      how often an unused connection is tried out; zero for never
 * @param maxLifetime    after which a connection is replaced, at least a second beyond {@code idleTimeout}
 * @param acquireTimeout how long a call waits for a connection, which covers waking a sleeping database
 * @param leakThreshold  after which a connection that was not given back is taken for lost, and logged with where it
 *                       was taken; zero for never. If it is not set, a minute ({@code maxLifetime} if that is
 *                       shorter), but never for what only the library itself takes and gives back
 */
public record PoolSettings(
        int maxSize,
        int minIdle,
        Duration idleTimeout,
        Duration keepAlive,
        Duration maxLifetime,
        Duration acquireTimeout,
        Optional<Duration> leakThreshold) {

    private static final Duration SHORTEST_IDLE = Duration.ofSeconds(10);
    private static final Duration SHORTEST_LIFETIME = Duration.ofSeconds(30);

    /** With less between them HikariCP closes no idle connection at all. */
    private static final Duration LIFETIME_BEYOND_IDLE = Duration.ofSeconds(1);

    private static final Duration SHORTEST_WAIT = Duration.ofMillis(250);
    private static final Duration SHORTEST_LEAK = Duration.ofSeconds(2);
    private static final Duration USUAL_LEAK = Duration.ofMinutes(1);

    /**
     * Checks every setting.
     *
     * @throws IllegalArgumentException with every setting that is out of range
     */
    public PoolSettings {
        Objects.requireNonNull(idleTimeout, "idleTimeout");
        Objects.requireNonNull(keepAlive, "keepAlive");
        Objects.requireNonNull(maxLifetime, "maxLifetime");
        Objects.requireNonNull(acquireTimeout, "acquireTimeout");
        Objects.requireNonNull(leakThreshold, "leakThreshold");
        Problems problems = new Problems("The pool of connections");
        problems.require(maxSize >= 1, "must have a maxSize of at least 1, not " + maxSize);
        problems.require(minIdle >= 0 && minIdle <= maxSize, "must have a minIdle from 0 to maxSize, not " + minIdle);
        problems.require(
                idleTimeout.compareTo(SHORTEST_IDLE) >= 0,
                "must have an idleTimeout of at least " + SHORTEST_IDLE + ", not " + idleTimeout);
        problems.require(
                maxLifetime.compareTo(SHORTEST_LIFETIME) >= 0
                        && maxLifetime.compareTo(idleTimeout.plus(LIFETIME_BEYOND_IDLE)) >= 0,
                "must have a maxLifetime of at least " + SHORTEST_LIFETIME + " and a second beyond the idleTimeout,"
                        + " not " + maxLifetime);
        problems.require(
                keepAlive.isZero()
                        || (keepAlive.compareTo(SHORTEST_LIFETIME) >= 0 && keepAlive.compareTo(maxLifetime) < 0),
                "must have a keepAlive of zero, or of at least " + SHORTEST_LIFETIME + " and below the maxLifetime,"
                        + " not " + keepAlive);
        problems.require(
                acquireTimeout.compareTo(SHORTEST_WAIT) >= 0,
                "must have an acquireTimeout of at least " + SHORTEST_WAIT + ", not " + acquireTimeout);
        Duration leak = leakThreshold.orElse(Duration.ZERO);
        problems.require(
                leak.isZero() || (leak.compareTo(SHORTEST_LEAK) >= 0 && leak.compareTo(maxLifetime) <= 0),
                "must have a leakThreshold of zero, or of at least " + SHORTEST_LEAK + " and not beyond the"
                        + " maxLifetime, not " + leak);
        problems.throwIfAny();
    }

    /** Up to ten connections, two of them kept ready; the database stays awake. */
    public static PoolSettings alwaysOn() {
        return new PoolSettings(
                10,
                2,
                Duration.ofMinutes(10),
                Duration.ofMinutes(2),
                Duration.ofMinutes(30),
                Duration.ofSeconds(20),
                Optional.empty());
    }

    /**
     * Up to ten connections, none of them kept: the pool is empty, and nothing is sent, long before Neon
     * suspends a compute after five idle minutes. No connection is old enough to have been cut by that.
     */
    public static PoolSettings scaleToZero() {
        return new PoolSettings(
                10,
                0,
                Duration.ofMinutes(1),
                Duration.ZERO,
                Duration.ofSeconds(270),
                Duration.ofSeconds(20),
                Optional.empty());
    }

    /** The same pool with another number of connections; no more of them are kept than there are. */
    public PoolSettings withMaxSize(int connections) {
        return new PoolSettings(
                connections,
                Math.min(minIdle, connections),
                idleTimeout,
                keepAlive,
                maxLifetime,
                acquireTimeout,
                leakThreshold);
    }

    /** The same pool with another time to wait for a connection. */
    public PoolSettings withAcquireTimeout(Duration wait) {
        return new PoolSettings(maxSize, minIdle, idleTimeout, keepAlive, maxLifetime, wait, leakThreshold);
    }

    /** The same pool with another time after which a connection is taken for lost; zero for never. */
    public PoolSettings withLeakThreshold(Duration threshold) {
        return new PoolSettings(
                maxSize, minIdle, idleTimeout, keepAlive, maxLifetime, acquireTimeout, Optional.of(threshold));
    }

    /** After which a connection is taken for lost, set or not; zero for never. */
    Duration effectiveLeakThreshold() {
        return leakThreshold.orElse(USUAL_LEAK.compareTo(maxLifetime) < 0 ? USUAL_LEAK : maxLifetime);
    }
}
