package com.portfolio.infra.utilities.secrets;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is known of one secret, and who is finding out more. No lock is held while somebody does. */
final class CachedSecret {

    private static final Logger LOG = LoggerFactory.getLogger(CachedSecret.class);

    private final String name;
    private @Nullable Secret value;
    private Instant freshUntil = Instant.MIN;
    private @Nullable CompletableFuture<Optional<Secret>> fetching;
    private boolean rotatedMeanwhile;
    private boolean stale;

    CachedSecret(String name) {
        this.name = name;
    }

    /** What is known, of whatever age. */
    synchronized Optional<Secret> value() {
        return Optional.ofNullable(value);
    }

    /**
     * What to give to who asks: the value, or what another one fetches.
     *
     * @return null if who asks has to fetch it, and to say then that it was {@link #fetched} or {@link #failed}
     */
    synchronized @Nullable CompletableFuture<Optional<Secret>> ask(Instant now) {
        if (value != null && (fetching != null || now.isBefore(freshUntil))) {
            return CompletableFuture.completedFuture(value());
        }
        CompletableFuture<Optional<Secret>> other = fetching;
        if (other == null) {
            fetching = new CompletableFuture<>();
            rotatedMeanwhile = false;
        }
        return other;
    }

    Optional<Secret> await(CompletableFuture<Optional<Secret>> other, String where) {
        try {
            return other.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SecretUnavailableException(name, where, "the thread was interrupted");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof SecretUnavailableException unavailable
                    ? new SecretUnavailableException(name, where, unavailable.reason())
                    : new SecretUnavailableException(name, where, Objects.requireNonNull(e.getCause()));
        }
    }

    /** Takes what was fetched, unless a rotation has brought something newer meanwhile. */
    synchronized Optional<Secret> fetched(Optional<Secret> found, Instant fresh) {
        if (!rotatedMeanwhile) {
            value = found.orElse(null);
            freshUntil = fresh;
        }
        stale = false;
        end().complete(value());
        return value();
    }

    /** Gives the old value on; empty if there is none, and who fetches has to say so. */
    synchronized Optional<Secret> failed(Throwable failure, Instant nextTry) {
        if (value == null) {
            end().completeExceptionally(failure);
            return Optional.empty();
        }
        if (!rotatedMeanwhile) {
            freshUntil = nextTry;
            if (!stale) {
                stale = true;
                LOG.warn(
                        "Secret '{}' keeps its last known value, because fetching it failed with a {}.",
                        name,
                        failure.getClass().getName());
            }
        }
        end().complete(value());
        return value();
    }

    private CompletableFuture<Optional<Secret>> end() {
        CompletableFuture<Optional<Secret>> ended = Objects.requireNonNull(fetching, "fetching");
        fetching = null;
        return ended;
    }

    synchronized void rotated(Secret newest, Instant fresh) {
        value = newest;
        freshUntil = fresh;
        rotatedMeanwhile = true;
        stale = false;
    }
}
