package com.portfolio.infra.testing.memory;

import com.portfolio.infra.ports.messaging.BusClosedException;
import com.portfolio.infra.ports.messaging.Ordering;
import com.portfolio.infra.ports.messaging.SubscriptionRequest;
import com.portfolio.infra.ports.messaging.SubscriptionStatus;
import com.portfolio.infra.ports.messaging.SubscriptionStatus.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/**
 * A member of a group at work.
 *
 * <p>One thread drives it: whenever something has changed it takes a turn, in which it settles what
 * handlers have finished, and hands out what is due and what is new, as far as there is room. Everything
 * but the handlers runs under the broker's lock.
 */
final class Member<T> {

    /** A clock that a test moves tells nobody, so it is looked at this often. */
    private static final Duration LOOK_AT_CLOCK = Duration.ofMillis(10);

    private enum Phase {
        JOINING,
        ACTIVE,
        /** It ends by itself, when the handlers that run have returned. */
        STOPPING,
        /** It is ended by whoever closes it. */
        CLOSING,
        ENDED
    }

    private final InMemoryBroker broker;
    private final SubscriptionRequest<T> request;
    private final String groupName;
    private final Set<String> types;
    private final HandlerCall<T> call;
    private final Settlement settlement;
    private final MemberThreads threads;
    private final Condition changed;
    private final Condition turned;
    private final CompletableFuture<@Nullable Void> ready = new CompletableFuture<>();
    private final HeldMessages held = new HeldMessages();
    private Phase phase = Phase.JOINING;
    private @Nullable ConsumerGroup group;
    private boolean paused;
    private boolean closed;
    private Optional<String> stopReason = Optional.empty();
    private SubscriptionStatus shown;

    Member(
            InMemoryBroker broker,
            SubscriptionRequest<T> request,
            String group,
            Set<String> types,
            HandlerCall<T> call) {
        this.broker = broker;
        this.request = request;
        this.groupName = group;
        this.types = types;
        this.call = call;
        this.settlement = new Settlement(broker, group, request);
        this.threads = new MemberThreads(group, request.concurrency(), this::drive);
        this.changed = broker.lock().newCondition();
        this.turned = broker.lock().newCondition();
        this.shown = new SubscriptionStatus(State.STARTING, broker.now(), Optional.empty(), 0);
    }

    String group() {
        return groupName;
    }

    Set<String> types() {
        return types;
    }

    Ordering ordering() {
        return request.ordering();
    }

    CompletionStage<@Nullable Void> ready() {
        return ready.minimalCompletionStage();
    }

    /** What it did not ask for it passes over; what says of no type it has to look at. */
    boolean wants(StoredMessage message) {
        return message.type().map(types::contains).orElse(true);
    }

    /** Joins the group now, if the broker is there. */
    void start() {
        broker.lock().lock();
        try {
            broker.connect(this);
            turn(broker.now());
        } finally {
            broker.lock().unlock();
        }
        if (group != null) {
            ready.complete(null);
        }
        threads.start();
    }

    void wake() {
        changed.signalAll();
    }

    private void drive() {
        broker.lock().lock();
        try {
            while (phase != Phase.ENDED) {
                Instant now = broker.now();
                turn(now);
                if (group != null && !ready.isDone()) {
                    // On another thread: whoever waits for it must neither hold the lock nor the turns up.
                    ready.completeAsync(() -> null, threads::aside);
                }
                if (phase != Phase.ENDED) {
                    changed.awaitNanos(nanosToWait(now));
                }
            }
        } catch (InterruptedException e) {
            end();
        } finally {
            broker.lock().unlock();
        }
    }

    private long nanosToWait(Instant now) {
        return held.nextLook(now)
                .map(next -> Duration.between(now, next))
                .map(wait -> wait.compareTo(LOOK_AT_CLOCK) < 0 ? wait : LOOK_AT_CLOCK)
                .map(Duration::toNanos)
                .orElse(Long.MAX_VALUE);
    }

    private void turn(Instant now) {
        try {
            held.forgetLost();
            held.cancelOverdue(now);
            if (!broker.isLost()) {
                work(now);
            }
        } catch (RuntimeException | Error e) {
            // The test's own clock or fault: without this the subscription would stand still in silence.
            stop("It failed: " + e);
        }
        show(now);
        turned.signalAll();
        broker.progressed();
    }

    private void work(Instant now) {
        if (phase == Phase.JOINING) {
            group = broker.join(this, request.startFrom());
            phase = Phase.ACTIVE;
        }
        if (group == null) {
            return;
        }
        settleFinished(group, now);
        if (phase == Phase.ACTIVE) {
            storeLetters(group, now);
            startDue(now);
            startNew(group, now);
        }
        if (phase == Phase.STOPPING && held.running() == 0) {
            end();
        }
    }

    private void settleFinished(ConsumerGroup joined, Instant now) {
        for (HeldMessage message : held.finished()) {
            Outcome outcome = message.takeOutcome();
            settlement.settle(joined, message, outcome, now).ifPresent(this::stop);
        }
        held.forgetLost();
    }

