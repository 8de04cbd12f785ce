package com.portfolio.infra.utilities.eventing;

import com.portfolio.infra.ports.eventstore.Checkpoint;
import com.portfolio.infra.ports.eventstore.CheckpointRefusedException;
import com.portfolio.infra.ports.eventstore.EventLog;
import com.portfolio.infra.ports.eventstore.EventStoreUnavailableException;
import com.portfolio.infra.ports.eventstore.LogId;
import com.portfolio.infra.ports.eventstore.LogPage;
import com.portfolio.infra.ports.eventstore.LogQuery;
import com.portfolio.infra.ports.eventstore.Position;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The work of a subscription's thread: read a page, hand it over, move on, wait at the end for more. */
final class CatchUpLoop implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(CatchUpSubscriptions.class);

    private final EventLog log;
    private final CatchUpRequest request;
    private final Control control;
    private final Delivery delivery;
    private boolean lost;

    CatchUpLoop(EventLog log, CatchUpRequest request, Control control, Clock clock) {
        this.log = log;
        this.request = request;
        this.control = control;
        this.delivery = new Delivery(request, control, clock);
    }

    @Override
    public void run() {
        try {
            follow();
        } catch (ClosingException e) {
            control.enter(CatchUpState.CLOSED);
            LOG.info("Subscription '{}' is closed", request.name());
        } catch (RuntimeException | Error e) {
            control.enter(CatchUpState.FAILED, e);
            LOG.error("Subscription '{}' has failed and does not go on", request.name(), e);
        }
    }

    private void follow() throws ClosingException {
        int losses = 0;
        while (true) {
            control.waitWhilePaused();
            try {
                Checkpoint checkpoint = connect();
                while (true) {
                    checkpoint = next(checkpoint);
                    losses = 0;
                }
            } catch (EventStoreUnavailableException e) {
                if (control.isClosing()) {
                    throw new ClosingException();
                }
                losses++;
                lost = true;
                control.enter(CatchUpState.RECONNECTING, e);
                warn(losses, e);
                control.waitFor(request.reconnect().after(losses));
            }
        }
    }

    /** With the trace once, as an outage can take long and there be many subscriptions. */
    private void warn(int losses, EventStoreUnavailableException e) {
        if (losses == 1) {
            LOG.warn("Subscription '{}' can't reach the log and tries again", request.name(), e);
        } else {
            LOG.warn("Subscription '{}' can't reach the log, try {}: {}", request.name(), losses, e.toString());
        }
    }

    private void hasReachedTheLog() {
        if (lost) {
            lost = false;
            LOG.info("Subscription '{}' reaches the log again", request.name());
        }
    }

    /** Checks where to go on each time that the log was lost, as it may come back as another. */
    private Checkpoint connect() {
        Checkpoint checkpoint = control.status()
                .checkpoint()
                .map(CatchUpStart::after)
                .orElse(request.from())
                .in(log);
        control.reached(checkpoint, 0);
        control.enter(CatchUpState.CATCHING_UP);
        return checkpoint;
    }

    /** Reads and delivers a page; waits for more if it was the last. */
    private Checkpoint next(Checkpoint checkpoint) throws ClosingException {
        control.waitWhilePaused();
        LogPage page = log.read(new LogQuery(checkpoint.position(), request.filter(), request.pageSize()));
        hasReachedTheLog();
        requireSameLog(checkpoint, page.log());
        Checkpoint through = checkpoint.at(page.through());
        if (!through.equals(checkpoint)) {
            if (!page.atEnd()) {
                control.enter(CatchUpState.CATCHING_UP);
            }
            deliver(checkpoint, new EventBatch(page.events(), through));
        }
        if (page.atEnd()) {
            control.enter(CatchUpState.LIVE);
            control.waitIn(() -> awaitNews(through.position()));
        }
        return through;
    }

    /** Stays with the log, which polls for all who wait; reading a page now and then would keep its database awake. */
    private void awaitNews(Position position) throws InterruptedException {
        boolean news = false;
        while (!news && control.mayWait()) {
            news = log.awaitBeyond(position, request.awaitTimeout());
        }
    }

    /** A pool may reconnect without a word; what was just read must still be of the log of the checkpoint. */
    private static void requireSameLog(Checkpoint checkpoint, LogId actual) {
        if (!actual.equals(checkpoint.log())) {
            throw CheckpointRefusedException.ofAnotherLog(checkpoint, actual);
        }
    }

    private void deliver(Checkpoint from, EventBatch batch) throws ClosingException {
        try {
            delivery.deliver(batch);
        } catch (ClosingException e) {
            reportPartOf(from);
            throw e;
        } catch (HandlerFailedException e) {
            reportDespite(e, from);
            throw e;
        }
        delivery.report(batch.through());
    }

    private void reportDespite(HandlerFailedException failure, Checkpoint from) {
        try {
            reportPartOf(from);
        } catch (ClosingException | HandlerFailedException e) {
            failure.addSuppressed(e);
        }
    }

    /** What was done with of a page that ends early would be repeated by the next start. */
    private void reportPartOf(Checkpoint from) throws ClosingException {
        @Nullable Checkpoint reached = control.status().checkpoint().orElse(null);
        if (reached != null && reached.position().isAfter(from.position())) {
            delivery.report(reached);
        }
    }
}
