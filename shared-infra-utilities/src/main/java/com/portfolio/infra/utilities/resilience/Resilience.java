package com.portfolio.infra.utilities.resilience;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Calls to one dependency, repeated when they fail for a passing reason, and refused while it is down.
 *
 * <pre>{@code
 * Resilience geocoder = Resilience.builder("geocoder").timeLimit(Duration.ofSeconds(2)).bulkhead(20).build();
 *
 * Place place = geocoder.call(() -> client.find(address));
 * }</pre>
 *
 * <p>Make one for each dependency and share it: breaker, bulkhead and retry budget know only the calls that go
 * through it. The order is {@code retry(breaker(time limit(bulkhead(call))))}.
 *
 * <p>What is called has to bear being called again, also when an earlier attempt came through and only its answer was
 * lost; what does not, goes through {@link #once()}. Which failures are repeated says {@link FailureClassifier}. A
 * call that fails in the end throws what its last attempt threw; if that was never made, because the breaker had opened,
 * the failure before it is among the suppressed ones. It is repeated at one layer only: where the client of
 * a dependency repeats by itself, give it {@link RetryPolicy#never()} here or there.
 *
 * <p>An interrupted caller is let go at once: its thread keeps the interrupt status, and out comes the failure after
 * which it was waiting, or a {@link CallInterruptedException}. Thread-safe.
 */
public final class Resilience implements AutoCloseable {

    private final String name;
    private final Attempts attempts;
    private final @Nullable Retrying retrying;
    private final Workers workers;
    private final Backoffs backoffs;

    /** Whether closing this closes the workers. */
    private final boolean owner;

    private Resilience(
            Attempts attempts, @Nullable Retrying retrying, Workers workers, Backoffs backoffs, boolean owner) {
        this.name = attempts.name();
        this.attempts = attempts;
        this.retrying = retrying;
        this.workers = workers;
        this.backoffs = backoffs;
        this.owner = owner;
    }

    /**
     * Retry and breaker with their defaults, no time limit and no bulkhead.
     *
     * @param name of the dependency, for messages, logs and threads
     */
    public static Resilience of(String name) {
        return builder(name).build();
    }

    /**
     * Begins with retry and breaker by their defaults, no time limit and no bulkhead.
     *
     * @param name of the dependency, for messages, logs and threads; not blank
     */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    /** The name of the dependency. */
    public String name() {
        return name;
    }

    /**
     * Makes a blocking call. Without a time limit it runs on the caller's thread; with one on another, with the
     * {@link com.portfolio.infra.ports.event.Correlation} and the MDC of the caller's.
     *
     * <p>Blocks for the attempts and the waits between them: until the deadline of the {@link RetryPolicy} if there is
     * a time limit, else until then and the end of the last attempt.
     *
     * @throws X                        what the last attempt threw
     * @throws CircuitOpenException     if the breaker refused the first attempt, or a later one
     * @throws BulkheadFullException    if too many calls are under way
     * @throws CallTimedOutException    if the last attempt took too long
     * @throws CallInterruptedException if the caller was interrupted while it waited for an attempt with a time limit
     * @throws IllegalStateException    if this is closed
     */
    public <T, X extends Exception> T call(ResilientCall<T, X> call) throws X {
        requireOpen();
        Retrying repeating = retrying;
        long begun = attempts.ticker().now();
        if (repeating == null) {
            return attempts.call(call, begun, Long.MAX_VALUE, null);
        }
        long deadline = repeating.policy().deadline().toNanos();
        try {
            return attempts.call(call, begun, deadline, repeating);
        } catch (Throwable failure) {
            return repeat(call, repeating, begun, failure);
        }
    }

    private <T, X extends Exception> T repeat(ResilientCall<T, X> call, Retrying repeating, long begun, Throwable first)
            throws X {
        Throwable last = first;
        long now = begun;
        for (int failed = 1; ; failed++) {
            long delay = repeating.delayNanosAfter(failed, begun, now, last);
            if (delay == Retrying.NEVER || !pause(delay)) {
                throw Thrown.<X>as(last);
            }
            now = attempts.ticker().now();
            try {
                return attempts.call(call, now, repeating.leftNanos(begun), null);
            } catch (Throwable failure) {
                last = Thrown.after(last, failure);
            }
        }
    }

    /** Whether another attempt may follow. */
    private boolean pause(long nanos) {
        try {
            workers.pause(nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        return !workers.isClosed();
    }

    /**
     * Makes a blocking call without a result.
     *
     * @throws X what the last attempt threw
     * @see #call
     */
    public <X extends Exception> void run(ResilientAction<X> action) throws X {
        this.<Boolean, X>call(() -> {
            action.run();
            return true;
        });
    }

    /**
     * Makes an asynchronous call. Nothing but a {@link NullPointerException} is thrown: what the supplier throws is a
     * failure like that of its stage. The first attempt begins on the caller's thread, the others on threads of their
     * own, with the caller's {@link com.portfolio.infra.ports.event.Correlation} and MDC. What follows the stage runs on the
     * thread that ended it: one of the client's, or one of this object's where it was a time limit.
     *
     * <p>A time limit lets the caller go, and does not end the work: the stage that the supplier gave is never
     * completed from here, and keeps its place in the bulkhead until it ends. Set the time limits of the client too.
     *
     * @return completes with the result of the first attempt that succeeds, or with the failure of the last one, as it
     *         is and not wrapped; cancelling it lets no other attempt begin
     */
    public <T> CompletionStage<T> callAsync(Supplier<? extends CompletionStage<T>> call) {
        return callAsync(call, attempts.ticker().now());
    }

    /** @param begun what the deadline counts from */
    <T> CompletionStage<T> callAsync(Supplier<? extends CompletionStage<T>> call, long begun) {
        Objects.requireNonNull(call, "call");
        if (workers.isClosed()) {
            return CompletableFuture.failedFuture(closed());
        }
        return new AsyncCall<>(call, attempts, retrying, backoffs, begun).start();
    }

    /**
     * The same breaker, time limit and bulkhead, for calls that must not be repeated. Closing it does nothing.
     */
    public Resilience once() {
        return new Resilience(attempts, null, workers, backoffs, false);
    }

    /** As {@link #once()}, on the caller's thread. */
    Resilience onceInPlace() {
        return new Resilience(attempts.inPlace(), null, workers, backoffs, false);
    }

    /** The circuit breaker, to look at and to operate; empty if there is none. */
    public Optional<CircuitBreaker> circuitBreaker() {
        return Optional.ofNullable(attempts.breaker());
    }

    boolean repeats() {
        return retrying != null;
    }

    Attempts attempts() {
        return attempts;
    }

    Workers workers() {
        return workers;
    }

    @Nullable Retrying retrying() {
        return retrying;
    }

    private void requireOpen() {
        if (workers.isClosed()) {
            throw closed();
        }
    }

    private CallsClosedException closed() {
        return new CallsClosedException(attempts.name());
    }

    /**
     * Lets no call begin any more. Calls that wait for another attempt end at once with their last failure; those that
     * are under way end by themselves, their time limits included, and the threads with them. Does not wait for them;
     * closing twice does nothing.
     */
    @Override
    public void close() {
        if (owner) {
            workers.close();
            backoffs.close();
        }
    }

    @Override
    public String toString() {
        return "Resilience[" + name + "]";
    }

    /** Settings of a {@link Resilience}. */
    public static final class Builder {

        private final String name;
        private final List<FailureClassifier> classifiers = new ArrayList<>();
        private RetryPolicy retry = RetryPolicy.defaults();
        private @Nullable CircuitBreakerPolicy breaker = CircuitBreakerPolicy.defaults();
        private @Nullable Duration timeLimit;
        private @Nullable Duration patience;
        private int maxCalls;
        private @Nullable Clock clock;
        private @Nullable Executor executor;
        private RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();

        private Builder(String name) {
            this.name = Objects.requireNonNull(name, "name");
        }

        /** When to repeat; by default {@link RetryPolicy#defaults()}. */
        public Builder retry(RetryPolicy policy) {
            this.retry = Objects.requireNonNull(policy, "policy");
            return this;
        }

        /** When to refuse; by default {@link CircuitBreakerPolicy#defaults()}. */
        public Builder circuitBreaker(CircuitBreakerPolicy policy) {
            this.breaker = Objects.requireNonNull(policy, "policy");
            return this;
        }

        /** Calls are never refused because others failed. */
        public Builder withoutCircuitBreaker() {
            this.breaker = null;
            return this;
        }

        /**
         * How long a caller waits for one attempt, less if its deadline comes before; by default for as long as it
         * takes, which is right where the client of the dependency has a limit of its own.
         *
         * <p>A blocking call is interrupted then. One that does not listen goes on, and keeps its thread and its place
         * in the bulkhead: give calls with a time limit a {@linkplain #bulkhead bulkhead} too, which bounds them.
         *
         * @param limit more than 0, at most a day
         */
        public Builder timeLimit(Duration limit) {
            this.timeLimit = Objects.requireNonNull(limit, "limit");
            return this;
        }

        /**
         * For a client that waits by itself, as a pool does for a connection, or a broker's client for its broker. An
         * attempt that fails after that long has tried for long enough and is not repeated; one that fails sooner is. And
         * the wait is no slowness: a call is slow from that time and {@link CircuitBreakerPolicy#slowCall()} on, as those
         * who waited in vain will fail by themselves.
         *
         * @param longest how long the client waits at most, more than 0, at most a day
         */
        public Builder clientWaits(Duration longest) {
            this.patience = Objects.requireNonNull(longest, "longest");
            return this;
        }

        /**
         * How many calls may be under way at once; by default any number. One too many is refused at once.
         *
         * @param calls at least 1
         */
        public Builder bulkhead(int calls) {
            this.maxCalls = calls;
            if (calls < 1) {
                throw new IllegalArgumentException("A bulkhead needs room for at least 1 call, not " + calls + ".");
            }
            return this;
        }

        /** Asks a classifier before those that the service loader finds, and after others that were given before. */
        public Builder classifier(FailureClassifier classifier) {
            classifiers.add(Objects.requireNonNull(classifier, "classifier"));
            return this;
        }

        /**
         * What the breaker, the budget and the deadline take the time from; by default a clock that nobody sets. Waits
         * and time limits pass in real time.
         */
        public Builder clock(Clock source) {
            this.clock = Objects.requireNonNull(source, "source");
            return this;
        }

        /**
         * Where calls with a time limit run, and repetitions of asynchronous ones, such as an executor of virtual
         * threads; by default daemon threads of its own, as many as are needed. It stays the caller's to close. It must
         * not run a task on the thread that hands it over: a call could not be left when its time is over. Nor may it
         * drop a task in silence, as some do after {@code shutdownNow()}: a repetition that never begins never ends.
         */
        public Builder executor(Executor threads) {
            this.executor = Objects.requireNonNull(threads, "threads");
            return this;
        }

        /** What the jitter comes from. */
        Builder random(RandomGenerator source) {
            this.random = source;
            return this;
        }

        /**
         * Builds it; starts no thread.
         *
         * @throws IllegalArgumentException with everything that is wrong
         */
        public Resilience build() {
            Problems problems = new Problems("The resilience of '" + name + "'");
            problems.require(!name.isBlank(), "needs a name");
            if (timeLimit != null) {
                problems.requireTime("timeLimit", timeLimit);
            }
            if (patience != null) {
                problems.requireTime("clientWaits", patience);
            }
            problems.throwIfAny();
            Ticker ticker = clock == null ? Ticker.system() : Ticker.of(clock);
            FailureKinds kinds = FailureKinds.with(classifiers);
            Workers workers = new Workers(name, executor);
            Attempts attempts = new Attempts(
                    name,
                    ticker,
                    kinds,
                    breaker == null ? null : new CircuitBreaker(name, patient(breaker), ticker),
                    timeLimit,
                    maxCalls == 0 ? null : bulkheadOf(maxCalls),
                    workers);
            Retrying retrying = retry.repeats() ? new Retrying(name, retry, patience, ticker, kinds, random) : null;
            return new Resilience(attempts, retrying, workers, new Backoffs(workers), true);
        }

        private CircuitBreakerPolicy patient(CircuitBreakerPolicy policy) {
            return patience == null
                    ? policy
                    : policy.toBuilder()
                            .slowCall(Problems.atMostLongest(policy.slowCall().plus(patience)))
                            .build();
        }

        private Bulkhead bulkheadOf(int calls) {
            return Bulkhead.of(
                    name,
                    BulkheadConfig.custom()
                            .maxConcurrentCalls(calls)
                            .maxWaitDuration(Duration.ZERO)
                            .build());
        }
    }
}
