package com.portfolio.infra.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.ports.messaging.HandlerResult;
import com.portfolio.infra.ports.messaging.MessageBus;
import com.portfolio.infra.ports.messaging.PausePolicy;
import com.portfolio.infra.ports.messaging.Subscription;
import com.portfolio.infra.ports.messaging.SubscriptionStatus.State;
import com.portfolio.infra.testing.contract.KitMessage.Placed;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** MB.9: what a slow handler, and a pause, hold up. */
public abstract class BackpressureContract extends MessageBusKit {

    @Test
    void mb9_aSlowHandlerBoundsWhatIsHeld() {
        int most = 20;
        Semaphore turns = new Semaphore(0);
        int held = 0;
        Heard heard = heard((message, context) -> {
            turns.acquire();
            return HandlerResult.ack();
        });
        MessageBus bus = open("shop");
        for (int key = 0; key < 50; key++) {
            publish(bus, "o-" + key, key * 40, key * 40 + 39);
        }
        Subscription subscription = subscribe(bus, request().concurrency(2).maxInFlight(most), heard);

        for (int i = 0; i < 200; i++) {
            turns.release();
            held = Math.max(held, subscription.status().inFlight());
        }
        heard.awaitDistinct(200);
        held = Math.max(held, subscription.status().inFlight());
        turns.release(2_000);

        heard.awaitDistinct(2_000);
        assertThat(held).isBetween(1, most);
    }

    @Test
    void mb9_aPausedSubscriptionBeginsNothingUntilItGoesOn() {
        Heard heard = heard();
        MessageBus bus = open("shop");
        Subscription subscription = subscribe(bus, request(), heard);
        Heard other = heard();
        subscribe(bus, request(group() + "-other"), other);
        publish(bus, "o-1", 1, 5);
        heard.awaitDistinct(5);

        subscription.pause();
        publish(bus, "o-1", 6, 10);
        other.awaitDistinct(10);

        assertThat(subscription.status().state()).isEqualTo(State.PAUSED);
        assertThat(heard.distinct()).hasSize(5);
        subscription.resume();
        heard.awaitDistinct(10);
        assertThat(subscription.status().state()).isEqualTo(State.RUNNING);
        assertThat(heard.numbers()).isSorted();
    }

    @Test
    void mb9_aSubscriptionWhoseHandlerAlwaysFailsPausesAndUsesUpNoAttempts() {
        AtomicBoolean ill = new AtomicBoolean(true);
        Heard heard = heard((message, context) -> {
            if (ill.get()) {
                throw new IllegalStateException("the database is down");
            }
            return HandlerResult.ack();
        });
        MessageBus bus = open("shop");
        Subscription subscription = subscribe(
                bus,
                request()
                        .concurrency(1)
                        .redelivery(AT_ONCE.maxAttempts(20))
                        .pauseAfter(new PausePolicy(5, Duration.ofMillis(500))),
                heard);
        for (int key = 0; key < 10; key++) {
            publish(bus, new Placed("o-" + key, key));
        }

        heard.awaitCalls(7);
        eventually().get("the state", () -> subscription.status().state(), State.DISRUPTED::equals);
        assertThat(subscription.status().reason().orElse("")).contains("attempts in a row have failed");
        ill.set(false);

        heard.awaitDistinct(10);
        eventually().get("the state", () -> subscription.status().state(), State.RUNNING::equals);
        assertThat(heard.calls()).hasSizeLessThan(10 + 20);
        assertThat(letters(group())).isEmpty();
    }

    @Test
    void mb9_aPausedMemberStaysInItsGroup() {
        Heard first = heard();
        MessageBus bus = open("shop");
        Subscription subscription = subscribe(bus, request(), first);
        publish(bus, new Placed("o-1", 1));
        first.awaitDistinct(1);

        subscription.pause();
        subscription.pause();
        publish(bus, "o-1", 2, 4);
        subscription.resume();

        first.awaitDistinct(4);
        assertThat(first.numbers()).containsExactly(1, 2, 3, 4);
    }
}
