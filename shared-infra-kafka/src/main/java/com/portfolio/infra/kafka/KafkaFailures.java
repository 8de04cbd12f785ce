package com.portfolio.infra.kafka;

import com.portfolio.infra.ports.messaging.BrokerUnavailableException;
import com.portfolio.infra.ports.messaging.MessagingException;
import com.portfolio.infra.ports.messaging.MessagingFailedException;
import com.portfolio.infra.ports.messaging.PublishFailedException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.RetriableException;

/** Tells failures of Kafka's clients in the words of the ports. */
final class KafkaFailures {

    private final KafkaCluster cluster;

    KafkaFailures(KafkaCluster cluster) {
        this.cluster = cluster;
    }

    /**
     * What became of a call.
     *
     * @param doing what is done, as the begin of a sentence: {@code Creating topic 'a'}
     */
    <T> T await(KafkaFuture<T> call, Duration patience, String doing) throws InterruptedException {
        try {
            return call.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw of(e.getCause() == null ? e : e.getCause(), doing);
        } catch (TimeoutException e) {
            throw new BrokerUnavailableException(
                    doing + " failed: the brokers " + cluster.name() + " did not answer within " + patience.toMillis()
                            + " ms.",
                    e);
        }
    }

    /** Why something failed that is not publishing. */
    MessagingException of(Throwable failure, String doing) {
        if (failure instanceof AuthenticationException) {
            cluster.loginRefused();
            return new BrokerUnavailableException(
                    doing + " failed: the brokers " + cluster.name() + " let this service not in: "
                            + rootMessage(failure) + ".",
                    failure);
        }
        if (failure instanceof RetriableException) {
            return new BrokerUnavailableException(
                    doing + " failed: the brokers " + cluster.name() + " can't be reached or are too busy: "
                            + rootMessage(failure) + ".",
                    failure);
        }
        return new MessagingFailedException(
                doing + " was refused by the brokers " + cluster.name() + ": " + rootMessage(failure) + ".", failure);
    }

    /** Why a message was not acknowledged. */
    PublishFailedException ofPublishing(Throwable failure, String topic, String messageId) {
        if (failure instanceof AuthenticationException) {
            cluster.loginRefused();
            return PublishFailedException.unacknowledged(
                    topic,
                    messageId,
                    "the brokers " + cluster.name() + " let this service not in (" + rootMessage(failure) + ")",
                    failure);
        }
        if (failure instanceof MessagingException known) {
            return known.isRetryable()
                    ? PublishFailedException.unacknowledged(topic, messageId, withoutStop(known), known)
                    : PublishFailedException.refused(topic, messageId, withoutStop(known), known);
        }
        return failure instanceof RetriableException
                ? PublishFailedException.unacknowledged(
                        topic, messageId, rootMessage(failure) + " (brokers " + cluster.name() + ")", failure)
                : PublishFailedException.refused(topic, messageId, rootMessage(failure), failure);
    }

    /** What the first of all causes says, without a full stop. */
    static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return withoutStop(root);
    }

    private static String withoutStop(Throwable failure) {
        String message = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }
}
