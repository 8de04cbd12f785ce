package com.portfolio.infra.testing.memory;

import com.portfolio.infra.ports.eventstore.AppendRequest;
import com.portfolio.infra.ports.eventstore.EventStoreUnavailableException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Holds an append of the code under test open, between drawing its positions and its commit.
 *
 * <p>The caller of the append waits until the test decides, until it is interrupted, or for a minute: then
 * the append is rolled back and fails. Closing it without a decision rolls back too, and holds no append that
 * comes later. Thread-safe.
 */
public final class HeldAppend implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Predicate<AppendRequest> matching;
    private final Duration limit;
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CompletableFuture<Void> decision = new CompletableFuture<>();
    private volatile boolean closed;

    HeldAppend(Predicate<AppendRequest> matching) {
        this(matching, LIMIT);
    }

    HeldAppend(Predicate<AppendRequest> matching, Duration limit) {
        this.matching = matching;
        this.limit = limit;
    }

    /**
     * Waits until an append is held.
     *
     * @throws AssertionError if none came in time
     */
    public void awaitReached(Duration timeout) {
        boolean came;
        try {
            came = reached.await(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
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

    /** Rolls an append back that is held still; without effect once it was decided. */
    @Override
    public void close() {
        closed = true;
        fail(undone("was held until the test ended", null));
    }

    boolean matches(AppendRequest request) {
        return !closed && matching.test(request);
    }

    /** Waits for the test; throws what the append is to fail with. */
    void awaitDecision() {
        reached.countDown();
        try {
            decision.get(TimeUnit.NANOSECONDS.convert(limit), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e);
        } catch (TimeoutException e) {
            throw undone("was held for " + limit + " without a decision of the test", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw undone("was interrupted while it was held", e);
        }
    }

    private static EventStoreUnavailableException undone(String how, @Nullable Throwable cause) {
        return new EventStoreUnavailableException("The append " + how + "; nothing was stored.", cause);
    }
}
