package com.portfolio.infra.utilities.eventing;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.ports.eventstore.EventStoreFailedException;
import com.portfolio.infra.ports.eventstore.EventStoreUnavailableException;
import com.portfolio.infra.ports.health.HealthStatus;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** EL.4: what a subscription does while its log cannot be reached, and when it never will be. */
class LosingTheLogTest extends CatchUpFixture {

    @Test
    void lossOfTheLogIsSurvivedWithoutAGap() throws Exception {
        append(0, 20);
        CatchUpSubscription subscription = subscriptions.start(each().awaitTimeout(Duration.ofMillis(20)));
        live(subscription);
        unreliable.fail(() -> new EventStoreUnavailableException("away", null));
        comesTo(CatchUpState.RECONNECTING, subscription);
        assertThat(subscription.health(0).check().status()).isEqualTo(HealthStatus.DEGRADED);
        append(20, 40);
        unreliable.work();
        done(subscription);
        assertThat(seen).isEqualTo(numbers(0, 40));
        live(subscription);
        assertThat(subscription.health(0).check().status()).isEqualTo(HealthStatus.UP);
    }

    @Test
    void aSubscriptionStartsWithoutTheLogAndBeginsWhenItIsThere() throws Exception {
        append(0, 5);
        unreliable.fail(() -> new EventStoreUnavailableException("not yet", null));
        CatchUpSubscription subscription = subscriptions.start(each());
        comesTo(CatchUpState.RECONNECTING, subscription);
        assertThat(subscription.status().checkpoint()).isEmpty();
        unreliable.work();
        live(subscription);
        assertThat(seen).isEqualTo(numbers(0, 5));
    }

    @Test
    void aLogThatFailsForGoodStopsTheSubscription() {
        unreliable.fail(() -> new EventStoreFailedException("no permission", null));
        CatchUpSubscription subscription = subscriptions.start(each());
        comesTo(CatchUpState.FAILED, subscription);
        assertThat(subscription.status().lastError()).containsInstanceOf(EventStoreFailedException.class);
    }
}
