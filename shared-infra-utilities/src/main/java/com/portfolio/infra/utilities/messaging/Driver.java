package com.portfolio.infra.utilities.messaging;

import com.portfolio.infra.ports.messaging.BrokerUnavailableException;
import com.portfolio.infra.ports.messaging.MessagingException;
import com.portfolio.infra.ports.messaging.MessagingFailedException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The work of a consumer's own thread, the only one that talks to the source. */
final class Driver<D extends Delivery> implements Runnable, Intake<D> {

    private static final Logger LOG = LoggerFactory.getLogger(MessageConsumer.class);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final String group;
    private final Set<String> types;
    private final DeliverySource<D> source;
    private final Desk<D> desk;
    private final Workers<D> workers;
    private final Clock clock;
    private final Duration turn;
    private final CompletableFuture<@Nullable Void> ready;
    private final List<D> wanted = new ArrayList<>();
    private final List<D> unwanted = new ArrayList<>();
    private boolean joined;
    private int losses;
    private long nextCall;

    Driver(
            String group,
            Set<String> types,
            DeliverySource<D> source,
            Desk<D> desk,
            Workers<D> workers,
            Clock clock,
            Duration turn,
            CompletableFuture<@Nullable Void> ready) {
        this.group = group;
        this.types = types;
        this.source = source;
        this.desk = desk;
        this.workers = workers;
        this.clock = clock;
        this.turn = turn;
        this.ready = ready;
    }

    @Override
    public void run() {
        try {
            while (!desk.isOver()) {
                turn();
            }
        } catch (InterruptedException e) {
            fail(new MessagingFailedException("The thread of the subscription was interrupted by somebody else.", e));
        } catch (RuntimeException | Error e) {
            fail(e);
        } finally {
            desk.end();
            leave();
        }
    }

    private void turn() throws InterruptedException {
        workers.cancelOverdue(clock.instant());
        workers.relieve();
        Duration wait = Duration.ofNanos(nextCall - System.nanoTime());
        if (losses > 0 && wait.toNanos() > 0) {
            desk.pauseFor(wait.compareTo(turn) < 0 ? wait : turn);
        } else {
            callSource();
        }
        workers.start();
        desk.endIfStopped();
    }

    private void callSource() throws InterruptedException {
        try {
            acknowledge();
            int room = desk.awaitRoom();
            source.poll(room, room == 0 ? Duration.ZERO : turn, this);
            handOver();
            found();
        } catch (BrokerUnavailableException e) {
            handOver();
            lost(e);
        }
    }

    private void acknowledge() {
        List<D> done = desk.takeDone();
        if (!done.isEmpty()) {
            source.acknowledge(done);
        }
    }

    /** Hands all messages of a turn over at once, as each handing over costs a lock. */
    private void handOver() {
        if (!wanted.isEmpty() || !unwanted.isEmpty()) {
            desk.put(wanted, unwanted);
            wanted.clear();
            unwanted.clear();
        }
    }

    private void found() {
        if (losses > 0) {
            losses = 0;
            desk.brokerFound();
            LOG.info("Group '{}' reaches the broker again.", group);
        }
    }

    /** Logs the trace once, as an outage can take long and there be many subscriptions. */
    private void lost(BrokerUnavailableException failure) {
        losses++;
        desk.brokerLost(String.valueOf(failure.getMessage()));
        if (losses == 1) {
            LOG.warn("Group '{}' can't reach the broker, and tries again.", group, failure);
        } else {
            LOG.warn("Group '{}' can't reach the broker, try {}: {}", group, losses, failure.toString());
        }
        nextCall = System.nanoTime() + pause().toNanos();
    }

    private Duration pause() {
        Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(losses - 1, 10));
        return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }

    private void fail(Throwable failure) {
        LOG.error("The subscription of group '{}' has failed and does not go on.", group, failure);
        boolean known = failure instanceof MessagingException;
        desk.stop(known ? String.valueOf(failure.getMessage()) : "It failed: " + failure);
        Throwable told = known ? failure : new MessagingFailedException("The subscription failed: " + failure, failure);
        aside(() -> ready.completeExceptionally(told));
    }

    private void leave() {
        try {
            acknowledge();
        } catch (RuntimeException e) {
            LOG.warn("What group '{}' is done with could not be acknowledged, and comes again.", group, e);
        }
        try {
            source.close();
        } catch (RuntimeException e) {
            LOG.warn("Group '{}' could not be left in good order; the broker will notice.", group, e);
        }
    }

    // What the source says, within poll

    @Override
    public void joined() {
        desk.joined();
        if (!joined) {
            joined = true;
            aside(() -> ready.complete(null));
        }
    }

    /** On a thread of its own, as what follows must hold up neither the turns nor the end. */
    private void aside(Runnable telling) {
        Thread thread = new Thread(telling, group + "-ready");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void accept(D delivery) {
        boolean asked = delivery.type().map(types::contains).orElse(true);
        (asked ? wanted : unwanted).add(delivery);
    }

    @Override
    public List<D> revoke(Predicate<? super D> which, Duration patience) {
        forgetNew(which);
        desk.revoke(which);
        try {
            awaitHandlers(which, System.nanoTime() + patience.toNanos());
        } catch (InterruptedException e) {
            // Nobody but a stranger interrupts this thread; the next wait ends the subscription.
            Thread.currentThread().interrupt();
        }
        desk.lose(which);
        return desk.takeDone();
    }

    /** Those that are out of time are interrupted meanwhile, as in every turn. */
    private void awaitHandlers(Predicate<? super D> which, long end) throws InterruptedException {
        boolean idle = false;
        while (!idle && System.nanoTime() - end < 0) {
            workers.relieve();
            workers.cancelOverdue(clock.instant());
            long left = Math.max(0, end - System.nanoTime());
            idle = desk.awaitIdle(which, Duration.ofNanos(Math.min(left, turn.toNanos())));
        }
    }

    @Override
    public void lose(Predicate<? super D> which) {
        forgetNew(which);
        desk.lose(which);
    }

    /** What was accepted in this very turn has not been handed over yet. */
    private void forgetNew(Predicate<? super D> which) {
        wanted.removeIf(which);
        unwanted.removeIf(which);
    }
}
