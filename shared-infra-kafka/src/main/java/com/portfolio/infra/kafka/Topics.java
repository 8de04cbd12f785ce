package com.portfolio.infra.kafka;

import com.portfolio.infra.ports.messaging.BrokerUnavailableException;
import com.portfolio.infra.ports.messaging.DestinationMissingException;
import com.portfolio.infra.ports.messaging.MessagingFailedException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees that topics are there, and makes those that are not, if that was asked for. Thread-safe. */
final class Topics {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaMessageBus.class);

    /** A letter has what is known of its failure beside the message, so that its topic takes more. */
    static final int LETTER_OVERHEAD = 65_536;

    /** What a batch has beside its one record. */
    private static final int BATCH_OVERHEAD = 1_024;

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration GRACE = Duration.ofSeconds(1);
    private static final Duration PATIENCE_OF_MAKING = Duration.ofSeconds(15);

    private final KafkaCluster cluster;
    private final KafkaFailures failures;
    private final Optional<NewTopics> creation;
    private final int maxMessageBytes;

    Topics(KafkaCluster cluster, Optional<NewTopics> creation, int maxMessageBytes) {
        this.cluster = cluster;
        this.failures = new KafkaFailures(cluster);
        this.creation = creation;
        this.maxMessageBytes = maxMessageBytes;
    }

    /**
     * The number of partitions of the topic of an event type.
     *
     * @param doing why it is needed, for messages: {@code publishing message 42}
     * @throws DestinationMissingException if it is not there, and is not to be made
     * @throws MessagingFailedException    if it can't be made, or has another number of partitions than it is to have
     * @throws BrokerUnavailableException  if the brokers can't be reached
     */
    int requireEvents(String topic, String doing) throws InterruptedException {
        return require(topic, Purpose.EVENTS, doing);
    }

    /** The same for the topic of a group's dead letters: one partition, from which nothing goes by itself. */
    void requireLetters(String topic, String doing) throws InterruptedException {
        require(topic, Purpose.LETTERS, doing);
    }

    /** The same for the topic of what is handed to a group again. */
    void requireRedriven(String topic, String doing) throws InterruptedException {
        require(topic, Purpose.REDRIVEN, doing);
    }

    private enum Purpose {
        EVENTS,
        LETTERS,
        REDRIVEN
    }

    private int require(String topic, Purpose purpose, String doing) throws InterruptedException {
        Optional<Integer> there = partitions(topic);
        if (there.isEmpty()) {
            NewTopics asked = creation.orElseThrow(() -> new DestinationMissingException(topic, doing, null));
            make(topic, purpose, asked);
            there = partitions(topic);
        }
        int partitions = there.orElseThrow(() -> new BrokerUnavailableException(
                "Topic '" + topic + "' was made, and the brokers " + cluster.name() + " do not know it yet.", null));
        if (purpose == Purpose.EVENTS) {
            creation.ifPresent(asked -> requireSame(topic, partitions, asked.partitions()));
        }
        return partitions;
    }

    private static void requireSame(String topic, int partitions, int asked) {
        if (partitions != asked) {
            throw new MessagingFailedException(
                    "Topic '" + topic + "' has " + partitions + " partitions, and " + asked
                            + " are asked for. The number"
                            + " is for good, as with another one messages of a key could overtake each other; nothing"
                            + " was changed. Ask for " + partitions + ", or name another topic.",
                    null);
        }
    }

    private Optional<Integer> partitions(String topic) throws InterruptedException {
        KafkaFuture<Map<String, TopicDescription>> description = cluster.admin()
                .describeTopics(List.of(topic), new DescribeTopicsOptions().timeoutMs((int) PATIENCE.toMillis()))
                .allTopicNames();
        try {
            return failures
                    .await(description, PATIENCE.plus(GRACE), "Looking for topic '" + topic + "'")
                    .values()
                    .stream()
                    .map(found -> found.partitions().size())
                    .findFirst();
        } catch (BrokerUnavailableException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private void make(String topic, Purpose purpose, NewTopics asked) throws InterruptedException {
        int partitions = purpose == Purpose.LETTERS ? 1 : asked.partitions();
        NewTopic made = new NewTopic(
                        topic, Optional.of(partitions), asked.replication().map(Integer::shortValue))
                .configs(settings(purpose, asked));
        try {
            failures.await(
                    cluster.admin().createTopics(List.of(made)).all(),
                    PATIENCE_OF_MAKING,
                    "Making topic '" + topic + "'");
            LOG.info("Topic '{}' was made, with {} partitions.", topic, partitions);
        } catch (MessagingFailedException | BrokerUnavailableException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
        awaitKnown(topic);
    }

    /** Not every broker knows of a new topic at once. */
    private void awaitKnown(String topic) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (partitions(topic).isEmpty() && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private Map<String, String> settings(Purpose purpose, NewTopics asked) {
        Map<String, String> settings = new LinkedHashMap<>();
        if (purpose == Purpose.LETTERS) {
            settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
        } else {
            asked.retention()
                    .ifPresent(time -> settings.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(time.toMillis())));
        }
        if (purpose != Purpose.EVENTS) {
            settings.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(maxMessageBytes + LETTER_OVERHEAD));
        } else if (maxMessageBytes > KafkaBusSettings.USUAL_MAX_MESSAGE_BYTES) {
            settings.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(maxMessageBytes + BATCH_OVERHEAD));
        }
        return settings;
    }
}
