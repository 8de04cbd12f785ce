package com.portfolio.infra.utilities.eventing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.portfolio.infra.ports.eventstore.Checkpoint;
import com.portfolio.infra.ports.eventstore.RecordedEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;

/** A log that may fail, whoever follows it, and what they saw of it. */
abstract class CatchUpFixture {

    static final Duration LONG = Duration.ofSeconds(20);
    static final Backoff QUICK = new Backoff(Duration.ofMillis(1), Duration.ofMillis(5));

    final SmallLog log = new SmallLog();
    final UnreliableLog unreliable = new UnreliableLog(log);
    final CatchUpSubscriptions subscriptions = new CatchUpSubscriptions(unreliable);
    final List<Integer> seen = new CopyOnWriteArrayList<>();
    final List<Checkpoint> reported = new CopyOnWriteArrayList<>();

    @AfterEach
    void noThreadStaysBehind() {
        subscriptions.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("subscription-"));
    }

    CatchUpRequest each() {
        return quick(CatchUpRequest.forEach("each", event -> seen.add(number(event))));
    }

    CatchUpRequest quick(CatchUpRequest request) {
        return request.reconnect(QUICK)
                .retry(new HandlerRetry(3, QUICK))
                .closeTimeout(LONG)
                .onProgress(reported::add);
    }

    static int number(RecordedEvent event) {
        return event.payload(SmallLog.Happened.class).number();
    }

    void append(int from, int to) {
        IntStream.range(from, to).forEach(n -> log.append("stream-" + n % 7, n));
    }

    static List<Integer> numbers(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    static void live(CatchUpSubscription subscription) throws InterruptedException {
        assertThat(subscription.awaitLive(LONG)).isTrue();
    }

    void done(CatchUpSubscription subscription) throws InterruptedException {
        assertThat(subscription.awaitPosition(log.head(), LONG)).isTrue();
    }

    static void comesTo(CatchUpState state, CatchUpSubscription subscription) {
        await().atMost(LONG)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> subscription.status().state() == state);
    }
}
