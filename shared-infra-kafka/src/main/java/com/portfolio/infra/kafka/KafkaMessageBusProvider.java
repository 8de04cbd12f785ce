package com.portfolio.infra.kafka;

import com.portfolio.infra.utilities.bootstrap.AdapterContext;
import com.portfolio.infra.utilities.bootstrap.BootstrapException;
import com.portfolio.infra.utilities.bootstrap.Dependency;
import com.portfolio.infra.utilities.bootstrap.MessageBusAdapter;
import com.portfolio.infra.utilities.bootstrap.MessageBusProvider;
import com.portfolio.infra.utilities.configuration.KafkaConfig;
import com.portfolio.infra.utilities.configuration.MessageBusConfig;
import java.util.Optional;
import java.util.Set;

/** What {@code MESSAGE_BUS_PROVIDER=kafka} names. */
public final class KafkaMessageBusProvider implements MessageBusProvider {

    private static final String PASSWORD = "KAFKA_PASSWORD";

    /** For {@link java.util.ServiceLoader}. */
    public KafkaMessageBusProvider() {}

    @Override
    public Set<String> names() {
        return Set.of("kafka");
    }

    @Override
    public MessageBusAdapter open(AdapterContext context) {
        MessageBusConfig config = context.config().messageBus();
        KafkaConfig brokers = config.kafka()
                .orElseThrow(() -> new BootstrapException("KAFKA_BROKERS is required, and not set.", null));
        KafkaCluster cluster = context.shared(KafkaCluster.class, () -> open(context, brokers));
        KafkaMessageBus bus = context.closing(
                new KafkaMessageBus(cluster, context.serviceName(), context.codec(), settings(config, brokers)));
        return new MessageBusAdapter(
                bus,
                Optional.of(bus::deadLetters),
                new Dependency(
                        "broker", "kafka", KafkaHealthCheck.of(cluster, bus), Optional.of(config.publishTimeout())),
                true);
    }

    private static KafkaCluster open(AdapterContext context, KafkaConfig brokers) {
        KafkaCluster.Builder builder = KafkaCluster.builder(brokers);
        // A secret that may change, as it is in a file.
        if (context.config().secrets().files().containsKey(PASSWORD)) {
            builder.password(context.closing(context.secrets().current(PASSWORD)));
        }
        return builder.open();
    }

    private static KafkaBusSettings settings(MessageBusConfig config, KafkaConfig brokers) {
        KafkaConfig.Topics topics = brokers.topics();
        KafkaBusSettings settings = KafkaBusSettings.defaults()
                .naming(TopicNaming.prefixed(topics.prefix()))
                .publishTimeout(config.publishTimeout())
                .closeTimeout(config.closeTimeout())
                .groupProtocol(brokers.groupProtocol());
        return topics.create()
                ? settings.creating(new NewTopics(topics.partitions(), topics.replication(), topics.retention()))
                : settings;
    }
}
