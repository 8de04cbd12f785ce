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
 * publish timeout. Messages of different keys, and those without one, do not wait. The price is a round trip for each
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
    private final KeyLanes lanes = new KeyLanes(MAX_WAITING);

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
        CompletableFuture<PublishReceipt> result = new CompletableFuture<>();
        CallerContext context = CallerContext.capture();
        boolean entered = lanes.enter(key, () -> {
            Turn turn = new Turn(key);
            context.call(() -> sendUnlessOver(message, begun, turn)).whenComplete((receipt, failure) -> {
                turn.ended();
                if (failure == null) {
                    result.complete(receipt);
                } else {
                    result.completeExceptionally(Thrown.unwrapped(failure));
                }
            });
        });
        return entered
                ? result
                : CompletableFuture.failedFuture(unacknowledged(
                        message, MAX_WAITING + " messages wait for earlier ones already, and it was not sent", null));
    }

    /** A message's time on its lane: until the call has ended, and every attempt that was begun for it. */
    private final class Turn {

        private final String key;
        private final AtomicInteger open = new AtomicInteger(1);

        Turn(String key) {
            this.key = key;
        }

        /** An attempt that its time limit gave up goes on with the broker, and may overtake what is sent after it. */
        CompletionStage<PublishReceipt> attempt(Message<?> message) {
            CompletionStage<PublishReceipt> sent = Objects.requireNonNull(publisher.publish(message), "stage");
            open.incrementAndGet();
            return sent.whenComplete((receipt, failure) -> ended());
        }

        void ended() {
            if (open.decrementAndGet() == 0) {
                leave(key);
            }
        }
    }

    /** Elsewhere: whoever completes a publish, a broker's client perhaps, must not be made to wait for room. */
    private void leave(String key) {
        if (lanes.leave(key)) {
            try {
                resilience.workers().execute(() -> lanes.drain(key));
            } catch (RejectedExecutionException e) {
                lanes.drain(key);
            }
        }
    }

    private CompletionStage<PublishReceipt> sendUnlessOver(Message<?> message, long begun, Turn turn) {
        return isOver(begun)
                ? CompletableFuture.failedFuture(unacknowledged(
                        message, "earlier messages of its key took until its deadline, and it was not sent", null))
                : send(message, begun, () -> turn.attempt(message));
    }

    private boolean isOver(long begun) {
        Retrying retrying = resilience.retrying();
        return retrying != null
                && resilience.attempts().ticker().now() - begun
                        >= retrying.policy().deadline().toNanos();
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
        return failure instanceof IllegalStateException && resilience.workers().isClosed()
                ? new BusClosedException("publishing message " + message.id())
                : failure;
    }

    private PublishFailedException unacknowledged(Message<?> message, String why, @Nullable Throwable cause) {
        String clause = why.endsWith(".") ? why.substring(0, why.length() - 1) : why;
        return PublishFailedException.unacknowledged(resilience.name(), message.id(), clause, cause);
    }
}
