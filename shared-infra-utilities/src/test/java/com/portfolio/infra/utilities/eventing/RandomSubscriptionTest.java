package com.portfolio.infra.utilities.eventing;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.ports.eventstore.Checkpoint;
import com.portfolio.infra.ports.eventstore.EventStoreUnavailableException;
import com.portfolio.infra.ports.eventstore.LogFilter;
import com.portfolio.infra.ports.eventstore.Position;
import com.portfolio.infra.ports.eventstore.RecordedEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * Random appends, pages, failures of log and handler, and restarts from whatever checkpoint was kept,
 * against a model: a projection that takes a batch and its checkpoint in one step.
 */
class RandomSubscriptionTest {

    private static final int ROUNDS = 40;
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Backoff QUICK = new Backoff(Duration.ofMillis(1), Duration.ofMillis(2));

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);

    /** What the handler has kept; the subscription's thread writes, and others read after it was joined. */
    private static final class Projection {
        private final List<RecordedEvent> exactlyOnce = new ArrayList<>();
        private final List<RecordedEvent> atLeastOnce = new ArrayList<>();
        private Position last = Position.START;
        private Optional<Checkpoint> checkpoint = Optional.empty();
    }

    /** Appends events and breaks the connection in the middle of what the subscription asks the log. */
    private static final class Meddler {
        private final SmallLog log;
        private final Random random;
        private int appends = 50;
        private boolean stopped;

        private Meddler(SmallLog log, Random random) {
            this.log = log;
            this.random = random;
        }

        synchronized @Nullable RuntimeException meddle() {
            if (stopped) {
                return null;
            }
            if (appends > 0 && random.nextInt(3) == 0) {
                appends--;
                log.append("abc".charAt(random.nextInt(3)) + "-1", appends);
            }
            return random.nextInt(15) == 0 ? new EventStoreUnavailableException("away", null) : null;
        }

        synchronized void stop() {
            stopped = true;
        }
    }

    @Test
    void everyEventComesInOrderAndNoneIsSkipped(TestReporter reporter) throws Exception {
        reporter.publishEntry("seed", Long.toString(seed));
        for (int round = 0; round < ROUNDS; round++) {
            String name = "-Dseed=" + seed + ", round " + round;
            SmallLog log = new SmallLog();
            LogFilter filter = random.nextBoolean() ? LogFilter.all() : LogFilter.ofCategories("a", "c");
            Projection projection = new Projection();
            boolean oneByOne = random.nextBoolean();
            for (int run = 1 + random.nextInt(4); run > 0; run--) {
                run(log, projection, filter, oneByOne, run == 1);
            }
            List<RecordedEvent> expected =
                    log.all().stream().filter(filter::matches).toList();
            assertThat(projection.exactlyOnce).as(name).isEqualTo(expected);
            if (!oneByOne) {
                assertThat(projection.checkpoint.map(Checkpoint::position))
                        .as(name)
                        .contains(log.head());
            }
            assertThat(withoutRepetition(projection.atLeastOnce)).as(name).isEqualTo(expected);
        }
    }

    /** One life of a service: it appends while it subscribes, and is closed somewhere in between. */
    private void run(SmallLog log, Projection projection, LogFilter filter, boolean oneByOne, boolean toTheEnd)
            throws InterruptedException {
        UnreliableLog unreliable = new UnreliableLog(log);
        Meddler meddler = new Meddler(log, new Random(random.nextLong()));
        unreliable.fail(meddler::meddle);
        Random handling = new Random(random.nextLong());
        append(log);
        try (CatchUpSubscriptions subscriptions = new CatchUpSubscriptions(unreliable)) {
            CatchUpSubscription subscription = subscriptions.start(request(projection, handling, oneByOne)
                    .from(CatchUpStart.after(projection.checkpoint))
                    .matching(filter)
                    .pageSize(1 + random.nextInt(30))
                    .awaitTimeout(Duration.ofMillis(1L + random.nextInt(20)))
                    .reconnect(QUICK)
                    .retry(new HandlerRetry(1_000, QUICK)));
            append(log);
            if (toTheEnd) {
                assertThat(subscription.awaitPosition(log.head(), LONG)).isTrue();
                meddler.stop();
                assertThat(subscription.awaitPosition(log.head(), LONG)).isTrue();
            } else if (random.nextBoolean()) {
                // Asked once: the log grows meanwhile.
                List<RecordedEvent> there = log.all();
                subscription.awaitPosition(
                        there.get(random.nextInt(there.size())).position(), LONG);
            }
        }
    }

    private void append(SmallLog log) {
        for (int i = 1 + random.nextInt(80); i > 0; i--) {
            log.append("abc".charAt(random.nextInt(3)) + "-" + random.nextInt(5), i);
        }
    }

    private static CatchUpRequest request(Projection projection, Random random, boolean oneByOne) {
        if (oneByOne) {
            return CatchUpRequest.forEach("random", event -> {
                        maybeFail(random);
                        projection.atLeastOnce.add(event);
                        if (event.position().isAfter(projection.last)) {
                            projection.exactlyOnce.add(event);
                            projection.last = event.position();
                        }
                        maybeFail(random);
                    })
                    .onProgress(checkpoint -> {
                        maybeFail(random);
                        projection.checkpoint = Optional.of(checkpoint);
                    });
        }
        return CatchUpRequest.forBatches("random", batch -> {
            maybeFail(random);
            projection.atLeastOnce.addAll(batch.events());
            maybeFail(random);
            projection.exactlyOnce.addAll(batch.events());
            projection.checkpoint = Optional.of(batch.through());
        });
    }

    private static void maybeFail(Random random) {
        if (random.nextInt(12) == 0) {
            throw new IllegalStateException("by chance");
        }
    }

    /** What is left when each return to an earlier event is taken for a repetition; a gap would stay. */
    private static List<RecordedEvent> withoutRepetition(List<RecordedEvent> events) {
        List<RecordedEvent> once = new ArrayList<>();
        for (RecordedEvent event : events) {
            if (once.isEmpty()
                    || event.position().isAfter(once.get(once.size() - 1).position())) {
                once.add(event);
            }
        }
        return once;
    }
}
