package com.portfolio.infra.testing.memory;

import com.portfolio.infra.ports.event.EventDecodingException;
import com.portfolio.infra.ports.messaging.BrokerUnavailableException;
import com.portfolio.infra.ports.messaging.DeadLetter;
import com.portfolio.infra.ports.messaging.DeadLetter.Failure;
import com.portfolio.infra.ports.messaging.Ordering;
import com.portfolio.infra.ports.messaging.StartFrom;
import com.portfolio.infra.ports.messaging.SubscriptionRequest;
import com.portfolio.infra.utilities.messaging.DeliverySource;
import com.portfolio.infra.utilities.messaging.Intake;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/** A member of a group at the broker in memory. Everything is guarded by the broker's lock. */
final class InMemorySource implements DeliverySource<HeldMessage> {

    /** A key with many messages may fill such a part of what a member holds, so that there is room for others. */
    private static final int KEY_PART = 4;

    private final InMemoryBroker broker;
    private final String group;
    private final Set<String> types;
    private final Ordering ordering;
    private final StartFrom startFrom;
    private final int mostOfAKey;
    private final Condition changed;

    /** What the group is done with and could not be told of. */
    private final List<HeldMessage> untold = new ArrayList<>();

    private @Nullable ConsumerGroup joined;
    private boolean awake;
    private boolean ended;

    InMemorySource(InMemoryBroker broker, String group, Set<String> types, SubscriptionRequest<?> request) {
        this.broker = broker;
        this.group = group;
        this.types = types;
        this.ordering = request.ordering();
        this.startFrom = request.startFrom();
        this.mostOfAKey = Math.max(1, request.maxInFlight() / KEY_PART);
        this.changed = broker.lock().newCondition();
    }

    String group() {
        return group;
    }

    Ordering ordering() {
        return ordering;
    }

    /** How many messages of one key it may hold. */
    int mostOfAKey() {
        return mostOfAKey;
    }

    /** What it did not ask for it passes over; what says of no type it has to look at. */
    boolean wants(StoredMessage message) {
        return message.type().map(types::contains).orElse(true);
    }

    /** Joins the group now, if the broker is there. */
    void connect() {
        broker.locked(() -> {
            broker.connect(this);
            if (!broker.isLost()) {
                join();
            }
        });
    }

    private ConsumerGroup join() {
        ConsumerGroup known = joined;
        if (known == null) {
            known = broker.join(this, startFrom);
            joined = known;
        }
        return known;
    }

    @Override
    public void poll(int room, Duration maxWait, Intake<HeldMessage> intake) throws InterruptedException {
        broker.lock().lockInterruptibly();
        try {
            long left = TimeUnit.NANOSECONDS.convert(maxWait);
            List<HeldMessage> taken = take(room, intake);
            while (taken.isEmpty() && !awake && left > 0) {
                left = changed.awaitNanos(left);
                taken = take(room, intake);
            }
            awake = false;
            taken.forEach(intake::accept);
        } finally {
            broker.lock().unlock();
        }
    }

    private List<HeldMessage> take(int room, Intake<HeldMessage> intake) {
        if (ended) {
            return List.of();
        }
        requireBroker();
        ConsumerGroup there = join();
        tell(there);
        intake.joined();
        intake.lose(HeldMessage::isLost);
        return there.take(this, room);
    }

    private void requireBroker() {
        if (broker.isLost()) {
            throw new BrokerUnavailableException("The broker is lost.", null);
        }
    }

    @Override
    public void acknowledge(List<HeldMessage> done) {
        broker.locked(() -> {
            untold.addAll(done);
            requireBroker();
            if (joined != null) {
                tell(joined);
            }
        });
    }

    private void tell(ConsumerGroup there) {
        for (HeldMessage message : untold) {
            if (!message.isUnhandled() && !message.isLost() && broker.losesAcknowledgement()) {
                there.release(message);
            } else {
                there.finish(message);
            }
        }
        untold.clear();
    }

    /** Stores a dead letter; fails as the broker, or the test, says. */
    CompletionStage<?> store(HeldMessage message, int attempts, Failure failure) {
        try {
            broker.locked(() -> {
                requireBroker();
                if (message.isLost()) {
                    return;
                }
                ConsumerGroup there = join();
                DeadLetter letter = there.deadLetters().letter(group, message, attempts, failure, broker.now());
                broker.deadLetterFaults().before(letter);
                there.deadLetters().add(letter, message.message());
                broker.deadLetterFaults().after(letter);
                message.markUnhandled();
            });
            return CompletableFuture.completedStage(group);
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    /**
     * Called before a handler is, as the member hears of its losses only with its next turn.
     *
     * @throws EventDecodingException if the message was taken away; whatever becomes of it is without effect
     */
    void requireHeld(HeldMessage message) {
        broker.locked(() -> {
            if (message.isLost()) {
                throw new EventDecodingException("It was taken away from this member", null);
            }
        });
    }

    /** Whether it has left its group, for good. */
    boolean hasEnded() {
        broker.lock().lock();
        try {
            return ended;
        } finally {
            broker.lock().unlock();
        }
    }

    /** A message that can't be decoded is not handled, whatever becomes of it. */
    void undecodable(HeldMessage message) {
        broker.locked(message::markUnhandled);
    }

    @Override
    public void wakeUp() {
        broker.lock().lock();
        try {
            awake = true;
            changed.signalAll();
        } finally {
            broker.lock().unlock();
        }
    }

    @Override
    public void close() {
        broker.locked(() -> {
            if (!ended && joined != null && !broker.isLost()) {
                tell(joined);
            }
            leave();
        });
    }

    /** Leaves as if the process had died: nothing is acknowledged any more. */
    void crash() {
        broker.locked(this::leave);
    }

    private void leave() {
        if (!ended) {
            ended = true;
            if (joined != null) {
                joined.leave(this);
            }
            broker.disconnect(this);
        }
    }
}