    private void storeLetters(ConsumerGroup joined, Instant now) {
        held.dueLetters(now).forEach(message -> settlement.storeLetter(joined, message, now));
        held.forgetLost();
    }

    private void startDue(Instant now) {
        for (HeldMessage message : held.dueAttempts(now)) {
            if (mayStart()) {
                begin(message, now);
            }
        }
    }

    private void startNew(ConsumerGroup joined, Instant now) {
        while (mayStart() && held.size() < request.maxInFlight()) {
            Optional<HeldMessage> taken = joined.take(this);
            if (taken.isEmpty()) {
                return;
            }
            held.add(taken.get());
            begin(taken.get(), now);
        }
    }

    private boolean mayStart() {
        return !paused && held.running() < request.concurrency();
    }

    private void begin(HeldMessage message, Instant now) {
        Attempt attempt = message.begin(groupName, now.plus(request.handlerTimeout()));
        threads.handle(() -> finished(message, call.run(attempt)));
    }

    private void finished(HeldMessage message, Outcome outcome) {
        broker.lock().lock();
        try {
            message.end(outcome);
            wake();
        } finally {
            broker.lock().unlock();
        }
    }

    private void stop(String reason) {
        stopReason = Optional.of(reason);
        if (phase == Phase.ACTIVE || phase == Phase.JOINING) {
            phase = Phase.STOPPING;
        }
    }

    void pause(boolean whether) {
        broker.lock().lock();
        try {
            paused = whether;
            show(broker.now());
            wake();
        } finally {
            broker.lock().unlock();
        }
    }

    SubscriptionStatus status() {
        broker.lock().lock();
        try {
            show(broker.now());
            return new SubscriptionStatus(shown.state(), shown.since(), shown.reason(), held.size());
        } finally {
            broker.lock().unlock();
        }
    }

    private void show(Instant now) {
        Optional<String> reason = closed ? Optional.empty() : stopReason.or(() -> disruption(now));
        State state = state(reason.isPresent());
        if (state != shown.state() || !reason.equals(shown.reason())) {
            shown = new SubscriptionStatus(state, now, reason, 0);
        }
    }

    private State state(boolean disrupted) {
        if (closed) {
            return State.CLOSED;
        }
        if (stopReason.isPresent()) {
            return State.STOPPED;
        }
        if (disrupted) {
            return State.DISRUPTED;
        }
        if (group == null) {
            return State.STARTING;
        }
        return paused ? State.PAUSED : State.RUNNING;
    }

    private Optional<String> disruption(Instant now) {
        return broker.isLost() ? Optional.of("The broker is lost.") : held.disruption(now);
    }

    boolean hasEnded() {
        broker.lock().lock();
        try {
            return closed && phase == Phase.ENDED;
        } finally {
            broker.lock().unlock();
        }
    }

    boolean isOpen() {
        broker.lock().lock();
        try {
            return !closed && stopReason.isEmpty();
        } finally {
            broker.lock().unlock();
        }
    }

    /** Takes nothing any more. */
    void beginClosing() {
        broker.lock().lock();
        try {
            closed = true;
            phase = phase == Phase.ENDED ? phase : Phase.CLOSING;
            wake();
        } finally {
            broker.lock().unlock();
        }
    }

    /** Drains in real time, as a clock that stands still would keep the caller for ever. */
    boolean close(Duration drain) {
        boolean drained;
        broker.lock().lock();
        try {
            beginClosing();
            drained = awaitDrained(drain);
            end();
        } finally {
            broker.lock().unlock();
        }
        awaitEnd(drained);
        return drained;
    }

    /** Ends as if the process had died: nothing is acknowledged any more, nothing is waited for. */
    void crash() {
        broker.lock().lock();
        try {
            closed = true;
            end();
        } finally {
            broker.lock().unlock();
        }
        awaitEnd(false);
    }

    private void awaitEnd(boolean handlersReturned) {
        ready.completeExceptionally(new BusClosedException("joining group '" + groupName + "'"));
        threads.awaitEnd(handlersReturned);
    }

    private boolean awaitDrained(Duration drain) {
        long remaining = TimeUnit.NANOSECONDS.convert(drain);
        while (phase != Phase.ENDED && !isDrained()) {
            try {
                remaining = turned.awaitNanos(remaining);
                if (remaining <= 0) {
                    turn(broker.now());
                    break;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                turn(broker.now());
                break;
            }
        }
        return held.running() == 0;
    }

    private boolean isDrained() {
        boolean settled = broker.isLost() || held.finished().isEmpty();
        return held.running() == 0 && settled;
    }

    private void end() {
        if (phase != Phase.ENDED) {
            phase = Phase.ENDED;
            ConsumerGroup joined = group;
            if (joined != null) {
                joined.leave(this);
                held.release(joined);
            }
            broker.disconnect(this);
            threads.shutdown();
        }
        show(broker.now());
        wake();
        turned.signalAll();
    }
}
