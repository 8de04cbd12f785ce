package com.portfolio.infra.utilities.secrets;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Secrets that a program puts there itself, for tests and for values that were read elsewhere. */
public final class InMemorySecrets implements SecretManager {

    private final Map<String, Secret> secrets = new ConcurrentHashMap<>();
    private final Watches watches = new Watches(this::find, name -> () -> {});
    private volatile boolean closed;

    /** Without any secret. */
    public InMemorySecrets() {}

    /** With a copy of these. */
    public InMemorySecrets(Map<String, Secret> secrets) {
        this.secrets.putAll(secrets);
    }

    /** Sets or rotates a secret, and has told those who listen when it returns, unless another thread is telling. */
    public void put(String name, Secret value) {
        secrets.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
        watches.check(name);
    }

    /** Takes a secret away. */
    public void remove(String name) {
        secrets.remove(Objects.requireNonNull(name, "name"));
        watches.check(name);
    }

    @Override
    public Optional<Secret> find(String name) {
        Objects.requireNonNull(name, "name");
        if (closed) {
            throw new IllegalStateException("Secret '" + name + "' can't be read from memory: it is closed.");
        }
        return Optional.ofNullable(secrets.get(name));
    }

    @Override
    public Registration onRotation(String name, Consumer<? super Secret> listener) {
        Objects.requireNonNull(name, "name");
        return watches.add(name, Objects.requireNonNull(listener, "listener"));
    }

    @Override
    public String where() {
        return "memory";
    }

    @Override
    public void close() {
        closed = true;
        watches.close();
        secrets.clear();
    }

    @Override
    public String toString() {
        return "secrets in memory";
    }
}
