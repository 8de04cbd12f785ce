package com.portfolio.infra.kafka;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What a member has of a partition, from its assignment to its revocation: what was received, what of it is handed over, and
 * up to where everything is done. Assigned again it is another object, so that whatever comes late for this one is without
 * effect. For the source's thread.
 */
final class Partition {

    private final TopicPartition id;

    /** What was received, in its order, from the first on that is not done. */
    private final Deque<Slot> unfinished = new ArrayDeque<>();

    /** The last of them, which are not handed over yet. */
    private final Deque<KafkaDelivery> waiting = new ArrayDeque<>();

    private @Nullable OffsetAndMetadata next;
    private long committed = -1;
    private int handedOver;
    private boolean paused;

    Partition(TopicPartition id) {
        this.id = id;
    }

    TopicPartition id() {
        return id;
    }

    /** Takes in a record that was received. */
    void receive(OriginalRecord record, long offset) {
        Slot slot = new Slot(this, offset);
        unfinished.add(slot);
        waiting.add(new KafkaDelivery(record, slot));
    }

    /** What comes after everything that was received. */
    void receivedUpTo(OffsetAndMetadata position) {
        next = position;
    }

    boolean hasWaiting() {
        return !waiting.isEmpty();
    }

    /** How far what is handed over stretches, done or not: so much comes again after a crash. */
    int span() {
        return unfinished.size() - waiting.size();
    }

    /** How many are handed over and not done. */
    int handedOver() {
        return handedOver;
    }

    /** The next one to hand over. */
    KafkaDelivery take() {
        handedOver++;
        return waiting.remove();
    }

    void finished() {
        handedOver--;
    }

    /** What to commit: everything before it is done. Empty if that was committed before. */
    Optional<OffsetAndMetadata> due() {
        while (!unfinished.isEmpty() && unfinished.peek().isDone()) {
            unfinished.remove();
        }
        OffsetAndMetadata upTo = unfinished.isEmpty()
                ? next
                : new OffsetAndMetadata(unfinished.peek().offset());
        return Optional.ofNullable(upTo).filter(offset -> offset.offset() > committed);
    }

    void committed(OffsetAndMetadata offset) {
        committed = Math.max(committed, offset.offset());
    }

    /** How many records were received and are not done. */
    int unfinished() {
        return handedOver + waiting.size();
    }

    boolean isPaused() {
        return paused;
    }

    void pause(boolean whether) {
        paused = whether;
    }
}
