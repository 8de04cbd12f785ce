package com.portfolio.infra.utilities.secrets;

import com.portfolio.infra.utilities.secrets.SecretManager.Registration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One secret that somebody listens to.
 *
 * <p>Whoever knows of a change asks for a {@link #check}. One thread at a time reads and tells, with no lock
 * held; a check that comes meanwhile is made by that thread afterwards. So what is told last is what was
 * read after the last change, in whatever order the changes were noticed.
 */
final class Watch {

    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

    /** Somebody who is told. */
    static final class Listener {

        private final Consumer<? super Secret> consumer;
        private volatile boolean ended;

        Listener(Consumer<? super Secret> consumer) {
            this.consumer = consumer;
        }
    }

    private final String name;
    private final Function<String, Optional<Secret>> reader;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> started = new CompletableFuture<>();
    private final AtomicReference<@Nullable Registration> held = new AtomicReference<>();
    // How many checks are asked for; whoever raises it from zero makes them. Starting is the first.
    private final AtomicInteger wanted = new AtomicInteger(1);
    private volatile boolean ended;

    // Of the thread that makes the checks.
    private @Nullable Secret known;
    private boolean lost;

    Watch(String name, Function<String, Optional<Secret>> reader) {
        this.name = name;
        this.reader = reader;
    }

    String name() {
        return name;
    }

    void add(Listener listener) {
        listeners.add(listener);
    }

    /** Whether nobody is left. */
    boolean remove(Listener listener) {
        listener.ended = true;
        listeners.remove(listener);
        return listeners.isEmpty();
    }

    void start(Function<String, Registration> upstream) {
        try {
            held.set(upstream.apply(name));
            if (ended) {
                letGo();
            }
            known = read();
            started.complete(null);
        } catch (RuntimeException | Error e) {
            started.completeExceptionally(e);
            throw e;
        }
        makeChecks(1);
    }

    void awaitStart() {
        try {
            started.join();
        } catch (CompletionException e) {
            throw new IllegalStateException("Secret '" + name + "' can't be listened to.", e.getCause());
        }
    }

    void end() {
        ended = true;
        letGo();
    }

    private void letGo() {
        Registration registration = held.getAndSet(null);
        if (registration != null) {
            registration.close();
        }
    }

    void check() {
        if (wanted.getAndIncrement() == 0) {
            lookSafely();
            makeChecks(1);
        }
    }

    private void makeChecks(int made) {
        int left = wanted.addAndGet(-made);
        while (left != 0) {
            lookSafely();
            left = wanted.addAndGet(-left);
        }
    }

    /** Whatever a source or a listener throws, checks that are asked for later are made. */
    private void lookSafely() {
        try {
            look();
        } catch (Throwable e) {
            LOG.error(
                    "Secret '{}' could not be looked at because of a {}.",
                    name,
                    e.getClass().getName());
        }
    }

    private void look() {
        Secret newest = read();
        if (newest != null && !newest.equals(known)) {
            known = newest;
            listeners.forEach(listener -> tell(listener, newest));
        }
    }

    private @Nullable Secret read() {
        if (ended) {
            return null;
        }
        try {
            Optional<Secret> found = reader.apply(name);
            if (found.isEmpty() && known != null) {
                lost("it is not there any more");
            } else {
                lost = false;
            }
            return found.orElse(null);
        } catch (SecretUnavailableException e) {
            lost(e.reason());
        } catch (Throwable e) {
            lost("of a " + e.getClass().getName());
        }
        return null;
    }

    private void lost(String reason) {
        if (!lost && !ended) {
            LOG.warn("Secret '{}' keeps its last known value, because {}.", name, reason);
        }
        lost = true;
    }

    private void tell(Listener listener, Secret newest) {
        if (ended || listener.ended) {
            return;
        }
        try {
            listener.consumer.accept(newest);
        } catch (Throwable e) {
            // What it says may hold the secret that it was given.
            LOG.error(
                    "A listener to secret '{}' failed with a {} and does not know of the rotation.",
                    name,
                    e.getClass().getName(),
                    FailureWithoutMessage.of(e));
        }
    }
}
