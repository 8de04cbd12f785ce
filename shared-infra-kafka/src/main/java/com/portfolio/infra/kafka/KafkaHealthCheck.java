package com.portfolio.infra.kafka;

import com.portfolio.infra.ports.health.HealthCheck;
import com.portfolio.infra.ports.health.HealthResult;
import com.portfolio.infra.ports.messaging.MessagingException;
import com.portfolio.infra.ports.messaging.SubscriptionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeClusterResult;

/**
 * Whether the brokers answer, and how the subscriptions of a bus are doing: down if no broker answers in time, degraded if a
 * subscription is disrupted or has stopped. The details have each group's state, how many partitions it has here, and how many
 * messages these are behind.
 *
 * <p>Blocks for two seconds at most.
 */
public final class KafkaHealthCheck implements HealthCheck {

    private static final Duration PATIENCE = Duration.ofMillis(1_500);
    private static final Duration GRACE = Duration.ofMillis(250);

    private final KafkaCluster cluster;
    private final KafkaFailures failures;
    private final Optional<KafkaMessageBus> bus;

    private KafkaHealthCheck(KafkaCluster cluster, Optional<KafkaMessageBus> bus) {
        this.cluster = Objects.requireNonNull(cluster, "cluster");
        this.failures = new KafkaFailures(cluster);
        this.bus = bus;
    }

    /** Asks the brokers alone. */
    public static KafkaHealthCheck of(KafkaCluster cluster) {
        return new KafkaHealthCheck(cluster, Optional.empty());
    }

    /** Asks the brokers, and looks at the subscriptions of a bus. */
    public static KafkaHealthCheck of(KafkaCluster cluster, KafkaMessageBus bus) {
        return new KafkaHealthCheck(cluster, Optional.of(bus));
    }

    @Override
    public HealthResult check() throws InterruptedException {
        long begun = System.nanoTime();
        List<KafkaMessageBus.Group> groups = bus.map(KafkaMessageBus::groups).orElse(List.of());
        HealthResult result = ask(groups);
        if (!groups.isEmpty()) {
            result = result.with(
                    "subscriptions",
                    groups.stream().map(KafkaHealthCheck::detail).toList());
        }
        return result.took(Duration.ofNanos(System.nanoTime() - begun), Instant.now());
    }

    private HealthResult ask(List<KafkaMessageBus.Group> groups) throws InterruptedException {
        DescribeClusterResult description =
                cluster.admin().describeCluster(new DescribeClusterOptions().timeoutMs((int) PATIENCE.toMillis()));
        try {
            int brokers = failures.await(description.nodes(), PATIENCE.plus(GRACE), "Asking the brokers how they are")
                    .size();
            String id = failures.await(description.clusterId(), GRACE, "Asking the brokers who they are");
            return judge(groups).with("brokers", brokers).with("cluster", id);
        } catch (MessagingException e) {
            return HealthResult.down(String.valueOf(e.getMessage()));
        }
    }

    private static HealthResult judge(List<KafkaMessageBus.Group> groups) {
        List<String> problems = new ArrayList<>();
        for (KafkaMessageBus.Group group : groups) {
            SubscriptionStatus status = group.status();
            status.reason()
                    .ifPresent(reason ->
                            problems.add("Group '" + group.name() + "' is " + status.state() + ": " + reason));
        }
        return problems.isEmpty() ? HealthResult.up() : HealthResult.degraded(String.join(" ", problems));
    }

    private static Map<String, Object> detail(KafkaMessageBus.Group group) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("group", group.name());
        detail.put("state", group.status().state().name());
        detail.put("inFlight", group.status().inFlight());
        detail.put("partitions", group.lag().partitions());
        detail.put("lag", group.lag().total());
        return detail;
    }
}
