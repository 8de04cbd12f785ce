package com.portfolio.infra.crash;

import com.portfolio.infra.ports.eventstore.Checkpoint;
import com.portfolio.infra.ports.eventstore.Position;
import com.portfolio.infra.ports.projection.CheckpointConflictException;
import com.portfolio.infra.utilities.eventing.Backoff;
import com.portfolio.infra.utilities.eventing.CatchUpRequest;
import com.portfolio.infra.utilities.eventing.CatchUpStart;
import com.portfolio.infra.utilities.eventing.CatchUpState;
import com.portfolio.infra.utilities.eventing.CatchUpSubscription;
import com.portfolio.infra.utilities.eventing.CatchUpSubscriptions;
import com.portfolio.infra.utilities.eventing.HandlerRetry;
import com.portfolio.infra.utilities.eventing.SubscriptionEndedException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** What the subscribing processes share: they begin at their checkpoint and follow the log until told to stop. */
final class Following {

    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(20), Duration.ofMillis(200));
    private static final int PAGE = 40;

    private final CatchUpSubscriptions subscriptions;
    private final Reporting reporting;
    private final AtomicBoolean stopping = new AtomicBoolean();

    Following(CatchUpSubscriptions subscriptions, Reporting reporting) {
        this.subscriptions = subscriptions;
        this.reporting = reporting;
        Reporting.onStop(() -> {
            stopping.set(true);
            subscriptions.close();
        });
    }

    /** Follows the log; returns when told to stop, or when another one moved the checkpoint. */
    void follow(Optional<Checkpoint> from, Function<Optional<Checkpoint>, CatchUpRequest> request)
            throws InterruptedException {
        reporting.say(new Report.Started(
                from.map(Checkpoint::position).orElse(Position.START).value()));
        CatchUpSubscription subscription = subscriptions.start(request.apply(from)
                .from(CatchUpStart.after(from))
                .pageSize(PAGE)
                .retry(new HandlerRetry(1, BACKOFF))
                .reconnect(BACKOFF));
        try {
            subscription.awaitPosition(Position.of(Long.MAX_VALUE), Duration.ofDays(1));
        } catch (SubscriptionEndedException e) {
            boolean conflict = subscription
                    .status()
                    .lastError()
                    .filter(error -> error.getCause() instanceof CheckpointConflictException)
                    .isPresent();
            if (subscription.status().state() == CatchUpState.FAILED && !conflict) {
                throw e;
            }
        }
    }

    boolean isStopping() {
        return stopping.get();
    }
}
