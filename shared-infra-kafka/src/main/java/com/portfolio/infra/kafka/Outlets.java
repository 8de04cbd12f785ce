package com.portfolio.infra.kafka;

import com.portfolio.infra.ports.messaging.BrokerUnavailableException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;

/**
 * The ways out of a bus, one for each topic. Thread-safe.
 *
 * <p>Kafka's producer looks for a topic that it does not know on the thread of its caller. Here the first messages of a
 * topic wait until a thread of the bus's own has found it, so that callers don't.
 */
final class Outlets implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int THREADS = 4;

    private final Producer<byte[], byte[]> producer;
    private final Topics topics;
    private final Duration publishTimeout;
    private final Map<String, Outlet> outlets = new ConcurrentHashMap<>();
    private final ExecutorService finders;

    Outlets(Producer<byte[], byte[]> producer, Topics topics, Duration publishTimeout, String service) {
        this.producer = producer;
        this.topics = topics;
        this.publishTimeout = publishTimeout;
        this.finders = finders(service + "-topics");
    }

    /** Threads that go when they have had nothing to do for a while. */
    private static ExecutorService finders(String name) {
        ThreadPoolExecutor executor =
                new ThreadPoolExecutor(THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, name);
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /** Sends a message; see {@link Outlet#send}. */
    void send(Publication publication) {
        boolean sent = false;
        while (!sent) {
            if (finders.isShutdown()) {
                publication.refuse();
                return;
            }
            Outlet outlet = outlets.get(publication.topic());
            sent = (outlet == null ? outlets.computeIfAbsent(publication.topic(), this::found) : outlet)
                    .send(publication);
        }
    }

    private Outlet found(String topic) {
        Outlet outlet = new Outlet(topic, producer, publishTimeout);
        try {
            finders.execute(() -> find(outlet));
        } catch (RejectedExecutionException e) {
            // The bus was closed at this moment, which the sender finds out next.
            outlet.close();
        }
        return outlet;
    }

    private void find(Outlet outlet) {
        try {
            boolean wanted = true;
            while (wanted) {
                wanted = !isFound(outlet) && pause();
            }
        } catch (InterruptedException | InterruptException e) {
            outlet.close();
        } catch (RuntimeException | Error e) {
            outlets.remove(outlet.topic(), outlet);
            outlet.fail(e);
        }
    }

    /** Whether there is no need to go on. */
    private boolean isFound(Outlet outlet) throws InterruptedException {
        try {
            topics.requireEvents(outlet.topic(), "publishing to it");
            producer.partitionsFor(outlet.topic());
            outlet.open();
            return true;
        } catch (BrokerUnavailableException | RetriableException e) {
            return leave(outlet, e);
        }
    }

    /** Whether nobody waits any more; the next message begins anew. */
    private boolean leave(Outlet outlet, RuntimeException problem) {
        if (outlet.tryAgain(problem)) {
            return false;
        }
        outlets.remove(outlet.topic(), outlet);
        return true;
    }

    private static boolean pause() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
        return true;
    }

    /** Refuses what waits. */
    @Override
    public void close() {
        finders.shutdownNow();
        outlets.values().forEach(Outlet::close);
    }
}
