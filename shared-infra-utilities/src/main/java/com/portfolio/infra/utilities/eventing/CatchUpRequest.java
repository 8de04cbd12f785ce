package com.portfolio.infra.utilities.eventing;

import com.portfolio.infra.ports.eventstore.LogFilter;
import com.portfolio.infra.ports.eventstore.LogQuery;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * What a subscription follows, and how.
 *
 * <pre>{@code
 * CatchUpRequest.forEach("welcome-mail", event -> mail(event.payload(AccountEvent.class)))
 *         .from(CatchUpStart.after(checkpoints.find("welcome-mail")))
 *         .matching(LogFilter.ofCategories("account"))
 *         .whenExhausted(WhenExhausted.park(parked))
 *         .onProgress(checkpoint -> checkpoints.save("welcome-mail", checkpoint));
 * }</pre>
 *
 * @param name          of the subscription, its thread and its health check; not blank
 * @param handler       gets the events
 * @param oneByOne      whether the handler gets each event alone
 * @param from          where to begin; the beginning of the log by default
 * @param filter        which events to hand over; all by default
 * @param pageSize      how many events are read at once, and held in memory; 500 by default
 * @param retry         how often to try a handler that throws; 5 times by default
 * @param whenExhausted what then; stop by default
 * @param progress      is told after each page, and before the subscription ends, how far it has come; nobody by
 *                      default
 * @param reconnect     how long to wait before asking a store again that can't be reached; 100 ms to 10 s by
 *                      default, for as long as it takes
 * @param awaitTimeout  how long one wait for new events may take before the next begins; 10 s by default
 * @param closeTimeout  how long {@link CatchUpSubscription#close()} waits for a handler that runs, before it
 *                      interrupts it; 30 s by default
 */
public record CatchUpRequest(
        String name,
        BatchHandler handler,
        boolean oneByOne,
        CatchUpStart from,
        LogFilter filter,
        int pageSize,
        HandlerRetry retry,
        WhenExhausted whenExhausted,
        CheckpointListener progress,
        Backoff reconnect,
        Duration awaitTimeout,
        Duration closeTimeout) {

    private static final int DEFAULT_ATTEMPTS = 5;
    private static final Backoff DEFAULT_RECONNECT = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));
    private static final Duration DEFAULT_AWAIT = Duration.ofSeconds(10);
    private static final Duration DEFAULT_CLOSE = Duration.ofSeconds(30);

    public CatchUpRequest {
        if (name.isBlank()) {
            throw new IllegalArgumentException("A subscription needs a name.");
        }
        if (pageSize < 1 || pageSize > LogQuery.MAX_LIMIT) {
            throw new IllegalArgumentException("Subscription '" + name + "' needs a page size of 1 to "
                    + LogQuery.MAX_LIMIT + ", not " + pageSize + ".");
        }
        if (awaitTimeout.isNegative() || awaitTimeout.isZero() || closeTimeout.isNegative()) {
            throw new IllegalArgumentException("Subscription '" + name + "' needs a positive await timeout and a close"
                    + " timeout that is not negative, not " + awaitTimeout + " and " + closeTimeout + ".");
        }
        Objects.requireNonNull(handler, "handler");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(filter, "filter");
        Objects.requireNonNull(retry, "retry");
        Objects.requireNonNull(whenExhausted, "whenExhausted");
        Objects.requireNonNull(progress, "progress");
        Objects.requireNonNull(reconnect, "reconnect");
    }

    /** Each event by itself, in the {@linkplain com.portfolio.infra.ports.event.Correlation scope} of its own. */
    public static CatchUpRequest forEach(String name, RecordedEventHandler handler) {
        Objects.requireNonNull(handler, "handler");
        return of(name, batch -> batch.forEach(handler), true);
    }

    /**
     * A page at a time, with the checkpoint to keep. Also pages in which no event passed the filter are
     * handed over, as the checkpoint moves.
     */
    public static CatchUpRequest forBatches(String name, BatchHandler handler) {
        return of(name, handler, false);
    }

    private static CatchUpRequest of(String name, BatchHandler handler, boolean oneByOne) {
        return new CatchUpRequest(
                name,
                handler,
                oneByOne,
                CatchUpStart.beginning(),
                LogFilter.all(),
                LogQuery.DEFAULT_LIMIT,
                HandlerRetry.attempts(DEFAULT_ATTEMPTS),
                WhenExhausted.stop(),
                checkpoint -> {},
                DEFAULT_RECONNECT,
                DEFAULT_AWAIT,
                DEFAULT_CLOSE);
    }

    /** The same subscription, that begins elsewhere. */
    public CatchUpRequest from(CatchUpStart where) {
        return with(draft -> draft.from = where);
    }

    /** The same subscription, for events that pass a filter. */
    public CatchUpRequest matching(LogFilter events) {
        return with(draft -> draft.filter = events);
    }

    /** The same subscription, with pages of another size. */
    public CatchUpRequest pageSize(int events) {
        return with(draft -> draft.pageSize = events);
    }

    /** The same subscription, with another number of attempts. */
    public CatchUpRequest retry(HandlerRetry policy) {
        return with(draft -> draft.retry = policy);
    }

    /** The same subscription, that does something else when the attempts are used up. */
    public CatchUpRequest whenExhausted(WhenExhausted choice) {
        return with(draft -> draft.whenExhausted = choice);
    }

    /** The same subscription, that tells a listener how far it has come. */
    public CatchUpRequest onProgress(CheckpointListener listener) {
        return with(draft -> draft.progress = listener);
    }

    /** The same subscription, that asks a store again at other intervals. */
    public CatchUpRequest reconnect(Backoff backoff) {
        return with(draft -> draft.reconnect = backoff);
    }

    /** The same subscription, that waits for events for another time. */
    public CatchUpRequest awaitTimeout(Duration time) {
        return with(draft -> draft.awaitTimeout = time);
    }

    /** The same subscription, that gives a running handler another time to finish. */
    public CatchUpRequest closeTimeout(Duration time) {
        return with(draft -> draft.closeTimeout = time);
    }

    private CatchUpRequest with(Consumer<Draft> change) {
        Draft draft = new Draft();
        change.accept(draft);
        return draft.request();
    }

    /** This request, before one of its components is set. */
    private final class Draft {

        private CatchUpStart from = CatchUpRequest.this.from;
        private LogFilter filter = CatchUpRequest.this.filter;
        private int pageSize = CatchUpRequest.this.pageSize;
        private HandlerRetry retry = CatchUpRequest.this.retry;
        private WhenExhausted whenExhausted = CatchUpRequest.this.whenExhausted;
        private CheckpointListener progress = CatchUpRequest.this.progress;
        private Backoff reconnect = CatchUpRequest.this.reconnect;
        private Duration awaitTimeout = CatchUpRequest.this.awaitTimeout;
        private Duration closeTimeout = CatchUpRequest.this.closeTimeout;

        CatchUpRequest request() {
            return new CatchUpRequest(
                    name,
                    handler,
                    oneByOne,
                    from,
                    filter,
                    pageSize,
                    retry,
                    whenExhausted,
                    progress,
                    reconnect,
                    awaitTimeout,
                    closeTimeout);
        }
    }
}
