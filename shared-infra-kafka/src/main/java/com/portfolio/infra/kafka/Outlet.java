package com.portfolio.infra.kafka;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;

/** The way to one topic: messages wait in it, in their order, until it is open. Thread-safe. */
final class Outlet {

    private static final int MOST_WAITING = 10_000;

    private final String topic;
    private final Producer<byte[], byte[]> producer;
    private final Duration publishTimeout;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private volatile boolean open;
    private boolean gone;

    private record Waiting(Publication publication, long deadline) {}

    Outlet(String topic, Producer<byte[], byte[]> producer, Duration publishTimeout) {
        this.topic = topic;
        this.producer = producer;
        this.publishTimeout = publishTimeout;
    }

    String topic() {
        return topic;
    }

    /**
     * Sends a message, now or when the topic was found. Waits for room only.
     *
     * @return whether this is still the way to the topic; if not, nothing was done
     */
    boolean send(Publication publication) {
        return open ? transmit(publication) : queue(publication);
    }

    private synchronized boolean queue(Publication publication) {
        long deadline = System.nanoTime() + publishTimeout.toNanos();
        if (!awaitRoom(publication, deadline)) {
            return true;
        }
        if (open) {
            return transmit(publication);
        }
        if (!gone) {
            waiting.add(new Waiting(publication, deadline));
        }
        return !gone;
    }

    private boolean awaitRoom(Publication publication, long deadline) {
        try {
            while (!open && !gone && waiting.size() >= MOST_WAITING) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    publication.fail(new TimeoutException("too many messages wait for the topic to be found"));
                    return false;
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            publication.fail(new InterruptException("the thread was interrupted while it waited", e));
            return false;
        }
    }

    private boolean transmit(Publication publication) {
        try {
            Future<RecordMetadata> unused = producer.send(publication.record(), publication);
        } catch (IllegalStateException e) {
            publication.refuse();
        } catch (RuntimeException e) {
            publication.fail(e);
        }
        return true;
    }

    /** The topic was found: what waits is sent, in its order. */
    synchronized void open() {
        for (Waiting message : waiting) {
            transmit(message.publication());
        }
        waiting.clear();
        open = true;
        notifyAll();
    }

    /**
     * The topic was not found yet: what has waited for long enough has failed.
     *
     * @return whether something waits still; if not, this is not the way to the topic any more
     */
    synchronized boolean tryAgain(RuntimeException problem) {
        long now = System.nanoTime();
        while (!waiting.isEmpty() && waiting.peek().deadline() - now <= 0) {
            waiting.remove().publication().fail(problem);
        }
        gone = waiting.isEmpty();
        notifyAll();
        return !gone;
    }

    /** The topic can't be had: what waits has failed, and this is not the way to it any more. */
    synchronized void fail(Throwable failure) {
        gone = true;
        waiting.forEach(message -> message.publication().fail(failure));
        waiting.clear();
        notifyAll();
    }

    /** The bus is closed. */
    synchronized void close() {
        gone = true;
        waiting.forEach(message -> message.publication().refuse());
        waiting.clear();
        notifyAll();
    }
}
