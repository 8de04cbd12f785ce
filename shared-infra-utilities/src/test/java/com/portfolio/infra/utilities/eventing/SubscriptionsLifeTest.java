package com.portfolio.infra.utilities.eventing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.portfolio.infra.ports.eventstore.EventStoreFailedException;
import com.portfolio.infra.ports.health.HealthResult;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From when on and until when there is a subscription, and whose time it has. */
class SubscriptionsLifeTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration FOR_EVER = ChronoUnit.FOREVER.getDuration();
    private static final Instant NOON = Instant.parse("2020-02-29T12:00:00Z");

    private final SmallLog log = new SmallLog();
    private final UnreliableLog unreliable = new UnreliableLog(log);
    private final CatchUpSubscriptions subscriptions =
            new CatchUpSubscriptions(unreliable, Thread::new, Clock.fixed(NOON, ZoneOffset.UTC));

    @AfterEach
    void close() {
        subscriptions.close();
    }

    private static CatchUpRequest named(String name) {
        return CatchUpRequest.forEach(name, event -> {});
    }

    @Test
    void nothingStartsOnceTheSubscriptionsWereClosed() {
        subscriptions.close();

        assertThatThrownBy(() -> subscriptions.start(named("late")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'late'");
        assertThat(subscriptions.all()).isEmpty();
    }

    @Test
    void aSubscriptionWhoseThreadDoesNotStartIsNotThere() {
        AtomicReference<Thread> running = new AtomicReference<>(Thread.currentThread());
        CatchUpSubscriptions broken = new CatchUpSubscriptions(log, work -> running.get());

        String before = Thread.currentThread().getName();
        try {
            assertThatThrownBy(() -> broken.start(named("each"))).isInstanceOf(IllegalThreadStateException.class);
        } finally {
            Thread.currentThread().setName(before);
        }
        assertThat(broken.all()).isEmpty();
        running.set(new Thread(() -> {}));
        assertThat(broken.start(named("each"))).isNotNull();
    }

    @Test
    void aSubscriptionThatWasClosedIsForgotten() throws Exception {
        for (int i = 0; i < 3; i++) {
            CatchUpSubscription subscription = subscriptions.start(named("session-" + i));
            assertThat(subscription.awaitLive(LONG)).isTrue();
            subscription.close();
        }

        assertThat(subscriptions.all()).isEmpty();
    }

    @Test
    void twoSubscriptionsOfOneNameDoNotRunBesideEachOther() throws Exception {
        CatchUpSubscription first = subscriptions.start(named("each"));
        assertThatThrownBy(() -> subscriptions.start(named("each")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'each'");
        first.close();
        assertThat(subscriptions.start(named("each")).awaitLive(LONG)).isTrue();
        assertThat(subscriptions.all()).hasSize(1);
    }

    @Test
    void aSubscriptionThatFailedIsThereUntilItIsClosed() {
        unreliable.fail(() -> new EventStoreFailedException("no permission", null));
        CatchUpSubscription subscription = subscriptions.start(named("each"));
        await().atMost(LONG).until(() -> subscription.status().state() == CatchUpState.FAILED);

        assertThat(subscriptions.all()).containsExactly(subscription);
        subscription.close();
        assertThat(subscriptions.all()).isEmpty();
    }

    @Test
    void timesAreThoseOfTheGivenClock() throws Exception {
        log.append("a-1", 1);
        List<ParkedEvent> parked = new CopyOnWriteArrayList<>();
        CatchUpSubscription subscription = subscriptions.start(CatchUpRequest.forEach("each", event -> {
                    throw new IllegalStateException("never");
                })
                .retry(HandlerRetry.attempts(1))
                .whenExhausted(WhenExhausted.park(parked::add)));
        assertThat(subscription.awaitLive(LONG)).isTrue();

        assertThat(subscription.status().since()).isEqualTo(NOON);
        assertThat(parked).extracting(ParkedEvent::parkedAt).containsExactly(NOON);
    }

    @Test
    void aHealthCheckTellsHowLongItTookAndWhen() throws Exception {
        CatchUpSubscription subscription = subscriptions.start(named("each"));
        assertThat(subscription.awaitLive(LONG)).isTrue();

        HealthResult result = subscription.health(0).check();

        assertThat(result.duration()).isPositive();
        assertThat(result.checkedAt()).isEqualTo(NOON);
    }

    @Test
    void aTimeoutMayBeForEver() throws Exception {
        CatchUpSubscription subscription = subscriptions.start(named("each").closeTimeout(FOR_EVER));

        assertThat(subscription.awaitLive(FOR_EVER)).isTrue();
        subscription.close();
        assertThat(subscription.status().state()).isEqualTo(CatchUpState.CLOSED);
    }
}
