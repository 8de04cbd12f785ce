package com.portfolio.infra.utilities.connection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The pools of a service, by name: opens them, tells what they do, and closes them.
 *
 * <pre>{@code
 * try (ConnectionManager connections = new ConnectionManager()) {
 *     ConnectionPool reports = connections.open(
 *             "reports", PoolSettings.alwaysOn(), ConnectionSource.of(driver, "app", secrets.current("db-password")));
 *     new ReportRepository(reports.dataSource());
 * }
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class ConnectionManager implements AutoCloseable {

    private static final String NAME = "[^\\p{Cntrl}]{1,100}";

    private final PoolMetrics metrics;
    private final Map<String, ConnectionPool> pools = new LinkedHashMap<>();
    private boolean closed;

    /** Without meters; the {@linkplain #figures() figures} are there all the same. */
    public ConnectionManager() {
        this(PoolMetrics.none());
    }

    /** @param metrics measures all pools, such as {@code new MicrometerPoolMetrics(registry)} */
    public ConnectionManager(PoolMetrics metrics) {
        this.metrics = Objects.requireNonNull(metrics, "metrics");
    }

    /**
     * Opens a pool. Does not wait for the database, which may be away.
     *
     * @param name what it is called in logs, meters and the names of its threads: 1 to 100 characters, none of them
     *             for control
     * @throws IllegalArgumentException if the name is none
     * @throws IllegalStateException    if a pool of that name is open, or the manager is closed
     */
    public ConnectionPool open(String name, PoolSettings settings, ConnectionSource source) {
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(source, "source");
        if (name.isBlank() || !name.matches(NAME)) {
            throw new IllegalArgumentException(
                    "The name of a pool must have 1 to 100 characters, none of them for control.");
        }
        synchronized (pools) {
            if (closed) {
                throw new IllegalStateException("Pool '" + name + "' can't be opened: the manager is closed.");
            }
            if (pools.containsKey(name)) {
                throw new IllegalStateException(
                        "There is a pool '" + name + "' already; another one needs another name.");
            }
            ConnectionPool pool = new ConnectionPool(name, settings, source, metrics, this::forget);
            pools.put(name, pool);
            return pool;
        }
    }

    private void forget(ConnectionPool pool) {
        synchronized (pools) {
            pools.remove(pool.name(), pool);
        }
    }

    /** The pools that are open, in the order in which they were opened. */
    public List<ConnectionPool> pools() {
        synchronized (pools) {
            return List.copyOf(pools.values());
        }
    }

    /** What each pool that is open is doing, by name, in the order in which they were opened. */
    public Map<String, PoolFigures> figures() {
        Map<String, PoolFigures> figures = new LinkedHashMap<>();
        pools().forEach(pool -> figures.put(pool.name(), pool.figures()));
        return figures;
    }

    /** Closes all pools, and waits ten seconds at most for the connections of each. See {@link #close(Duration)}. */
    @Override
    public void close() {
        close(ConnectionPool.DEFAULT_DRAIN);
    }

    /**
     * Closes all pools, the last one first, each as {@link ConnectionPool#close(Duration)} does, whatever becomes of
     * the others. Closing again does nothing, but waits for another thread that still closes them.
     *
     * @param drain how long connections in use are waited for, for each pool
     * @throws IllegalStateException if pools could not be closed, with all of what was wrong
     */
    public void close(Duration drain) {
        List<ConnectionPool> open;
        synchronized (pools) {
            closed = true;
            open = new ArrayList<>(pools.values());
        }
        Collections.reverse(open);
        Map<String, Exception> failures = new LinkedHashMap<>();
        for (ConnectionPool pool : open) {
            try {
                pool.close(drain);
            } catch (RuntimeException e) {
                failures.put(pool.name(), e);
            }
        }
        if (!failures.isEmpty()) {
            throw failed(failures);
        }
    }

    private static IllegalStateException failed(Map<String, Exception> failures) {
        String names = failures.keySet().stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
        IllegalStateException failed = new IllegalStateException(
                (failures.size() == 1 ? "Pool " : "Pools ") + names + " could not be closed in order.");
        failures.values().forEach(failed::addSuppressed);
        return failed;
    }
}
