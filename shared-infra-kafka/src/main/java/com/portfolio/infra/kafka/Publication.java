package com.portfolio.infra.kafka;

import com.portfolio.infra.ports.messaging.BusClosedException;
import com.portfolio.infra.ports.messaging.DestinationMissingException;
import com.portfolio.infra.ports.messaging.PublishReceipt;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/** A message on its way to the brokers, and what became of it. */
final class Publication extends CompletableFuture<PublishReceipt> implements Callback {

    private final String messageId;
    private final ProducerRecord<byte[], byte[]> record;
    private final KafkaFailures failures;
    private final SizeLimits limits;

    Publication(String messageId, ProducerRecord<byte[], byte[]> record, KafkaFailures failures, SizeLimits limits) {
        this.messageId = messageId;
        this.record = record;
        this.failures = failures;
        this.limits = limits;
    }

    String topic() {
        return record.topic();
    }

    ProducerRecord<byte[], byte[]> record() {
        return record;
    }

    @Override
    public void onCompletion(@Nullable RecordMetadata stored, @Nullable Exception failure) {
        if (failure != null) {
            fail(failure);
        } else if (stored != null) {
            complete(new PublishReceipt(messageId, topic(), Optional.of(position(stored))));
        }
    }

    private static String position(RecordMetadata stored) {
        return stored.partition() + "/" + stored.offset();
    }

    /** It was not acknowledged. */
    void fail(Throwable failure) {
        if (failure instanceof RecordTooLargeException) {
            limits.tooLarge(topic(), messageId, KafkaRecords.size(record), failure)
                    .thenAccept(this::completeExceptionally);
        } else if (failure instanceof DestinationMissingException) {
            completeExceptionally(new DestinationMissingException(topic(), "publishing message " + messageId, failure));
        } else {
            completeExceptionally(failures.ofPublishing(failure, topic(), messageId));
        }
    }

    /** The bus was closed before it could be sent. */
    void refuse() {
        completeExceptionally(new BusClosedException("publishing message " + messageId));
    }
}
