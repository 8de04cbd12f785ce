package com.portfolio.infra.utilities.eventing;

import com.portfolio.infra.ports.eventstore.EventLog;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;

/**
 * Subscriptions that follow an event log: from where they are told to begin, through everything that is
 * there, to the end, and from then on with what is new, without a gap.
 *
 * <pre>{@code
 * try (CatchUpSubscriptions subscriptions = new CatchUpSubscriptions(log)) {
 *     CatchUpSubscription balances = subscriptions.start(CatchUpRequest.forBatches("balances", this::project));
 *     …
 * }
 * }</pre>
 *
 * <p><b>Order and delivery.</b> Events are handed over in the order of their positions, each at least
 * once, by one thread a subscription. A page of events is in memory at a time.
 *
 * <p><b>A handler that throws</b> is tried again by the request's policy; then the subscription stops or
 * parks the event, by choice. A retryable {@link com.portfolio.infra.ports.InfrastructureException} does
 * not count as an attempt, as it says nothing about the event: the handler is tried until the outage is
 * over. An event that can't be decoded is not tried again. A {@link
 * com.portfolio.infra.ports.projection.CheckpointConflictException} stops the subscription at once, as
 * another one does its work.
 *
 * <p><b>A log that can't be reached</b> is asked again until it can. The subscription stops if the log
 * fails for a reason that will not pass by itself, or if its checkpoint is refused: it is checked at the
 * start, after each loss of the log, and with each page, so that a log that was restored under a running
 * subscription is noticed before any of its events is handed over.
 *
 * <p><b>Health.</b> {@link #all()} has what runs, and what has failed until it is closed or started anew. A
 * subscription that was closed is forgotten, so that names may come and go.
 *
 * <p>Thread-safe.
 */
public final class CatchUpSubscriptions implements AutoCloseable {

    private final EventLog log;
    private final ThreadFactory threads;
    private final Clock clock;
    private final Map<String, CatchUpSubscription> running = new LinkedHashMap<>();
    private boolean closed;

    /** On daemon threads: a JVM that ends does not wait for its subscriptions. */
    public CatchUpSubscriptions(EventLog log) {
        this(log, CatchUpSubscriptions::daemon);
    }

    /**
     * @param threads makes a thread for each subscription, which is then named after it; virtual threads
     *                will do
     */
    public CatchUpSubscriptions(EventLog log, ThreadFactory threads) {
        this(log, threads, Clock.systemUTC());
    }

    /**
     * @param threads makes a thread for each subscription, which is then named after it
     * @param clock   gives the times in statuses, in the results of health checks and of parked events; waits
     *                take real time
     */
    public CatchUpSubscriptions(EventLog log, ThreadFactory threads, Clock clock) {
        this.log = Objects.requireNonNull(log, "log");
        this.threads = Objects.requireNonNull(threads, "threads");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Starts a subscription. Does not wait for the log: whether it could be reached is in the status.
     *
     * @throws IllegalStateException if one of that name is running, or this was closed
     */
    public CatchUpSubscription start(CatchUpRequest request) {
        synchronized (running) {
            if (closed) {
                throw new IllegalStateException(
                        "The subscriptions were closed, so that '" + request.name() + "' can't be started.");
            }
            forgetClosed();
            CatchUpSubscription other = running.get(request.name());
            if (other != null && !other.status().state().isFinal()) {
                throw new IllegalStateException("A subscription '" + request.name() + "' is running already.");
            }
            Control control = new Control(request.name(), clock);
            Thread thread = threads.newThread(new CatchUpLoop(log, request, control, clock));
            thread.setName("subscription-" + request.name());
            CatchUpSubscription subscription = new CatchUpSubscription(log, request, control, thread, clock);
            thread.start();
            running.put(request.name(), subscription);
            return subscription;
        }
    }

    /** All that were started and not closed, the last of each name, in the order of their first start. */
    public List<CatchUpSubscription> all() {
        synchronized (running) {
            forgetClosed();
            return List.copyOf(running.values());
        }
    }

    private void forgetClosed() {
        running.values().removeIf(CatchUpSubscription::isClosed);
    }

    /** Closes all subscriptions: all are told to end, then each is waited for. No other can be started then. */
    @Override
    public void close() {
        List<CatchUpSubscription> all;
        synchronized (running) {
            closed = true;
            all = List.copyOf(running.values());
        }
        all.forEach(CatchUpSubscription::requestClose);
        all.forEach(CatchUpSubscription::close);
    }
}
