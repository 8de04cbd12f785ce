package com.portfolio.infra.kafka;

import com.portfolio.infra.ports.messaging.BrokerUnavailableException;
import com.portfolio.infra.ports.messaging.DeadLetter;
import com.portfolio.infra.ports.messaging.DeadLetterPage;
import com.portfolio.infra.ports.messaging.DeadLetterQuery;
import com.portfolio.infra.ports.messaging.DeadLetterQueue;
import com.portfolio.infra.ports.messaging.MessagingFailedException;
import com.portfolio.infra.ports.messaging.RedriveRequest;
import com.portfolio.infra.ports.messaging.RedriveResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * The dead letters of a group in Kafka: the topic {@code <group>.dlq}, where the key of a record is the id of a letter and a
 * record without data drops it, so that a compacted topic keeps every letter until it is dropped. What is redriven goes to
 * the topic {@code <group>.redrive}, which only this group receives.
 *
 * <p>Each call reads the topic from where it begins to its end, so that it takes the longer the more letters there are.
 *
 * @see KafkaMessageBus#deadLetters
 */
public final class KafkaDeadLetterQueue implements DeadLetterQueue {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** So many letters are read and redriven at a time. */
    private static final int PORTION = 100;

    private final KafkaCluster cluster;
    private final Producer<byte[], byte[]> producer;
    private final Topics topics;
    private final KafkaFailures failures;
    private final String group;

    KafkaDeadLetterQueue(KafkaCluster cluster, Producer<byte[], byte[]> producer, Topics topics, String group) {
        this.cluster = cluster;
        this.producer = producer;
        this.topics = topics;
        this.failures = new KafkaFailures(cluster);
        this.group = Objects.requireNonNull(group, "group");
    }

    @Override
    public String group() {
        return group;
    }

    @Override
    public DeadLetterPage list(DeadLetterQuery query) {
        long from = query.cursor().map(KafkaDeadLetterQueue::offset).orElse(0L);
        List<LetterTopic.Placed> found = read(letters -> letters.read(from, query.limit() + 1));
        List<LetterTopic.Placed> page = found.subList(0, Math.min(found.size(), query.limit()));
        Optional<DeadLetterQuery> next = found.size() > query.limit()
                ? Optional.of(
                        query.after(Long.toString(page.get(page.size() - 1).offset() + 1)))
                : Optional.empty();
        List<DeadLetter> letters =
                page.stream().map(placed -> placed.record().letter()).toList();
        return new DeadLetterPage(letters, next);
    }

    private static long offset(String cursor) {
        try {
            return Long.parseUnsignedLong(cursor);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + cursor + "' is no cursor of a page of dead letters.", e);
        }
    }

    @Override
    public RedriveResult redrive(RedriveRequest request) {
        call("Redriving dead letters of group '" + group + "'", doing -> {
            topics.requireRedriven(GroupTopics.redriven(group), doing);
            return group;
        });
        int redriven = 0;
        int capped = 0;
        long from = 0;
        boolean more = true;
        while (more && redriven < request.limit()) {
            long begin = from;
            List<LetterTopic.Placed> portion = read(letters -> letters.read(begin, PORTION));
            more = portion.size() == PORTION;
            List<LetterRecord> chosen = new ArrayList<>();
            for (LetterTopic.Placed placed : portion) {
                from = placed.offset() + 1;
                if (isChosen(placed, request)) {
                    if (placed.record().letter().redriveCount() >= request.maxRounds()) {
                        capped++;
                    } else if (redriven + chosen.size() < request.limit()) {
                        chosen.add(placed.record());
                    }
                }
            }
            redrive(chosen);
            redriven += chosen.size();
        }
        return new RedriveResult(redriven, capped);
    }

    private static boolean isChosen(LetterTopic.Placed placed, RedriveRequest request) {
        return request.letterIds().isEmpty()
                || request.letterIds().contains(placed.record().letter().id());
    }

    /** A letter goes when its message is stored for the group. */
    private void redrive(List<LetterRecord> letters) {
        send(letters.stream()
                .map(letter -> letter.redriving(GroupTopics.redriven(group)))
                .toList());
        send(letters.stream().map(letter -> dropping(letter.letter().id())).toList());
    }

    @Override
    public boolean drop(String letterId) {
        Objects.requireNonNull(letterId, "letterId");
        boolean there = read(letters -> letters.there(0)).containsKey(letterId);
        if (there) {
            send(List.of(dropping(letterId)));
        }
        return there;
    }

    @Override
    public void dropAll() {
        List<String> ids = List.copyOf(read(letters -> letters.there(0)).keySet());
        for (int from = 0; from < ids.size(); from += PORTION) {
            send(ids.subList(from, Math.min(ids.size(), from + PORTION)).stream()
                    .map(this::dropping)
                    .toList());
        }
    }

    private ProducerRecord<byte[], byte[]> dropping(String id) {
        return LetterRecord.dropping(GroupTopics.letters(group), id);
    }

    private void send(List<ProducerRecord<byte[], byte[]>> records) {
        call("Storing what becomes of dead letters of group '" + group + "'", doing -> {
            List<Future<RecordMetadata>> sent =
                    records.stream().map(producer::send).toList();
            for (Future<RecordMetadata> one : sent) {
                await(one, doing);
            }
            return records.size();
        });
    }

    private void await(Future<RecordMetadata> sent, String doing) throws InterruptedException {
        try {
            sent.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw failures.of(e.getCause() == null ? e : e.getCause(), doing);
        } catch (TimeoutException e) {
            throw new BrokerUnavailableException(
                    doing + " failed: the brokers " + cluster.name() + " did not answer in time.", e);
        }
    }

    private <R> R read(Function<LetterTopic, R> reading) {
        return call("Reading dead letters of group '" + group + "'", doing -> {
            String topic = GroupTopics.letters(group);
            topics.requireLetters(topic, doing);
            try (LetterTopic letters = new LetterTopic(cluster, topic, PATIENCE)) {
                return reading.apply(letters);
            }
        });
    }

    /** Something that may be interrupted, and fail as Kafka's clients do. */
    @FunctionalInterface
    private interface Call<R> {
        R run(String doing) throws InterruptedException;
    }

    private <R> R call(String doing, Call<R> call) {
        try {
            return call.run(doing);
        } catch (InterruptedException | InterruptException e) {
            Thread.currentThread().interrupt();
            throw new MessagingFailedException(doing + " was interrupted; some of it may be done.", e);
        } catch (KafkaException e) {
            throw failures.of(e, doing);
        }
    }
}
