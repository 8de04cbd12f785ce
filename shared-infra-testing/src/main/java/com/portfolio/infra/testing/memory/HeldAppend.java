package com.portfolio.infra.testing.memory;

import com.portfolio.infra.ports.eventstore.AppendRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Holds an append of the code under test open, between drawing its positions and its commit.
 *
 * <p>The caller of the append waits until the test decides. Thread-safe.
 */
public final class HeldAppend {

    private final Predicate<AppendRequest> matching;
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CompletableFuture<Void> decision = new CompletableFuture<>();

    HeldAppend(Predicate<AppendRequest> matching) {
        this.matching = matching;
    }

    /**
     * Waits until an append is held.
     *
     * @throws AssertionError if none came in time
     */
    public void awaitReached(Duration timeout) {
        boolean came;
        try {
            came = reached.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("The thread was interrupted while it waited for an append.", e);
        }
        if (!came) {
            throw new AssertionError("No append to be held came within " + timeout + ".");
        }
    }

    /** Lets the append commit and return. */
    public void release() {
        decision.complete(null);
    }

    /** Rolls the append back, and makes it fail. */
    public void fail(RuntimeException exception) {
        decision.completeExceptionally(exception);
    }

    boolean matches(AppendRequest request) {
        return matching.test(request);
    }

    /** Waits for the test; throws what the append is to fail with. */
    void awaitDecision() {
        reached.countDown();
        try {
            decision.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }
}
