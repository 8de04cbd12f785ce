package com.portfolio.infra.kafka;

import com.portfolio.infra.ports.messaging.BrokerUnavailableException;
import com.portfolio.infra.ports.messaging.MessagingException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.jspecify.annotations.Nullable;

/**
 * Asks the brokers every second whether they are there, for all subscriptions of a bus, as Kafka's consumers don't tell:
 * they look for them silently, without end. Thread-safe.
 */
final class BrokerWatch implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final KafkaCluster cluster;
    private final KafkaFailures failures;
    private final Thread thread;
    private boolean started;
    private volatile @Nullable MessagingException lost;

    BrokerWatch(KafkaCluster cluster, String service) {
        this.cluster = cluster;
        this.failures = new KafkaFailures(cluster);
        this.thread = new Thread(this::watch, service + "-broker-watch");
        thread.setDaemon(true);
    }

    /** Begins to ask, if that was not done. */
    synchronized void start() {
        if (!started) {
            started = true;
            thread.start();
        }
    }

    /**
     * Tells of the latest answer.
     *
     * @throws BrokerUnavailableException if there was none
     */
    void requireBrokers() {
        MessagingException known = lost;
        if (known != null) {
            throw new BrokerUnavailableException(String.valueOf(known.getMessage()), known);
        }
    }

    private void watch() {
        try {
            while (true) {
                ask();
                TimeUnit.MILLISECONDS.sleep(INTERVAL.toMillis());
            }
        } catch (InterruptedException e) {
            // The bus was closed, and with it the thread ends.
            Thread.currentThread().interrupt();
        }
    }

    private void ask() throws InterruptedException {
        try {
            failures.await(
                    cluster.admin()
                            .describeCluster(new DescribeClusterOptions().timeoutMs((int) PATIENCE.toMillis()))
                            .nodes(),
                    PATIENCE.plus(INTERVAL),
                    "Asking the brokers how they are");
            lost = null;
        } catch (MessagingException e) {
            lost = e;
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
