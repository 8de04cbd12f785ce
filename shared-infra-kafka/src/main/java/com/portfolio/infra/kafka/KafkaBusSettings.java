package com.portfolio.infra.kafka;

import com.portfolio.infra.utilities.configuration.KafkaConfig.GroupProtocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How a {@link KafkaMessageBus} works.
 *
 * @param naming             which topic the messages of a type are in; defaults to {@link TopicNaming#usual()}
 * @param creation           how missing topics are made; without it, none is
 * @param publishTimeout     within what time a message is acknowledged or has failed, from a millisecond on; defaults to
 *                           30 seconds
 * @param closeTimeout       how long closing the bus waits for what is being published and handled, 0 or more; defaults to
 *                           20 seconds
 * @param maxMessageBytes    the largest message that is sent, from 1 on; defaults to 1 MiB less 12 bytes, as brokers do
 * @param groupProtocol      how members of a group share the work; defaults to what the brokers can do
 * @param producerProperties further properties of Kafka's producer, which go before the bus's own
 * @param consumerProperties further properties of Kafka's consumers, which go before the bus's own
 */
public record KafkaBusSettings(
        TopicNaming naming,
        Optional<NewTopics> creation,
        Duration publishTimeout,
        Duration closeTimeout,
        int maxMessageBytes,
        GroupProtocol groupProtocol,
        Map<String, Object> producerProperties,
        Map<String, Object> consumerProperties) {

    /** What brokers take unless they are told otherwise ({@code message.max.bytes}), less the overhead of a batch. */
    public static final int USUAL_MAX_MESSAGE_BYTES = 1_048_576;

    private static final KafkaBusSettings DEFAULTS = new KafkaBusSettings(
            TopicNaming.usual(),
            Optional.empty(),
            Duration.ofSeconds(30),
            Duration.ofSeconds(20),
            USUAL_MAX_MESSAGE_BYTES,
            GroupProtocol.AUTO,
            Map.of(),
            Map.of());

    public KafkaBusSettings {
        Objects.requireNonNull(naming, "naming");
        Objects.requireNonNull(creation, "creation");
        Objects.requireNonNull(groupProtocol, "groupProtocol");
        producerProperties = Map.copyOf(producerProperties);
        consumerProperties = Map.copyOf(consumerProperties);
        List<String> problems = new ArrayList<>();
        if (publishTimeout.toMillis() < 1 || publishTimeout.toMillis() > Integer.MAX_VALUE) {
            problems.add("publishTimeout must be from a millisecond to 24 days, but is " + publishTimeout);
        }
        if (closeTimeout.isNegative()) {
            problems.add("closeTimeout must not be negative, but is " + closeTimeout);
        }
        if (maxMessageBytes < 1) {
            problems.add("maxMessageBytes must be at least 1, not " + maxMessageBytes);
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("Settings of the Kafka bus: " + String.join("; ", problems) + ".");
        }
    }

    /** All defaults: no topic is created. */
    public static KafkaBusSettings defaults() {
        return DEFAULTS;
    }

    /** The same with other names of topics. */
    public KafkaBusSettings naming(TopicNaming names) {
        return new KafkaBusSettings(
                names,
                creation,
                publishTimeout,
                closeTimeout,
                maxMessageBytes,
                groupProtocol,
                producerProperties,
                consumerProperties);
    }

    /** The same, and missing topics are made: those of types, of dead letters, and of what is redriven. */
    public KafkaBusSettings creating(NewTopics topics) {
        return new KafkaBusSettings(
                naming,
                Optional.of(topics),
                publishTimeout,
                closeTimeout,
                maxMessageBytes,
                groupProtocol,
                producerProperties,
                consumerProperties);
    }

    /** The same with another time limit for publishing. */
    public KafkaBusSettings publishTimeout(Duration timeout) {
        return new KafkaBusSettings(
                naming,
                creation,
                timeout,
                closeTimeout,
                maxMessageBytes,
                groupProtocol,
                producerProperties,
                consumerProperties);
    }

    /** The same with another time limit for closing. */
    public KafkaBusSettings closeTimeout(Duration timeout) {
        return new KafkaBusSettings(
                naming,
                creation,
                publishTimeout,
                timeout,
                maxMessageBytes,
                groupProtocol,
                producerProperties,
                consumerProperties);
    }

    /** The same with another limit of size, which the topics must have been made for. */
    public KafkaBusSettings maxMessageBytes(int bytes) {
        return new KafkaBusSettings(
                naming,
                creation,
                publishTimeout,
                closeTimeout,
                bytes,
                groupProtocol,
                producerProperties,
                consumerProperties);
    }

    /** The same with another way to share the work of a group. */
    public KafkaBusSettings groupProtocol(GroupProtocol protocol) {
        return new KafkaBusSettings(
                naming,
                creation,
                publishTimeout,
                closeTimeout,
                maxMessageBytes,
                protocol,
                producerProperties,
                consumerProperties);
    }

    /** The same with further properties of the producer. */
    public KafkaBusSettings producerProperties(Map<String, Object> properties) {
        return new KafkaBusSettings(
                naming,
                creation,
                publishTimeout,
                closeTimeout,
                maxMessageBytes,
                groupProtocol,
                properties,
                consumerProperties);
    }

    /** The same with further properties of the consumers. */
    public KafkaBusSettings consumerProperties(Map<String, Object> properties) {
        return new KafkaBusSettings(
                naming,
                creation,
                publishTimeout,
                closeTimeout,
                maxMessageBytes,
                groupProtocol,
                producerProperties,
                properties);
    }
}
