package com.portfolio.infra.utilities.messaging;

import com.portfolio.infra.ports.messaging.BusClosedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/**
 * The subscriptions of one bus. Thread-safe.
 *
 * @param <D> what the bus makes of a message
 */
public final class Subscriptions<D extends Delivery> {

    private final List<MessageConsumer<D>> consumers = new ArrayList<>();
    private boolean closed;

    /** None yet. */
    public Subscriptions() {}

    /**
     * Starts a subscription.
     *
     * @param member   who it is
     * @param starting starts its consumer
     * @throws IllegalArgumentException if the group is subscribed to other types on this bus
     * @throws BusClosedException       if the bus was closed
     */
    public synchronized MessageConsumer<D> start(MessageConsumer.Member member, Supplier<MessageConsumer<D>> starting) {
        if (closed) {
            throw new BusClosedException("subscribing as group '" + member.group() + "'");
        }
        consumers.removeIf(MessageConsumer::hasEnded);
        consumers.forEach(other -> requireSameTypes(other, member));
        MessageConsumer<D> consumer = starting.get();
        consumers.add(consumer);
        return consumer;
    }

    private void requireSameTypes(MessageConsumer<D> other, MessageConsumer.Member member) {
        if (other.isOpen()
                && other.group().equals(member.group())
                && !other.types().equals(member.types())) {
            throw new IllegalArgumentException("Group '" + member.group() + "' is subscribed to " + other.types()
                    + " on this bus, so it can't be to " + member.types() + "; name another group.");
        }
    }

    /** Those that have not ended. */
    public synchronized List<MessageConsumer<D>> open() {
        consumers.removeIf(MessageConsumer::hasEnded);
        return List.copyOf(consumers);
    }

    /** Starts none any more, and gives those that there are. */
    public synchronized List<MessageConsumer<D>> shut() {
        closed = true;
        List<MessageConsumer<D>> all = List.copyOf(consumers);
        consumers.clear();
        return all;
    }

    /**
     * Closes all, side by side: each is given its own drain timeout, and none more than {@code atMost}. Starts none any
     * more.
     */
    public void close(Duration atMost) {
        List<MessageConsumer<D>> all = shut();
        all.forEach(MessageConsumer::beginClosing);
        long start = System.nanoTime();
        all.stream()
                .sorted(Comparator.comparing(MessageConsumer::drainTimeout))
                .forEach(consumer -> consumer.close(left(start, shorter(consumer.drainTimeout(), atMost))));
    }

    private static Duration left(long start, Duration whole) {
        Duration left = whole.minusNanos(System.nanoTime() - start);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
