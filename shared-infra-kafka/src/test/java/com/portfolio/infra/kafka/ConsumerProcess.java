package com.portfolio.infra.kafka;

import com.portfolio.infra.kafka.Orders.OrderPlaced;
import com.portfolio.infra.ports.messaging.HandlerResult;
import com.portfolio.infra.ports.messaging.RedeliveryPolicy;
import com.portfolio.infra.ports.messaging.SubscriptionRequest;
import com.portfolio.infra.utilities.configuration.KafkaConfig.GroupProtocol;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A member of a group in a process of its own, which writes a line for each message that it handled to a file that all
 * members share: as each line is appended in one piece, their order is that of the handling.
 */
final class ConsumerProcess {

    private ConsumerProcess() {}

    /**
     * Runs until its standard input ends.
     *
     * @param arguments brokers, prefix, group, file and group protocol
     */
    public static void main(String[] arguments) throws Exception {
        KafkaBusSettings settings = KafkaBusSettings.defaults()
                .naming(TopicNaming.prefixed(arguments[1]))
                .creating(NewTopics.withPartitions(6))
                .groupProtocol(GroupProtocol.valueOf(arguments[4]))
                .consumerProperties(
                        arguments[4].equals("CLASSIC")
                                ? Map.of("session.timeout.ms", "4000", "heartbeat.interval.ms", "500")
                                : Map.of());
        try (FileChannel file =
                        FileChannel.open(Path.of(arguments[3]), StandardOpenOption.WRITE, StandardOpenOption.APPEND);
                KafkaCluster cluster = KafkaCluster.at(arguments[0]);
                KafkaMessageBus bus = new KafkaMessageBus(cluster, "chaos", Orders.codec(), settings)) {
            SubscriptionRequest<OrderPlaced> request = SubscriptionRequest.builder(OrderPlaced.class)
                    .group(arguments[2])
                    .concurrency(8)
                    .redelivery(RedeliveryPolicy.defaults()
                            .delays(Duration.ofMillis(20), Duration.ofMillis(100))
                            .maxAttempts(5))
                    .build();
            bus.subscribe(request, (message, context) -> {
                if (message.data().number() % 100 == 7 && context.attempt() < 3) {
                    throw new IllegalStateException("it fails twice");
                }
                write(file, message.data());
                return HandlerResult.ack();
            });
            while (System.in.read() >= 0) {
                // Nothing is said to it; its input ends when it is to go.
            }
        }
    }

    private static void write(FileChannel file, OrderPlaced order) throws IOException {
        byte[] line = (order.order() + " " + order.number() + "\n").getBytes(StandardCharsets.UTF_8);
        file.write(ByteBuffer.wrap(line));
    }

    static Process start(String brokers, String prefix, String group, Path file, GroupProtocol protocol)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path")));
        Optional.ofNullable(System.getProperty("tests.child.log")).ifPresent(command::add);
        command.addAll(
                List.of(ConsumerProcess.class.getName(), brokers, prefix, group, file.toString(), protocol.name()));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
