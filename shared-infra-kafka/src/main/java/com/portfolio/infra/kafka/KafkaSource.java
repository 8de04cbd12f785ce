package com.portfolio.infra.kafka;

import com.portfolio.infra.utilities.messaging.DeliverySource;
import com.portfolio.infra.utilities.messaging.Intake;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A member of a group at Kafka. It is polled all the time, also while nothing may be handed over, so that it stays in its
 * group however slow its handlers are. Of each partition it commits the place of the first record that is not done.
 */
final class KafkaSource implements DeliverySource<KafkaDelivery>, ConsumerRebalanceListener {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaMessageBus.class);

    /** So long at most does what is done wait to be committed: that much comes again after a crash. */
    private static final long COMMIT_INTERVAL_NANOS = Duration.ofMillis(200).toNanos();

    private static final long LAG_INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();
    private static final Duration COMMIT_PATIENCE = Duration.ofSeconds(5);
    private static final Duration SHORT = Duration.ofMillis(50);

    private final GroupMember member;
    private final KafkaFailures failures;
    private final BrokerWatch watch;
    private final Partitions partitions;
    private @Nullable Consumer<byte[], byte[]> consumer;
    private @Nullable Intake<KafkaDelivery> intake;
    private boolean committing;
    private long nextCommit = System.nanoTime();
    private long nextLag = System.nanoTime();
    private volatile Lag lag = Lag.NONE;
    private volatile boolean abandoned;

    KafkaSource(GroupMember member, KafkaFailures failures, BrokerWatch watch) {
        this.member = member;
        this.failures = failures;
        this.watch = watch;
        this.partitions = new Partitions(member.maxInFlight());
    }

    /** How far behind this member was, about a second ago. For any thread. */
    Lag lag() {
        return lag;
    }

    @Override
    public void poll(int room, Duration maxWait, Intake<KafkaDelivery> to) throws InterruptedException {
        intake = to;
        try {
            Consumer<byte[], byte[]> there = consumer;
            if (there == null) {
                there = member.join(this);
                consumer = there;
            }
            receive(there.poll(room > 0 && partitions.hasNext() ? Duration.ZERO : maxWait));
            partitions.handOver(room, to::accept);
            pauseThoseThatWait(there);
            commit(there);
            measure(there);
            if (there.groupMetadata().generationId() > 0) {
                to.joined();
            }
        } catch (InterruptException e) {
            Thread.interrupted();
            throw interrupted(e);
        } catch (KafkaException e) {
            throw failures.of(e, "Receiving as group '" + member.group() + "'");
        }
        watch.requireBrokers();
    }

    private static InterruptedException interrupted(InterruptException cause) {
        InterruptedException interrupted = new InterruptedException(cause.getMessage());
        interrupted.initCause(cause);
        return interrupted;
    }

    private void receive(ConsumerRecords<byte[], byte[]> records) {
        for (TopicPartition id : records.partitions()) {
            Partition partition = partitions.find(id);
            if (partition != null) {
                for (ConsumerRecord<byte[], byte[]> record : records.records(id)) {
                    partition.receive(original(record), record.offset());
                }
            }
        }
        records.nextOffsets().forEach((id, offset) -> {
            Partition partition = partitions.find(id);
            if (partition != null) {
                partition.receivedUpTo(offset);
            }
        });
    }

    private OriginalRecord original(ConsumerRecord<byte[], byte[]> record) {
        return record.topic().equals(member.topics().redriven())
                ? OriginalRecord.carried(record)
                : OriginalRecord.published(record);
    }

    /** Nothing more is fetched of a partition while something of it is not handed over. */
    private void pauseThoseThatWait(Consumer<byte[], byte[]> there) {
        for (Partition partition : partitions.all()) {
            if (partition.hasWaiting() != partition.isPaused()) {
                partition.pause(partition.hasWaiting());
                if (partition.isPaused()) {
                    there.pause(List.of(partition.id()));
                } else {
                    there.resume(List.of(partition.id()));
                }
            }
        }
    }

    private void commit(Consumer<byte[], byte[]> there) {
        long now = System.nanoTime();
        if (committing || abandoned || now - nextCommit < 0) {
            return;
        }
        nextCommit = now + COMMIT_INTERVAL_NANOS;
        Map<TopicPartition, OffsetAndMetadata> due = partitions.due();
        if (!due.isEmpty()) {
            committing = true;
            there.commitAsync(due, this::committed);
        }
    }

    /** What was not committed is due again. */
    private void committed(Map<TopicPartition, OffsetAndMetadata> offsets, @Nullable Exception failure) {
        committing = false;
        if (failure == null) {
            partitions.committed(offsets);
        } else if (!isPassing(failure)) {
            LOG.warn("Group '{}' could not commit, and tries again.", member.group(), failure);
        }
    }

    private static boolean isPassing(Exception failure) {
        return failure instanceof RetriableException
                || failure instanceof RebalanceInProgressException
                || failure instanceof CommitFailedException;
    }

    private void measure(Consumer<byte[], byte[]> there) {
        long now = System.nanoTime();
        if (now - nextLag >= 0) {
            nextLag = now + LAG_INTERVAL_NANOS;
            lag = Lag.of(partitions.all(), there::currentLag);
        }
    }

    @Override
    public void acknowledge(List<KafkaDelivery> done) {
        done.forEach(delivery -> delivery.slot().finish());
    }

    // What Kafka tells, within poll and close

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
        partitions.assign(assigned);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
        Intake<KafkaDelivery> to = intake;
        Consumer<byte[], byte[]> there = consumer;
        if (revoked.isEmpty() || there == null) {
            return;
        }
        if (to != null) {
            Set<TopicPartition> which = Set.copyOf(revoked);
            acknowledge(to.revoke(
                    delivery -> which.contains(delivery.slot().partition().id()), member.patience()));
        }
        try {
            commitNow(there);
        } catch (KafkaException e) {
            LOG.warn(
                    "Group '{}' could not commit what it did of {} before others got it; it is handled again.",
                    member.group(),
                    revoked,
                    e);
        }
        partitions.remove(revoked);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> lost) {
        Intake<KafkaDelivery> to = intake;
        if (!lost.isEmpty()) {
            LOG.warn(
                    "Group '{}' has lost {} to other members; what it held of them is handled again.",
                    member.group(),
                    lost);
        }
        if (to != null) {
            Set<TopicPartition> which = Set.copyOf(lost);
            to.lose(delivery -> which.contains(delivery.slot().partition().id()));
        }
        partitions.remove(lost);
    }

    private void commitNow(Consumer<byte[], byte[]> there) {
        Map<TopicPartition, OffsetAndMetadata> due = partitions.due();
        if (!due.isEmpty()) {
            there.commitSync(due, COMMIT_PATIENCE);
            partitions.committed(due);
        }
    }

    /** Does nothing: no poll waits for longer than a turn, and one that is woken could lose its next commit. */
    @Override
    public void wakeUp() {}

    /** From now on this member is as one whose process has died: it commits nothing, and does not say that it goes. */
    void abandon() {
        abandoned = true;
    }

    @Override
    public void close() {
        Consumer<byte[], byte[]> there = consumer;
        if (there == null) {
            return;
        }
        intake = null;
        lag = Lag.NONE;
        if (abandoned) {
            partitions.remove(
                    List.copyOf(partitions.all().stream().map(Partition::id).toList()));
            there.close(CloseOptions.groupMembershipOperation(GroupMembershipOperation.REMAIN_IN_GROUP)
                    .withTimeout(Duration.ZERO));
            return;
        }
        try {
            commitAtLast(there);
        } finally {
            there.close(CloseOptions.timeout(COMMIT_PATIENCE));
        }
    }

    /** A commit that meets a rebalance is not made before that is over, which polling brings about. */
    private void commitAtLast(Consumer<byte[], byte[]> there) {
        long end = System.nanoTime() + COMMIT_PATIENCE.toNanos();
        boolean again = true;
        while (again) {
            try {
                commitNow(there);
                again = false;
            } catch (RebalanceInProgressException e) {
                if (System.nanoTime() - end > 0) {
                    throw e;
                }
                there.pause(there.assignment());
                there.poll(SHORT);
            }
        }
    }
}
