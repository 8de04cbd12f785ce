package com.portfolio.infra.utilities.resilience;

import com.portfolio.infra.ports.eventstore.AppendOutcomeUnknownException;
import com.portfolio.infra.ports.eventstore.AppendRequest;
import com.portfolio.infra.ports.eventstore.AppendResult;
import com.portfolio.infra.ports.eventstore.EventIdConflictException;
import com.portfolio.infra.ports.eventstore.EventStore;
import com.portfolio.infra.ports.eventstore.EventStoreUnavailableException;
import com.portfolio.infra.ports.eventstore.ExpectedVersion;
import com.portfolio.infra.ports.eventstore.StreamClosedException;
import com.portfolio.infra.ports.eventstore.WrongExpectedVersionException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One append with all of its attempts, and what is known of them.
 *
 * <p>An attempt stays in doubt unless the caller's thread learns that it stored nothing. One that ended well is no
 * exception: where its result reaches the caller nobody asks any more, and where it does not, because the caller's time
 * was over, the events are in the stream and "nothing was stored" would be wrong.
 */
final class RepeatedAppend {

    private final EventStore store;
    private final AppendRequest request;
    private final long begun = System.nanoTime();

    /** Attempts that have stored the events, may have, or may still do. */
    private final AtomicInteger inDoubt = new AtomicInteger();

    RepeatedAppend(EventStore store, AppendRequest request) {
        this.store = store;
        this.request = Objects.requireNonNull(request, "request");
    }

    AppendResult attempt() {
        inDoubt.incrementAndGet();
        try {
            return store.append(request);
        } catch (AppendOutcomeUnknownException e) {
            throw e;
        } catch (RuntimeException e) {
            inDoubt.decrementAndGet();
            throw e;
        }
    }

    /** What to tell the caller, given what the last attempt failed with. */
    RuntimeException failureFor(RuntimeException last) {
        if (last instanceof AppendOutcomeUnknownException) {
            return last;
        }
        if (inDoubt.get() > 0 && !settles(last)) {
            return new AppendOutcomeUnknownException(request, Duration.ofNanos(System.nanoTime() - begun), last);
        }
        return last instanceof ResilienceException
                ? new EventStoreUnavailableException(
                        "Could not append to stream '" + request.stream() + "', nothing was stored: "
                                + last.getMessage(),
                        last)
                : last;
    }

    /**
     * Whether an attempt without an answer has the same fate as a later one that was refused. The store looks for the
     * events before it refuses, so that they are not in the stream; but the attempt may still be on its way, and the
     * stream may come to meet what it expects, or be opened again, before it arrives.
     */
    private boolean settles(RuntimeException refusal) {
        if (refusal instanceof WrongExpectedVersionException wrong) {
            return isPast(wrong.actual());
        }
        if (refusal instanceof StreamClosedException closed) {
            return closed.reason() == StreamClosedException.Reason.TOMBSTONED;
        }
        return refusal instanceof EventIdConflictException;
    }

    /** Whether the stream, which only grows, can't meet the demand any more. */
    private boolean isPast(long actual) {
        return request.expected() instanceof ExpectedVersion.Exactly exactly
                ? exactly.version() < actual
                : request.expected() instanceof ExpectedVersion.NoStream;
    }
}
