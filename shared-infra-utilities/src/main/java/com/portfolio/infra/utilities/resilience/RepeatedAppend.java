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
import java.util.concurrent.CancellationException;

/**
 * One append with all of its attempts, and what is known of them.
 *
 * <p>The rule: "nothing was stored" is told only if every attempt that reached the store came back with the word that it
 * stored nothing, and none can reach it any more. So an attempt is in doubt from its beginning on, and stays so unless it
 * fails with an exception by which {@link EventStore} says so: any but {@link AppendOutcomeUnknownException}. One that
 * ended well stays in doubt too: where its result reaches the caller nobody asks any more, and where it does not, because
 * the caller's time was over, the events are in the stream.
 *
 * <p>An attempt with a time limit begins on another thread, perhaps only after its caller has gone. So telling the
 * failure ends the append: what has not begun by then never does.
 *
 * <p>Thread-safe.
 */
final class RepeatedAppend {

    private final EventStore store;
    private final AppendRequest request;
    private final long begun = System.nanoTime();

    /** Attempts that have stored the events, may have, or may still do. */
    private int inDoubt;

    /** Whether the caller is told of the failure, so that no attempt may begin any more. */
    private boolean told;

    RepeatedAppend(EventStore store, AppendRequest request) {
        this.store = store;
        this.request = Objects.requireNonNull(request, "request");
    }

    /** @throws CancellationException if the caller was told of the failure already; the store was not called */
    AppendResult attempt() {
        begin();
        try {
            return store.append(request);
        } catch (AppendOutcomeUnknownException e) {
            throw e;
        } catch (RuntimeException e) {
            storedNothing();
            throw e;
        }
    }

    private synchronized void begin() {
        if (told) {
            throw new CancellationException("The caller was told that the append failed, before this attempt began.");
        }
        inDoubt++;
    }

    private synchronized void storedNothing() {
        inDoubt--;
    }

    /** Lets no attempt begin any more, and says whether one may have stored the events. */
    private synchronized boolean endInDoubt() {
        told = true;
        return inDoubt > 0;
    }

    /** What to tell the caller, given what the last attempt failed with. No attempt begins after it. */
    RuntimeException failureFor(RuntimeException last) {
        boolean unknown = endInDoubt();
        if (last instanceof AppendOutcomeUnknownException) {
            return last;
        }
        if ((unknown && !settles(last)) || isGivenUp(last)) {
            return new AppendOutcomeUnknownException(request, Duration.ofNanos(System.nanoTime() - begun), last);
        }
        return last instanceof ResilienceException
                ? new EventStoreUnavailableException(
                        "Could not append to stream '" + request.stream() + "', nothing was stored: "
                                + last.getMessage(),
                        last)
                : last;
    }

    /** Whether the last attempt was left alone. It may have ended meanwhile, but its exception says that nobody knows. */
    private static boolean isGivenUp(RuntimeException last) {
        return last instanceof CallTimedOutException || last instanceof CallInterruptedException;
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
