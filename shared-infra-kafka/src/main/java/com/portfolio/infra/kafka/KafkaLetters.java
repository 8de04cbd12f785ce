package com.portfolio.infra.kafka;

import com.portfolio.infra.ports.messaging.DeadLetter.Failure;
import com.portfolio.infra.utilities.messaging.DeadLetterSink;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** Stores the dead letters of a group. */
final class KafkaLetters implements DeadLetterSink<KafkaDelivery> {

    private static final int SHORT_REASON = 200;

    private final Producer<byte[], byte[]> producer;
    private final String topic;
    private final String group;

    KafkaLetters(Producer<byte[], byte[]> producer, String topic, String group) {
        this.producer = producer;
        this.topic = topic;
        this.group = group;
    }

    /** A letter that does not fit with all that is known of its failure is stored with less. */
    @Override
    public CompletionStage<?> store(KafkaDelivery delivery, int attempts, Failure failure) {
        Instant now = Instant.now();
        return send(record(delivery, attempts, failure, now))
                .exceptionallyCompose(problem -> problem instanceof RecordTooLargeException
                        ? send(record(delivery, attempts, shortened(failure), now))
                        : CompletableFuture.failedFuture(problem));
    }

    private ProducerRecord<byte[], byte[]> record(KafkaDelivery delivery, int attempts, Failure failure, Instant at) {
        return LetterRecord.storing(topic, group, delivery.letterId(), delivery.record(), attempts, failure, at);
    }

    private static Failure shortened(Failure failure) {
        String reason = failure.message();
        return new Failure(
                failure.kind(),
                reason.length() > SHORT_REASON ? reason.substring(0, SHORT_REASON) : reason,
                failure.exception(),
                Optional.empty());
    }

    private CompletableFuture<Void> send(ProducerRecord<byte[], byte[]> record) {
        CompletableFuture<Void> stored = new CompletableFuture<>();
        Future<RecordMetadata> unused = producer.send(record, (position, failure) -> {
            if (failure == null) {
                stored.complete(null);
            } else {
                stored.completeExceptionally(failure);
            }
        });
        return stored;
    }
}
