package com.portfolio.infra.utilities.eventing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.portfolio.infra.ports.event.EncodedPayload;
import com.portfolio.infra.ports.event.EventType;
import com.portfolio.infra.ports.event.Metadata;
import com.portfolio.infra.ports.eventstore.Checkpoint;
import com.portfolio.infra.ports.eventstore.EventNotDecodableException;
import com.portfolio.infra.ports.eventstore.EventStoreUnavailableException;
import com.portfolio.infra.ports.eventstore.Position;
import com.portfolio.infra.ports.eventstore.RecordedEvent;
import com.portfolio.infra.ports.health.HealthStatus;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** EL.8: what becomes of events that their handler cannot handle, at once or ever. */
class FailingHandlerTest extends CatchUpFixture {

    @Test
    void aHandlerThatFailsForAWhileIsTriedAgain() throws Exception {
        append(0, 5);
        AtomicInteger failures = new AtomicInteger(2);
        CatchUpSubscription subscription = subscriptions.start(quick(CatchUpRequest.forEach("each", event -> {
            if (number(event) == 2 && failures.getAndDecrement() > 0) {
                throw new IllegalStateException("not yet");
            }
            seen.add(number(event));
        })));
        live(subscription);
        assertThat(seen).isEqualTo(numbers(0, 5));
        assertThat(subscription.status().lastError()).containsInstanceOf(IllegalStateException.class);
    }

    @Test
    void aSubscriptionStopsBeforeTheEventThatItsHandlerCannotHandle() throws Exception {
        append(0, 5);
        AtomicInteger attempts = new AtomicInteger();
        CatchUpSubscription subscription = subscriptions.start(quick(CatchUpRequest.forEach("each", event -> {
            if (number(event) == 2) {
                attempts.incrementAndGet();
                throw new IllegalStateException("never");
            }
            seen.add(number(event));
        })));
        comesTo(CatchUpState.FAILED, subscription);
        assertThat(attempts).hasValue(3);
        assertThat(seen).isEqualTo(numbers(0, 2));
        assertThat(subscription.status().checkpoint().orElseThrow().position())
                .isEqualTo(log.all().get(1).position());
        assertThat(subscription.status().lastError().orElseThrow())
                .isInstanceOf(HandlerFailedException.class)
                .hasMessageContaining("test.Happened v1 at version 1 of stream 'stream-2'")
                .hasRootCauseMessage("never");
        assertThatThrownBy(() -> subscription.awaitPosition(log.head(), LONG))
                .isInstanceOf(SubscriptionEndedException.class)
                .hasMessageContaining("Subscription 'each' is FAILED at position 6 and will not reach position 15");
        assertThat(subscription.health(0).check().status()).isEqualTo(HealthStatus.DOWN);
    }

    @Test
    void anEventThatCannotBeHandledIsParkedAndTheRestGoesOn() throws Exception {
        append(0, 5);
        List<ParkedEvent> parked = new CopyOnWriteArrayList<>();
        AtomicInteger parkFailures = new AtomicInteger(2);
        CatchUpSubscription subscription = subscriptions.start(quick(CatchUpRequest.forEach("each", event -> {
                    if (number(event) == 2) {
                        throw new IllegalStateException("never");
                    }
                    seen.add(number(event));
                }))
                .whenExhausted(WhenExhausted.park(event -> {
                    if (parkFailures.getAndDecrement() > 0) {
                        throw new IllegalStateException("no room yet");
                    }
                    parked.add(event);
                })));
        live(subscription);
        assertThat(seen).containsExactly(0, 1, 3, 4);
        assertThat(parked).singleElement().satisfies(event -> {
            assertThat(event.event()).isEqualTo(log.all().get(2));
            assertThat(event.subscription()).isEqualTo("each");
            assertThat(event.failure()).hasMessage("never");
        });
        assertThat(subscription.status().parked()).isEqualTo(1);
        assertThat(subscription.health(0).check().details()).containsEntry("parked", 1L);
    }

    @Test
    void aSubscriptionStopsIfAnEventCanNeitherBeHandledNorParked() {
        append(0, 2);
        CatchUpSubscription subscription = subscriptions.start(quick(CatchUpRequest.forEach("each", event -> {
                    throw new IllegalStateException("never");
                }))
                .whenExhausted(WhenExhausted.park(event -> {
                    throw new IllegalStateException("no room");
                })));
        comesTo(CatchUpState.FAILED, subscription);
        assertThat(subscription.status().parked()).isZero();
        assertThat(subscription.status().checkpoint().orElseThrow().position()).isEqualTo(Position.START);
    }

    @Test
    void theOneEventOfABatchThatCannotBeHandledIsFoundAndParked() throws Exception {
        append(0, 10);
        List<RecordedEvent> parked = new CopyOnWriteArrayList<>();
        List<Checkpoint> kept = new CopyOnWriteArrayList<>();
        live(subscriptions.start(quick(CatchUpRequest.forBatches("batches", batch -> {
                    if (batch.events().stream().anyMatch(event -> number(event) == 9)) {
                        throw new IllegalStateException("never");
                    }
                    batch.forEach(event -> seen.add(number(event)));
                    kept.add(batch.through());
                }))
                .whenExhausted(WhenExhausted.park(event -> parked.add(event.event())))));
        assertThat(parked).containsExactly(log.all().get(9));
        assertThat(seen).isEqualTo(numbers(0, 9));
        assertThat(kept.get(kept.size() - 1).position())
                .as("the checkpoint comes past it")
                .isEqualTo(log.head());
    }

    @Test
    void anEventThatCannotBeDecodedIsNotTriedAgain() throws Exception {
        log.append("a", new EncodedPayload(EventType.of("test.Unknown"), "{}"), Metadata.empty());
        AtomicInteger attempts = new AtomicInteger();
        CatchUpSubscription subscription = subscriptions.start(quick(CatchUpRequest.forEach("each", event -> {
            attempts.incrementAndGet();
            event.payload();
        })));
        comesTo(CatchUpState.FAILED, subscription);
        assertThat(attempts).hasValue(1);
        assertThat(subscription.status().lastError().orElseThrow())
                .hasCauseInstanceOf(EventNotDecodableException.class);
    }

    @Test
    void anOutageBehindTheHandlerCountsAsNoAttempt() throws Exception {
        append(0, 3);
        AtomicInteger failures = new AtomicInteger(20);
        List<ParkedEvent> parked = new CopyOnWriteArrayList<>();
        CatchUpSubscription subscription = subscriptions.start(quick(CatchUpRequest.forEach("each", event -> {
                    if (failures.getAndDecrement() > 0) {
                        throw new IllegalStateException(new EventStoreUnavailableException("away", null));
                    }
                    seen.add(number(event));
                }))
                .whenExhausted(WhenExhausted.park(parked::add)));
        live(subscription);
        assertThat(seen).isEqualTo(numbers(0, 3));
        assertThat(parked).isEmpty();
    }
}
