package com.portfolio.infra.utilities.eventing;

import com.portfolio.infra.ports.InfrastructureException;
import com.portfolio.infra.ports.eventstore.Checkpoint;
import com.portfolio.infra.ports.eventstore.EventNotDecodableException;
import com.portfolio.infra.ports.eventstore.RecordedEvent;
import com.portfolio.infra.ports.projection.CheckpointConflictException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands events to the handler of a subscription until they are done with: handled, or parked. */
final class Delivery {

    private static final Logger LOG = LoggerFactory.getLogger(CatchUpSubscriptions.class);

    private final CatchUpRequest request;
    private final Control control;
    private final Clock clock;

    Delivery(CatchUpRequest request, Control control, Clock clock) {
        this.request = request;
        this.control = control;
        this.clock = clock;
    }

    /**
     * Returns when everything through the batch's checkpoint is done with.
     *
     * @throws HandlerFailedException if the attempts are used up, and the choice was to stop
     */
    void deliver(EventBatch batch) throws ClosingException {
        if (request.oneByOne()) {
            deliverOneByOne(batch);
        } else {
            deliverTogether(batch);
        }
    }

    private void deliverOneByOne(EventBatch batch) throws ClosingException {
        List<RecordedEvent> events = batch.events();
        for (int i = 0; i < events.size(); i++) {
            RecordedEvent event = events.get(i);
            boolean last = i == events.size() - 1;
            deliverTogether(new EventBatch(
                    List.of(event), last ? batch.through() : batch.through().at(event.position())));
        }
        if (events.isEmpty()) {
            control.reached(batch.through(), 0);
        }
    }

    private void deliverTogether(EventBatch batch) throws ClosingException {
        control.waitWhilePaused();
        handOver(batch);
    }

    private void handOver(EventBatch batch) throws ClosingException {
        Optional<Exception> failure =
                attempt("handle events", () -> request.handler().handle(batch));
        if (failure.isEmpty()) {
            control.reached(batch.through(), batch.events().size());
        } else if (mayPark(batch, failure.get()) && request.whenExhausted() instanceof WhenExhausted.Park park) {
            deliverWithout(batch, park.where(), failure.get());
        } else {
            throw new HandlerFailedException(whatFailed(batch), failure.get());
        }
    }

    private static boolean mayPark(EventBatch batch, Exception failure) {
        return !batch.events().isEmpty() && !mustStop(failure);
    }

    private void deliverWithout(EventBatch batch, ParkedEvents where, Exception failure) throws ClosingException {
        if (batch.events().size() > 1) {
            // Which of them is to be parked is found by handing them over alone.
            deliverOneByOne(batch);
        } else {
            park(where, batch.events().get(0), failure);
            // Without the event, so that a handler which keeps the checkpoint comes past it; also during a pause or
            // while closing, or else the event would be parked again.
            handOver(new EventBatch(List.of(), batch.through()));
        }
    }

    private void park(ParkedEvents where, RecordedEvent event, Exception failure) throws ClosingException {
        ParkedEvent parked = new ParkedEvent(request.name(), event, failure, clock.instant());
        Optional<Exception> notParked = attempt("park an event", () -> where.park(parked));
        if (notParked.isPresent()) {
            HandlerFailedException stop = new HandlerFailedException(
                    "Subscription '" + request.name() + "' stopped: " + event + " could neither be handled nor parked.",
                    notParked.get());
            stop.addSuppressed(failure);
            throw stop;
        }
        control.parkedOneMore();
        LOG.warn("Subscription '{}' parked {}", request.name(), event, failure);
    }

    /** Tells the listener how far the subscription has come. */
    void report(Checkpoint checkpoint) throws ClosingException {
        // An interrupt was meant for the handler, and what it got done is still to be kept.
        Thread.interrupted();
        Optional<Exception> failure =
                attempt("report its checkpoint", () -> request.progress().reached(checkpoint));
        if (failure.isPresent()) {
            throw new HandlerFailedException(
                    "Subscription '" + request.name() + "' stopped: its checkpoint at position " + checkpoint.position()
                            + " could not be kept.",
                    failure.get());
        }
    }

    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }

    /** Tries until it succeeds, which gives nothing, or no attempt is left, which gives the last failure. */
    private Optional<Exception> attempt(String what, Work work) throws ClosingException {
        CatchUpState before = control.status().state();
        int counted = 0;
        for (int failures = 0; ; ) {
            try {
                work.run();
                if (failures > 0) {
                    control.enter(before);
                    LOG.info("Subscription '{}' could {} after {} failures", request.name(), what, failures);
                }
                return Optional.empty();
            } catch (Exception e) {
                if (control.isClosing()) {
                    control.failed(e);
                    LOG.warn(
                            "Subscription '{}' failed to {} while it was being closed, and does not try again",
                            request.name(),
                            what,
                            e);
                    throw new ClosingException();
                }
                failures++;
                counted += isOutage(e) ? 0 : 1;
                if (counted >= request.retry().attempts() || mustStop(e) || isHopeless(e)) {
                    control.enter(before, e);
                    return Optional.of(e);
                }
                control.enter(CatchUpState.RETRYING, e);
                warn(what, failures, e);
                control.waitFor(request.retry().backoff().after(failures));
                control.waitWhilePaused();
            }
        }
    }

    /** With the trace once, as an outage can take long and there be many subscriptions. */
    private void warn(String what, int failures, Exception e) {
        if (failures == 1) {
            LOG.warn("Subscription '{}' failed to {} and tries again", request.name(), what, e);
        } else {
            LOG.warn(
                    "Subscription '{}' failed to {} {} times and tries again: {}",
                    request.name(),
                    what,
                    failures,
                    e.toString());
        }
    }

    /** A technology behind the handler is away for a while, which says nothing about the event. */
    private static boolean isOutage(Exception failure) {
        return find(failure, InfrastructureException.class)
                .map(InfrastructureException::isRetryable)
                .orElse(false);
    }

    /** The classes of a running service do not change. */
    private static boolean isHopeless(Exception failure) {
        return find(failure, EventNotDecodableException.class).isPresent();
    }

    /** Another projector moves the same checkpoint: the event is in good hands, and nothing is to be parked. */
    private static boolean mustStop(Exception failure) {
        return find(failure, CheckpointConflictException.class).isPresent();
    }

    private static <E extends Exception> Optional<E> find(Exception failure, Class<E> type) {
        for (Throwable e = failure; e != null; e = e.getCause()) {
            if (type.isInstance(e)) {
                return Optional.of(type.cast(e));
            }
        }
        return Optional.empty();
    }

    private String whatFailed(EventBatch batch) {
        List<RecordedEvent> events = batch.events();
        String what = events.size() == 1
                ? events.get(0).toString()
                : events.size() + " events through position " + batch.through().position();
        return "Subscription '" + request.name() + "' stopped: its handler failed at " + what + ".";
    }
}
