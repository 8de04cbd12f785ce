package com.portfolio.infra.utilities.configuration;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What carries messages between services.
 *
 * @param provider       what carries them
 * @param publishTimeout how long publishing waits for the broker
 * @param closeTimeout   how long closing waits for messages that are being published or handled
 * @param kafka          the brokers, with {@link Provider#KAFKA}
 * @param redis          the server, with {@link Provider#REDIS}
 * @param cloudflare     the account and queue, with {@link Provider#CLOUDFLARE}
 */
public record MessageBusConfig(
        Provider provider,
        Duration publishTimeout,
        Duration closeTimeout,
        Optional<KafkaConfig> kafka,
        Optional<RedisConfig> redis,
        Optional<CloudflareConfig> cloudflare) {

    /** What carries messages. */
    public enum Provider {
        /** Kafka. */
        KAFKA,
        /** Streams of Redis. */
        REDIS,
        /** Cloudflare's Queues. */
        CLOUDFLARE,
        /** This process, for tests and for trying things out. */
        MEMORY,
        /** Nothing: the service sends and hears no messages. */
        NONE
    }

    public MessageBusConfig {
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(publishTimeout, "publishTimeout");
        Objects.requireNonNull(closeTimeout, "closeTimeout");
        Objects.requireNonNull(kafka, "kafka");
        Objects.requireNonNull(redis, "redis");
        Objects.requireNonNull(cloudflare, "cloudflare");
    }
}
