package com.portfolio.infra.utilities.connection;

import com.portfolio.infra.utilities.secrets.SecretManager;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pool of connections with a name, opened by a {@link ConnectionManager}.
 *
 * <p>It opens connections in the background, and goes on trying while it can't: a call waits for one as long as the
 * {@code acquireTimeout} says, and fails then with what was wrong. Between two failed attempts it rests 10 ms at
 * first, and up to 5 s later. Connections are in autocommit mode and READ COMMITTED, and are so again when they are
 * taken the next time.
 *
 * <p>When the source's credentials change, the pool {@linkplain #evict() renews} its connections.
 *
 * <p>Thread-safe.
 */
public final class ConnectionPool implements AutoCloseable {

    /** How long closing waits for connections in use unless it is told otherwise: ten seconds. */
    public static final Duration DEFAULT_DRAIN = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionPool.class);
    private static final long LOOK_NANOS = Duration.ofMillis(5).toNanos();

    private final String name;
    private final PoolSettings settings;
    private final PooledSource source;
    private final SecretManager.Registration changes;
    private final Consumer<ConnectionPool> onClose;
    private final ReentrantLock closing = new ReentrantLock();
    private boolean closed;

    ConnectionPool(
            String name,
            PoolSettings settings,
            ConnectionSource source,
            PoolMetrics metrics,
            Consumer<ConnectionPool> onClose) {
        this.name = name;
        this.settings = settings;
        this.onClose = onClose;
        PooledSource pooled = new PooledSource(name, settings, source, metrics);
        this.source = pooled;
        try {
            this.changes = source.onChange(this::credentialsChanged);
        } catch (RuntimeException e) {
            pooled.close();
            throw e;
        }
    }

    /** What it is called in logs, meters and the names of its threads. */
    public String name() {
        return name;
    }

    /** As it was opened. */
    public PoolSettings settings() {
        return settings;
    }

    /**
     * What hands the connections out; they are given back by closing them. To be handed to those who need one: it
     * can't be closed itself. After the pool is closed it throws an {@link java.sql.SQLException}.
     */
    public DataSource dataSource() {
        return source;
    }

    /** What the pool is doing. */
    public PoolFigures figures() {
        return source.figures();
    }

    /**
     * Renews all connections: who has one finishes with it, and it is closed then; those that nobody uses are closed
     * now. No connection that was opened, or begun to be, before this call is handed out after it. Does not block.
     */
    public void evict() {
        source.renew();
    }

    private void credentialsChanged() {
        LOG.info("The credentials of pool '{}' have changed; its connections are renewed.", name);
        evict();
    }

    /** Closes the pool, and waits ten seconds at most until connections in use are given back. See {@link #close(Duration)}. */
    @Override
    public void close() {
        close(DEFAULT_DRAIN);
    }

    /**
     * Hands out no more connections but to those who wait already, waits until all are given back, and closes them.
     * What is still out after the limit, or when the waiting thread is interrupted, is logged and cut off. One that
     * is being opened then is waited for, for a second, and closed whenever it is there. Closing again does nothing,
     * but waits for another thread that still closes the pool.
     *
     * @param drain how long connections in use are waited for; zero for not at all
     */
    public void close(Duration drain) {
        closing.lock();
        try {
            if (!closed) {
                closed = true;
                closeOnce(drain);
            }
        } finally {
            closing.unlock();
        }
    }

    private void closeOnce(Duration drain) {
        source.refuse();
        try {
            changes.close();
        } finally {
            try {
                awaitReturn(drain);
                tellWhatIsOut();
            } finally {
                end();
            }
        }
    }

    private void end() {
        try {
            source.close();
        } finally {
            onClose.accept(this);
        }
    }

    private void awaitReturn(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (source.isUsed()
                && System.nanoTime() - deadline < 0
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(this, LOOK_NANOS);
        }
    }

    private void tellWhatIsOut() {
        int out = figures().active();
        if (out > 0) {
            LOG.warn(
                    "Pool '{}' is closed while {} of its connections are in use; what they do is cut off.{}",
                    name,
                    out,
                    settings.effectiveLeakThreshold().isZero()
                            ? " A leakThreshold would tell where such connections are taken."
                            : "");
        }
    }

    @Override
    public String toString() {
        return source.toString();
    }
}
