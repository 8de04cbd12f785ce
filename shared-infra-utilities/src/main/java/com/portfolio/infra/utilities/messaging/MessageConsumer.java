package com.portfolio.infra.utilities.messaging;

import com.portfolio.infra.ports.messaging.BusClosedException;
import com.portfolio.infra.ports.messaging.MessageHandler;
import com.portfolio.infra.ports.messaging.Subscription;
import com.portfolio.infra.ports.messaging.SubscriptionRequest;
import com.portfolio.infra.ports.messaging.SubscriptionStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A subscription at work, over whatever broker: the engine of all message buses.
 *
 * <p>One thread asks the source, and is the only one that does. Up to {@link SubscriptionRequest#concurrency()} others
 * decode messages and call the handler; they start when there is work for them, and go when there has been none for a
 * while. In between, messages are held in lanes by key, no more than {@link SubscriptionRequest#maxInFlight()} of them: the
 * first message of a lane is worked on, waits for its next attempt or to be stored as a dead letter, and the ones behind it
 * wait for it. Other lanes go on.
 *
 * <p>What the group is done with is acknowledged by the source's thread: what a handler acknowledged, what was stored as a
 * dead letter, and what nobody asked for.
 *
 * @param <D> what the source makes of a message
 */
public final class MessageConsumer<D extends Delivery> implements Subscription {

    /** How long a thread may take to end that has nothing to do any more. */
    private static final long END_MILLIS = 10_000;

    private final String group;
    private final Set<String> types;
    private final Duration drainTimeout;
    private final DeliverySource<D> source;
    private final Clock clock;
    private final Desk<D> desk;
    private final Workers<D> workers;
    private final CompletableFuture<@Nullable Void> ready = new CompletableFuture<>();
    private final Thread driver;

    private <T> MessageConsumer(
            SubscriptionRequest<T> request,
            Member member,
            DeliverySource<D> source,
            DeliveryDecoder<? super D, T> decoder,
            MessageHandler<T> handler,
            DeadLetterSink<? super D> deadLetters) {
        this.group = member.group();
        this.types = member.types();
        this.drainTimeout = request.drainTimeout();
        this.source = source;
        this.clock = member.clock();
        this.desk = new Desk<>(request, clock, member.turn());
        Judge judge = new Judge(request, ThreadLocalRandom::current);
        HandlerCall<D, T> call = new HandlerCall<>(decoder, handler);
        Handling<D> handling = new Handling<>(group, request.handlerTimeout(), call, judge, deadLetters, desk, clock);
        this.workers = new Workers<>(group + "-handler", request.concurrency(), desk, handling);
        this.driver = new Thread(
                new Driver<>(group, types, source, desk, workers, clock, member.turn(), ready), group + "-consumer");
        driver.setDaemon(true);
    }

    /**
     * Which member of which group a consumer is, and by what time.
     *
     * @param group the group
     * @param types the logical names of the types that are handed to the handler; others are acknowledged, undecoded
     * @param clock says when retries are due and when handlers have run out of time
     * @param turn  how long one turn of the source takes, about; more than 0. What is done waits as long to be
     *              acknowledged, and a handler that is out of time as long to be interrupted
     */
    public record Member(String group, Set<String> types, Clock clock, Duration turn) {

        /** The turn of {@link #of}. */
        public static final Duration USUAL_TURN = Duration.ofMillis(100);

        public Member {
            types = Set.copyOf(types);
            if (turn.isNegative() || turn.isZero()) {
                throw new IllegalArgumentException("A turn must take more than no time, not " + turn + ".");
            }
        }

        /** A member that goes by the system's clock. */
        public static Member of(String group, Set<String> types) {
            return new Member(group, types, Clock.systemUTC(), USUAL_TURN);
        }
    }

    /**
     * Starts a consumer, which closes the source when it ends.
     *
     * @param request     what was asked for
     * @param member      which group it is for
     * @param source      where messages come from
     * @param decoder     makes messages of them
     * @param handler     handles them
     * @param deadLetters where those go that fail
     */
    public static <D extends Delivery, T> MessageConsumer<D> start(
            SubscriptionRequest<T> request,
            Member member,
            DeliverySource<D> source,
            DeliveryDecoder<? super D, T> decoder,
            MessageHandler<T> handler,
            DeadLetterSink<? super D> deadLetters) {
        MessageConsumer<D> consumer = new MessageConsumer<>(request, member, source, decoder, handler, deadLetters);
        consumer.driver.start();
        return consumer;
    }

    @Override
    public String group() {
        return group;
    }

    /** The types that are handed to the handler. */
    public Set<String> types() {
        return types;
    }

    /** Whether it is neither closed nor stopped. */
    public boolean isOpen() {
        return desk.isOpen();
    }

    /** Whether its thread has ended, so that it does nothing any more. */
    public boolean hasEnded() {
        return !driver.isAlive();
    }

    /** How long {@link #close()} waits for handlers. */
    public Duration drainTimeout() {
        return drainTimeout;
    }

    @Override
    public CompletionStage<@Nullable Void> ready() {
        return ready.minimalCompletionStage();
    }

    @Override
    public void pause() {
        desk.pause(true);
    }

    @Override
    public void resume() {
        desk.pause(false);
        source.wakeUp();
    }

    @Override
    public SubscriptionStatus status() {
        return desk.status(workers.lateHandler(clock.instant()));
    }

    @Override
    public void close() {
        close(drainTimeout);
    }

    /** Takes nothing any more, without waiting; {@link #close(Duration)} has to follow. */
    public void beginClosing() {
        desk.beginClosing();
        source.wakeUp();
    }

    @Override
    public boolean close(Duration drain) {
        if (drain.isNegative()) {
            throw new IllegalArgumentException("A drain timeout must not be negative, but is " + drain + ".");
        }
        beginClosing();
        boolean drained = false;
        try {
            drained = desk.awaitDrained(drain);
            end();
            driver.join(END_MILLIS);
            if (drained) {
                workers.join(END_MILLIS);
            }
        } catch (InterruptedException e) {
            end();
            Thread.currentThread().interrupt();
        }
        ready.completeExceptionally(new BusClosedException("joining group '" + group + "'"));
        return drained;
    }

    private void end() {
        desk.end();
        source.wakeUp();
    }
}
