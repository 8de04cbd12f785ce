package com.portfolio.infra.utilities.secrets;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A source that is asked at each call, and now and then for those who listen. */
final class PolledSecrets implements SecretManager {

    private static final Logger LOG = LoggerFactory.getLogger(PolledSecrets.class);

    private final SecretSource source;
    private final String where;
    private final long intervalMillis;
    private final Watches watches = new Watches(this::find, name -> startPolling());

    private final Set<String> wantedAgain = ConcurrentHashMap.newKeySet();

    private @Nullable Poller poller;

    /** Those before it that have not ended, as a look may be under way that hangs. */
    private final List<Poller> stopped = new ArrayList<>();

    private int listenedTo;
    private volatile boolean closed;

    PolledSecrets(SecretSource source, String where, Duration interval) {
        this.source = Objects.requireNonNull(source, "source");
        this.where = Objects.requireNonNull(where, "where");
        this.intervalMillis = interval.toMillis();
        if (intervalMillis < 1) {
            throw new IllegalArgumentException("Secrets must be polled with an interval of at least 1 ms.");
        }
    }

    @Override
    public Optional<Secret> find(String name) {
        Objects.requireNonNull(name, "name");
        if (closed) {
            throw new IllegalStateException("Secret '" + name + "' can't be read from " + where + ": it is closed.");
        }
        try {
            return source.find(name);
        } catch (SecretException e) {
            throw e;
        } catch (UnreadableException e) {
            throw new SecretUnavailableException(name, where, Objects.requireNonNull(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SecretUnavailableException(name, where, e);
        } catch (Exception e) {
            throw new SecretUnavailableException(name, where, e);
        }
    }

    @Override
    public Registration onRotation(String name, Consumer<? super Secret> listener) {
        Objects.requireNonNull(name, "name");
        return watches.add(name, Objects.requireNonNull(listener, "listener"));
    }

    @Override
    public void lookAgain(String name) {
        synchronized (this) {
            // Without a poller nobody listens.
            if (poller != null && isPolling() && wantedAgain.add(name)) {
                poller.soon(() -> {
                    wantedAgain.remove(name);
                    guarded(() -> watches.check(name));
                });
            }
        }
    }

    @Override
    public String where() {
        return where;
    }

    private synchronized Registration startPolling() {
        if (!isPolling() && !closed) {
            if (poller != null) {
                stopped.add(poller);
            }
            stopped.removeIf(Poller::hasEnded);
            wantedAgain.clear();
            poller = new Poller(intervalMillis, () -> guarded(this::poll));
        }
        listenedTo++;
        return this::stopPolling;
    }

    private synchronized void stopPolling() {
        listenedTo--;
        if (listenedTo == 0 && poller != null) {
            poller.stop();
        }
    }

    /** What throws would not be done again. */
    private void guarded(Runnable look) {
        try {
            look.run();
        } catch (Throwable e) {
            LOG.error(
                    "The secrets of {} could not be looked at because of a {}; they will be again.",
                    where,
                    e.getClass().getName());
        }
    }

    /** Whether there is a thread that looks. */
    synchronized boolean isPolling() {
        return poller != null && !poller.isStopped();
    }

    /** Looks once at all that somebody listens to. */
    void poll() {
        watches.checkAll();
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        watches.close();
        synchronized (this) {
            if (poller != null) {
                poller.end();
            }
            stopped.forEach(Poller::end);
        }
    }

    @Override
    public String toString() {
        return "secrets of " + where;
    }
}
