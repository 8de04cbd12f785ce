package com.portfolio.infra.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.kafka.Orders.OrderPlaced;
import com.portfolio.infra.ports.messaging.Message;
import com.portfolio.infra.ports.messaging.Subscription;
import com.portfolio.infra.testing.server.KafkaServer;
import com.portfolio.infra.utilities.configuration.KafkaConfig.GroupProtocol;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KafkaMessageBusTest {

    private final KafkaCluster cluster = KafkaCluster.at(KafkaServer.sharedBootstrapServers());
    private final String space = "t" + UUID.randomUUID();
    private final KafkaBusSettings settings =
            KafkaBusSettings.defaults().naming(TopicNaming.prefixed(space)).creating(NewTopics.withPartitions(3));

    @AfterEach
    void close() {
        cluster.close();
    }

    @ParameterizedTest
    @EnumSource(GroupProtocol.class)
    void whatIsPublishedIsHandledInTheOrderOfItsKey(GroupProtocol protocol) throws Exception {
        Queue<Integer> handled = new ConcurrentLinkedQueue<>();
        try (KafkaMessageBus bus =
                new KafkaMessageBus(cluster, space, Orders.codec(), settings.groupProtocol(protocol))) {
            Subscription subscription = bus.subscribe(OrderPlaced.class, order -> handled.add(order.number()));
            for (int i = 0; i < 1_000; i++) {
                bus.publish(Message.of(new OrderPlaced("o-1", i)));
            }
            subscription.ready().toCompletableFuture().get(30, TimeUnit.SECONDS);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (handled.size() < 1_000 && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
        }
        assertThat(List.copyOf(handled)).hasSize(1_000).isSorted();
    }
}
