package com.portfolio.infra.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.kafka.Orders.OrderPlaced;
import com.portfolio.infra.ports.messaging.DeadLetter;
import com.portfolio.infra.ports.messaging.DeadLetterQuery;
import com.portfolio.infra.testing.Eventually;
import com.portfolio.infra.testing.server.KafkaServer;
import com.portfolio.infra.utilities.configuration.KafkaConfig.GroupProtocol;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Three members of a group, each a process, that are killed, frozen for longer than the brokers wait for them, and started
 * again, while the broker is restarted too. One message of a hundred fails twice, one of a thousand can't be decoded.
 */
class KafkaChaosTest {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaChaosTest.class);

    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("chaos.seconds", 60));
    private static final int WRITERS = 4;
    private static final int KEYS_OF_A_WRITER = 10;
    private static final int POISON = 1_000;

    private final String prefix = "chaos";
    private final String group = "chaos.members";
    private final Random random = new Random(Long.getLong("chaos.seed", 7));
    private final List<Process> members = new ArrayList<>();
    private final Map<String, byte[]> poison = new ConcurrentHashMap<>();
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicBoolean stop = new AtomicBoolean();

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(value = GroupProtocol.class, names = "CONSUMER")
    void nothingIsLostAndOrderIsKept(GroupProtocol protocol) throws Exception {
        Path file = Files.createFile(directory.resolve("handled"));
        try (KafkaServer server = KafkaFixture.startServer();
                KafkaCluster cluster = KafkaCluster.at(server.bootstrapServers());
                KafkaMessageBus bus = new KafkaMessageBus(
                        cluster,
                        "writers",
                        Orders.codec(),
                        KafkaBusSettings.defaults()
                                .naming(TopicNaming.prefixed(prefix))
                                .publishTimeout(Duration.ofSeconds(5))
                                .creating(NewTopics.withPartitions(6)))) {
            for (int i = 0; i < 3; i++) {
                members.add(ConsumerProcess.start(server.bootstrapServers(), prefix, group, file, protocol));
            }
            List<CompletableFuture<Void>> writers = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                int first = writer;
                writers.add(CompletableFuture.runAsync(() -> write(bus, server.bootstrapServers(), first)));
            }
            int harms = harm(server, file, protocol);
            stop.set(true);
            for (CompletableFuture<Void> writer : writers) {
                writer.get(60, TimeUnit.SECONDS);
            }

            List<String> handled = Eventually.within(Duration.ofMinutes(2))
                    .get("what was handled", () -> Files.readAllLines(file), lines -> distinct(lines) == sent.get());
            assertOrder(handled);
            assertLetters(bus);
            LOG.info(
                    "{} messages, {} handled twice ({} %), {} poisonous; {} times something was killed, frozen or restarted.",
                    sent,
                    handled.size() - sent.get(),
                    100.0 * (handled.size() - sent.get()) / sent.get(),
                    poison.size(),
                    harms);
        } finally {
            stop.set(true);
            members.forEach(Process::destroyForcibly);
        }
    }

    private static int distinct(List<String> lines) {
        return new HashSet<>(lines).size();
    }

    /** Each number goes to a key of the writer's, and the next only when that is stored. */
    private void write(KafkaMessageBus bus, String brokers, int writer) {
        try (KafkaProducer<byte[], byte[]> stranger = new KafkaProducer<>(
                Map.of("bootstrap.servers", brokers), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int number = writer; !stop.get(); number += WRITERS) {
                String key = "k" + writer + "-" + (number / WRITERS) % KEYS_OF_A_WRITER;
                boolean stored = false;
                while (!stored) {
                    stored = bus.publish(new OrderPlaced(key, number))
                            .toCompletableFuture()
                            .handle((receipt, failure) -> failure == null)
                            .join();
                }
                sent.incrementAndGet();
                if (number % POISON == 0) {
                    poison(stranger, key, number);
                }
                LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
            }
        }
    }

    private void poison(KafkaProducer<byte[], byte[]> stranger, String key, int number) {
        byte[] data = new byte[20];
        new Random(number).nextBytes(data);
        String id = "poison-" + number;
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(prefix + ".orders.OrderPlaced", KafkaRecords.bytes(key), data);
        record.headers().add("ce_id", KafkaRecords.bytes(id));
        record.headers().add("ce_type", KafkaRecords.bytes("orders.OrderPlaced"));
        boolean stored = false;
        while (!stored) {
            try {
                stranger.send(record).get();
                stored = true;
            } catch (Exception e) {
                LOG.debug("Poison is sent again.", e);
            }
        }
        poison.put(id, data);
    }

    /** Kills, freezes and restarts until the time is over; then all members run. Gives how often. */
    private int harm(KafkaServer server, Path file, GroupProtocol protocol) throws Exception {
        long end = System.nanoTime() + TIME.toNanos();
        long middle = System.nanoTime() + TIME.toNanos() / 2;
        boolean restarted = false;
        int harms = 0;
        while (System.nanoTime() < end) {
            pause(1 + random.nextInt(3));
            int index = random.nextInt(members.size());
            if (!restarted && System.nanoTime() > middle) {
                server.stop();
                server.start();
                restarted = true;
            } else if (random.nextBoolean()) {
                members.get(index).destroyForcibly().waitFor();
                members.set(index, ConsumerProcess.start(server.bootstrapServers(), prefix, group, file, protocol));
            } else {
                signal(members.get(index), "STOP");
                pause(6 + random.nextInt(3));
                signal(members.get(index), "CONT");
            }
            harms++;
        }
        return harms;
    }

    private static void pause(int seconds) throws InterruptedException {
        TimeUnit.SECONDS.sleep(seconds);
    }

    private static void signal(Process process, String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-s", name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    /** Each key's numbers, each where it was handled first. */
    private static void assertOrder(List<String> handled) {
        Map<String, List<Integer>> byKey = new HashMap<>();
        Set<String> seen = new HashSet<>();
        for (String line : handled) {
            if (seen.add(line)) {
                String[] parts = line.split(" ", 2);
                byKey.computeIfAbsent(parts[0], key -> new ArrayList<>()).add(Integer.valueOf(parts[1]));
            }
        }
        assertThat(byKey).hasSize(WRITERS * KEYS_OF_A_WRITER);
        byKey.forEach((key, numbers) -> assertThat(numbers).as(key).isSorted());
    }

    private void assertLetters(KafkaMessageBus bus) {
        Map<String, byte[]> letters = new HashMap<>();
        Eventually.within(Duration.ofMinutes(1)).pass(() -> {
            Optional<DeadLetterQuery> query = Optional.of(DeadLetterQuery.first(100));
            while (query.isPresent()) {
                var page = bus.deadLetters(group).list(query.get());
                for (DeadLetter letter : page.letters()) {
                    letters.put(letter.messageId().orElseThrow(), bytes(letter.data()));
                }
                query = page.next();
            }
            assertThat(letters.keySet()).isEqualTo(poison.keySet());
        });
        letters.forEach((id, data) -> assertThat(data).as(id).isEqualTo(poison.get(id)));
    }

    private static byte[] bytes(ByteBuffer data) {
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        return bytes;
    }
}
