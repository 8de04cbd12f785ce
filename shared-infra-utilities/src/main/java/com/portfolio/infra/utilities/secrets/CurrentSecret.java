package com.portfolio.infra.utilities.secrets;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The newest known value of one secret, which a pool can ask for on any thread: asking neither blocks nor
 * fails, whatever became of the place that the secret comes from, and also after the manager is closed.
 * Thread-safe.
 */
public final class CurrentSecret implements Supplier<Secret>, AutoCloseable {

    private final SecretManager manager;
    private final String name;
    private final Watches changes = new Watches(any -> Optional.of(get()), any -> () -> {});
    private final SecretManager.Registration registration;
    private volatile @Nullable Secret value;

    private CurrentSecret(SecretManager manager, String name) {
        this.manager = manager;
        this.name = name;
        this.registration = manager.onRotation(name, this::rotated);
    }

    static CurrentSecret of(SecretManager manager, String name) {
        CurrentSecret current = new CurrentSecret(manager, name);
        try {
            current.read(manager.get(name));
            return current;
        } catch (RuntimeException e) {
            current.close();
            throw e;
        }
    }

    /** What was rotated while the first reading was under way is newer than what it read. */
    private synchronized void read(Secret first) {
        if (value == null) {
            value = first;
        }
    }

    private void rotated(Secret newest) {
        synchronized (this) {
            value = newest;
        }
        changes.check(name);
    }

    /** The name of the secret. */
    public String name() {
        return name;
    }

    /** The newest known value. */
    @Override
    public Secret get() {
        return Objects.requireNonNull(value, "value");
    }

    /**
     * Tells of each change from now on, when {@link #get} gives the new value already; as
     * {@link SecretManager} promises for listeners.
     */
    public SecretManager.Registration onChange(Consumer<? super Secret> listener) {
        return changes.add(name, Objects.requireNonNull(listener, "listener"));
    }

    /**
     * Asks for it to be looked at soon, before its next turn: for who was refused with it, as it may have been rotated.
     * Does not block; a change is told as always.
     */
    public void lookAgain() {
        manager.lookAgain(name);
    }

    /** The name of the secret. */
    @Override
    public String toString() {
        return "secret '" + name + "'";
    }

    /** Ends keeping it up to date and telling of changes. */
    @Override
    public void close() {
        registration.close();
        changes.close();
    }
}
