package com.portfolio.infra.utilities.secrets;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Keeps what another manager found. */
final class CachingSecrets implements SecretManager {

    private static final int RETRIES_IN_TIME_TO_LIVE = 10;

    private final SecretManager secrets;
    private final Duration timeToLive;
    private final Clock clock;
    private final Map<String, CachedSecret> cache = new ConcurrentHashMap<>();
    private final Watches watches = new Watches(this::known, this::listen);
    private volatile boolean closed;

    CachingSecrets(SecretManager secrets, Duration timeToLive, Clock clock) {
        this.secrets = Objects.requireNonNull(secrets, "secrets");
        this.timeToLive = Objects.requireNonNull(timeToLive, "timeToLive");
        this.clock = Objects.requireNonNull(clock, "clock");
        if (timeToLive.isNegative() || timeToLive.isZero()) {
            throw new IllegalArgumentException("Secrets must be cached for more than no time.");
        }
    }

    @Override
    public Optional<Secret> find(String name) {
        if (closed) {
            throw new IllegalStateException("Secret '" + name + "' can't be read from " + where() + ": it is closed.");
        }
        CachedSecret cached = cached(name);
        CompletableFuture<Optional<Secret>> answer = cached.ask(clock.instant());
        return answer == null ? fetch(name, cached) : cached.await(answer, where());
    }

    private CachedSecret cached(String name) {
        return cache.computeIfAbsent(Objects.requireNonNull(name, "name"), CachedSecret::new);
    }

    private Optional<Secret> fetch(String name, CachedSecret cached) {
        Optional<Secret> found;
        try {
            found = secrets.find(name);
        } catch (RuntimeException | Error e) {
            Optional<Secret> old =
                    cached.failed(e, clock.instant().plus(timeToLive.dividedBy(RETRIES_IN_TIME_TO_LIVE)));
            if (old.isEmpty()) {
                throw e;
            }
            return old;
        }
        Optional<Secret> newest = cached.fetched(found, clock.instant().plus(timeToLive));
        watches.check(name);
        return newest;
    }

    /** What is kept, of whatever age: those who listen are told when something else is kept. */
    private Optional<Secret> known(String name) {
        return cached(name).value();
    }

    private Registration listen(String name) {
        Registration registration = secrets.onRotation(name, newest -> {
            cached(name).rotated(newest, clock.instant().plus(timeToLive));
            watches.check(name);
        });
        try {
            find(name);
        } catch (SecretUnavailableException e) {
            // Who asks for it is told, and who listens hears of it when it is there.
        }
        return registration;
    }

    @Override
    public Registration onRotation(String name, Consumer<? super Secret> listener) {
        Objects.requireNonNull(name, "name");
        return watches.add(name, Objects.requireNonNull(listener, "listener"));
    }

    @Override
    public void lookAgain(String name) {
        secrets.lookAgain(name);
    }

    @Override
    public String where() {
        return secrets.where();
    }

    @Override
    public void close() {
        closed = true;
        watches.close();
        cache.clear();
        secrets.close();
    }

    @Override
    public String toString() {
        return "cached " + secrets;
    }
}
