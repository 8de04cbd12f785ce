package com.portfolio.infra.utilities.resilience;

import com.portfolio.infra.ports.Experimental;
import com.portfolio.infra.ports.messaging.BusClosedException;
import com.portfolio.infra.ports.messaging.Message;
import com.portfolio.infra.ports.messaging.MessagePublisher;
import com.portfolio.infra.ports.messaging.PublishFailedException;
import com.portfolio.infra.ports.messaging.PublishReceipt;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A publisher whose messages are sent again when the broker did not acknowledge them; it keeps every promise of
 * {@link MessagePublisher}.
 *
 * <p>The same message is sent again, with its id, by which receivers know it. So that messages of one key stay in their
 * order, one of them is under way at a time, and the next is sent when the one before was acknowledged or has failed
 * for good, and none of its attempts is under way any more: one that a time limit gave up ends with the publisher's own
 * publish timeout. While a stage of the publisher's never ends, no message of its key is sent, and each fails at its
 * deadline, each on a thread of its own, so that what follows one may block and holds up no other. Messages of different keys, and those without one, do not wait. The price is a round trip for each
 * message of a key. Where the client of a broker repeats in order by itself, as Kafka's does, give the resilience
 * {@link RetryPolicy#never()}: then nothing waits, and only breaker, time limit and bulkhead stand around the call.
 *
 * <p>The deadline of the {@link RetryPolicy} counts from {@link #publish}, waiting for earlier messages of the key
 * included. What the breaker or the bulkhead refuses, what takes too long, and what is one too many of
 * {@value #MAX_WAITING} waiting messages is a {@link PublishFailedException} with the resilience's name as its
 * destination. Thread-safe if the publisher is.
 */
@Experimental
public final class ResilientMessagePublisher implements MessagePublisher {

    /** The greatest number of messages that may wait for earlier ones of their keys. */
    public static final int MAX_WAITING = 10_000;

    private final MessagePublisher publisher;
    private final Resilience resilience;
    private final KeyLanes lanes = new KeyLanes(MAX_WAITING, this::elsewhere);

    /** The publisher stays the caller's to close, and so does the resilience, which other decorators may share. */
    public ResilientMessagePublisher(MessagePublisher publisher, Resilience resilience) {
        this.publisher = Objects.requireNonNull(publisher, "publisher");
        this.resilience = Objects.requireNonNull(resilience, "resilience");
    }

    @Override
    public CompletionStage<PublishReceipt> publish(Message<?> message) {
        Objects.requireNonNull(message, "message");
        long begun = resilience.attempts().ticker().now();
        return message.key().isEmpty() || !resilience.repeats()
                ? send(message, begun, () -> publisher.publish(message))
                : sendInTurn(message, message.key().get(), begun);
    }

    private CompletionStage<PublishReceipt> sendInTurn(Message<?> message, String key, long begun) {
        Turn turn = new Turn(message, key, begun);
        if (!lanes.enter(key, turn)) {
            return CompletableFuture.failedFuture(unacknowledged(
                    message, MAX_WAITING + " messages wait for earlier ones already, and it was not sent", null));
        }
        turn.limitWaiting();
        return turn.result;
    }

    /**
     * A message on its lane: it waits, is sent, and has left when its call has ended, and every attempt that was begun
     * for it.
     */
    private final class Turn implements Runnable {

        private final Message<?> message;
        private final String key;
        private final long entered;
        private final CallerContext context = CallerContext.capture();
        private final CompletableFuture<PublishReceipt> result = new CompletableFuture<>();
        private final AtomicInteger open = new AtomicInteger(1);
        private volatile boolean begun;
        private volatile @Nullable Future<?> limit;

        Turn(Message<?> message, String key, long entered) {
            this.message = message;
            this.key = key;
            this.entered = entered;
        }

        /** Its turn has come. */
        @Override
        public void run() {
            begun = true;
            endLimit();
            CompletionStage<PublishReceipt> call;
            try {
                call = context.call(this::sendUnlessOver);
            } catch (Throwable e) {
                // Out of here it would hold its key for good.
                call = CompletableFuture.failedFuture(e);
            }
            call.whenComplete((receipt, failure) -> {
                ended();
                if (failure == null) {
                    result.complete(receipt);
                } else {
                    result.completeExceptionally(Thrown.unwrapped(failure));
                }
            });
        }

        private CompletionStage<PublishReceipt> sendUnlessOver() {
            return left() <= 0
                    ? CompletableFuture.failedFuture(waitedTooLong())
                    : send(message, entered, this::attempt);
        }

        /** An attempt that its time limit gave up goes on with the broker, and may overtake what is sent after it. */
        private CompletionStage<PublishReceipt> attempt() {
            open.incrementAndGet();
            try {
                return Objects.requireNonNull(publisher.publish(message), "stage")
                        .whenComplete((receipt, failure) -> ended());
            } catch (Throwable e) {
                ended();
                throw e;
            }
        }

        private void ended() {
            if (open.decrementAndGet() == 0) {
                lanes.leave(key);
            }
        }

        /** An attempt of an earlier message may never end; this one's publisher is told in time all the same. */
        void limitWaiting() {
            if (begun) {
                return;
            }
            try {
                limit = resilience.workers().afterwards(Math.max(0, left()), () -> giveUp(waitedTooLong()));
            } catch (RejectedExecutionException e) {
                giveUp(closed(message));
            } catch (Throwable e) {
                giveUp(unacknowledged(message, "its deadline can't be watched, and it was not sent", e));
            }
            if (begun) {
                endLimit();
            }
        }

        private void giveUp(Throwable failure) {
            if (lanes.withdraw(key, this)) {
                result.completeExceptionally(failure);
            }
        }

        private void endLimit() {
            Future<?> timer = limit;
            if (timer != null) {
                timer.cancel(false);
            }
        }

        private long left() {
            // Nobody has a turn who does not repeat.
            return Objects.requireNonNull(resilience.retrying()).leftNanos(entered);
        }

        private PublishFailedException waitedTooLong() {
            return unacknowledged(
                    message, "earlier messages of its key took until its deadline, and it was not sent", null);
        }
    }

    /**
     * Sends what has waited: neither who publishes nor who completes a publish, a broker's client perhaps, must be made
     * to wait for the room of others.
     */
    private void elsewhere(Runnable sends) {
        try {
            resilience.workers().execute(sends);
        } catch (Throwable e) {
            // Whatever an executor throws, others wait for their turns.
            resilience.workers().aside(sends);
        }
    }

    private CompletionStage<PublishReceipt> send(
            Message<?> message, long begun, Supplier<CompletionStage<PublishReceipt>> attempt) {
        return resilience
                .callAsync(attempt, begun)
                .exceptionallyCompose(
                        failure -> CompletableFuture.failedFuture(failureFor(message, Thrown.unwrapped(failure))));
    }

    private Throwable failureFor(Message<?> message, Throwable failure) {
        if (failure instanceof ResilienceException) {
            return unacknowledged(message, String.valueOf(failure.getMessage()), failure);
        }
        return failure instanceof CallsClosedException ? closed(message) : failure;
    }

    private static BusClosedException closed(Message<?> message) {
        return new BusClosedException("publishing message " + message.id());
    }

    private PublishFailedException unacknowledged(Message<?> message, String why, @Nullable Throwable cause) {
        String clause = why.endsWith(".") ? why.substring(0, why.length() - 1) : why;
        return PublishFailedException.unacknowledged(resilience.name(), message.id(), clause, cause);
    }
}
