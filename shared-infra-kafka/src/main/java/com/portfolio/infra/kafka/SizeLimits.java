package com.portfolio.infra.kafka;

import com.portfolio.infra.ports.messaging.MessageTooLargeException;
import com.portfolio.infra.ports.messaging.MessagingException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/** Says how large a message may have been that the brokers found too large. */
final class SizeLimits {

    private final KafkaCluster cluster;
    private final KafkaFailures failures;

    SizeLimits(KafkaCluster cluster) {
        this.cluster = cluster;
        this.failures = new KafkaFailures(cluster);
    }

    /** What to tell; asks the brokers for their limit, which can fail. */
    CompletionStage<MessagingException> tooLarge(String topic, String messageId, long size, Throwable refusal) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return cluster.admin()
                .describeConfigs(List.of(resource))
                .all()
                .toCompletionStage()
                .handle((configs, failure) -> limit(configs)
                        .<MessagingException>map(
                                bytes -> new MessageTooLargeException(topic, messageId, size, bytes, refusal))
                        .orElseGet(() -> failures.ofPublishing(refusal, topic, messageId)));
    }

    private static Optional<Long> limit(@Nullable Map<ConfigResource, Config> configs) {
        return Optional.ofNullable(configs).stream()
                .flatMap(known -> known.values().stream())
                .findFirst()
                .map(known -> known.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG))
                .map(entry -> Long.valueOf(entry.value()));
    }
}
