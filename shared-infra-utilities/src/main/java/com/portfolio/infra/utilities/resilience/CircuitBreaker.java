package com.portfolio.infra.utilities.resilience;

import com.portfolio.infra.ports.health.HealthCheck;
import com.portfolio.infra.ports.health.HealthResult;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.IllegalStateTransitionException;
import io.github.resilience4j.circuitbreaker.internal.CircuitBreakerStateMachine;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses calls to a dependency that fails or has become slow, so that callers get an answer at once and the
 * dependency gets room to recover. Made by {@link Resilience}; this is what operators and health checks see of it.
 *
 * <p>Every attempt counts, a repetition too. What counts as a failure is {@link FailureKind#TRANSIENT}; a
 * {@link FailureKind#PERMANENT} one is an answer, and counts as a success; an {@link FailureKind#UNRELATED} one does
 * not count, and gives its place among the trial calls back. So does nothing that began before the breaker changed
 * its state: it tells of the past.
 *
 * <p>The state changes when somebody calls, not by itself: an open breaker whose time is over is still
 * {@link CircuitState#OPEN} until the next call. Thread-safe; nothing here blocks, but a listener that does: it is told
 * by the call that changed the state, or by one that tells of an earlier change meanwhile.
 */
public final class CircuitBreaker {

    private static final Logger LOG = LoggerFactory.getLogger(CircuitBreaker.class);

    private final String name;
    private final CircuitBreakerPolicy policy;
    private final Ticker ticker;
    private final io.github.resilience4j.circuitbreaker.CircuitBreaker engine;
    private final List<Listening> listeners = new CopyOnWriteArrayList<>();

    /** Changes that the listeners have not heard of; it guards what stands below it, but for reads of {@link #phase}. */
    private final Deque<Change> untold = new ArrayDeque<>();

    /** What an operator has forced; null while the breaker decides by itself. */
    private @Nullable State forced;

    /** How often the state has changed. */
    private long changes;

    /** Whether somebody tells the listeners. */
    private boolean telling;

    /** The state that the listeners know. An object of its own for each change, which tells calls from before it. */
    private volatile Phase phase;

    CircuitBreaker(String name, CircuitBreakerPolicy policy, Ticker ticker) {
        this.name = name;
        this.policy = policy;
        this.ticker = ticker;
        this.engine = new CircuitBreakerStateMachine(name, config(policy, ticker));
        this.phase = new Phase(State.CLOSED, ticker.now());
    }

    private static CircuitBreakerConfig config(CircuitBreakerPolicy policy, Ticker ticker) {
        boolean byCalls = policy.window() instanceof CallWindow.Calls;
        int size = policy.window() instanceof CallWindow.Calls calls
                ? calls.number()
                : (int) ((CallWindow.Time) policy.window()).length().toSeconds();
        return CircuitBreakerConfig.custom()
                .slidingWindow(
                        size,
                        policy.minimumCalls(),
                        byCalls ? SlidingWindowType.COUNT_BASED : SlidingWindowType.TIME_BASED)
                .failureRateThreshold((float) (100 * policy.failureRate()))
                .slowCallDurationThreshold(policy.slowCall())
                .slowCallRateThreshold((float) (100 * policy.slowRate()))
                .waitDurationInOpenState(policy.openFor())
                .permittedNumberOfCallsInHalfOpenState(policy.trialCalls())
                .clock(ticker.clock())
                .build();
    }

    /** The {@linkplain Resilience#name() name} of what it protects. */
    public String name() {
        return name;
    }

    /** What it was made with. */
    public CircuitBreakerPolicy policy() {
        return policy;
    }

    /** The state now. */
    public CircuitState state() {
        return stateOf(engine.getState());
    }

    /**
     * How the calls of the window ended.
     *
     * @see CircuitBreakerPolicy#window()
     */
    public CircuitBreakerFigures figures() {
        var metrics = engine.getMetrics();
        return new CircuitBreakerFigures(
                metrics.getNumberOfBufferedCalls(),
                metrics.getNumberOfFailedCalls(),
                metrics.getNumberOfSlowCalls(),
                metrics.getNumberOfNotPermittedCalls());
    }

    /** Refuses all calls until {@link #release()} or {@link #forceClosed()}. */
    public void forceOpen() {
        force(State.FORCED_OPEN);
    }

    /** Lets all calls through, and goes on counting, until {@link #release()} or {@link #forceOpen()}. */
    public void forceClosed() {
        force(State.METRICS_ONLY);
    }

    /** Goes back to deciding by itself: closed, with nothing counted yet. */
    public void release() {
        force(null);
    }

    private void force(@Nullable State state) {
        synchronized (untold) {
            forced = state;
            if (state == null) {
                engine.reset();
            }
            noteChange();
        }
        tellOfChanges();
    }

    /**
     * Tells a listener of all changes from now on, in their order, one at a time. A change that is undone before
     * anybody has noticed it is not told.
     *
     * @return ends it
     */
    public Registration onChange(CircuitBreakerListener listener) {
        Listening listening;
        synchronized (untold) {
            listening = new Listening(listener, changes);
        }
        listeners.add(listening);
        return () -> listeners.remove(listening);
    }

    /**
     * A health check: up while the breaker is closed, degraded otherwise. Never down, as all instances of a service
     * would leave their load balancer together because of one dependency that they share.
     */
    public HealthCheck health() {
        return () -> {
            CircuitState state = state();
            CircuitBreakerFigures figures = figures();
            HealthResult result = state == CircuitState.CLOSED
                    ? HealthResult.up()
                    : HealthResult.degraded("The circuit breaker of '" + name + "' is " + state + ".");
            return result.with("state", state.name())
                    .with("calls", figures.calls())
                    .with("failed", figures.failed())
                    .with("slow", figures.slow())
                    .with("refused", figures.refused());
        };
    }

    /**
     * Asks for permission. What it returns has to be handed to exactly one of the other methods.
     *
     * @throws CircuitOpenException if there is none
     */
    Phase acquire() {
        if (!isPermitted()) {
            refuse();
        }
        return noted();
    }

    private boolean isPermitted() {
        try {
            return engine.tryAcquirePermission();
        } catch (IllegalStateTransitionException e) {
            // It was about to try trial calls when an operator closed it.
            return true;
        }
    }

    private void refuse() {
        State state = noted().state;
        if (state == State.HALF_OPEN) {
            giveUpTrials();
        }
        throw new CircuitOpenException(name, stateOf(state));
    }

    /** Trial calls that never end would keep everybody out for ever. */
    private void giveUpTrials() {
        Phase trials = phase;
        if (trials.state == State.HALF_OPEN
                && ticker.now() - trials.since >= policy.trialsFor().toNanos()) {
            synchronized (untold) {
                // Not if somebody else, or the end of a trial call, has changed the state meanwhile.
                if (phase == trials && engine.getState() == State.HALF_OPEN) {
                    engine.transitionToOpenState();
                }
                noteChange();
            }
            tellOfChanges();
        }
    }

    void succeeded(Phase begun, long nanos) {
        count(begun, () -> engine.onSuccess(nanos, TimeUnit.NANOSECONDS));
    }

    void failed(Phase begun, long nanos, FailureKind kind, Throwable failure) {
        count(begun, () -> {
            switch (kind) {
                case TRANSIENT -> engine.onError(nanos, TimeUnit.NANOSECONDS, failure);
                case PERMANENT -> engine.onSuccess(nanos, TimeUnit.NANOSECONDS);
                case UNRELATED -> engine.releasePermission();
            }
        });
    }

    private void count(Phase begun, Runnable end) {
        if (!isPresent(begun)) {
            return;
        }
        try {
            if (begun.state == State.HALF_OPEN) {
                // A trial call decides the state.
                synchronized (untold) {
                    if (isPresent(begun)) {
                        end.run();
                    }
                }
            } else {
                end.run();
            }
        } catch (IllegalStateTransitionException e) {
            // It was about to open the breaker when an operator forced it.
            LOG.debug("The state of the circuit breaker of '{}' was forced meanwhile.", name, e);
        }
        noted();
    }

    /** Whether the breaker has not changed since a call began. */
    private boolean isPresent(Phase begun) {
        return begun == phase;
    }

    /** Tells of a change if there was one. */
    private Phase noted() {
        Phase known = phase;
        return engine.getState() == known.state ? known : tellOfChange();
    }

    private Phase tellOfChange() {
        Phase present;
        synchronized (untold) {
            present = noteChange();
        }
        tellOfChanges();
        return present;
    }

    // Under the lock. The engine has listeners of its own, but with one of them it makes an event with a time stamp for
    // each call.
    private Phase noteChange() {
        State before = phase.state;
        State now = forced == null ? engine.getState() : enforced(forced);
        if (before != now) {
            phase = new Phase(now, ticker.now());
            untold.add(new Change(++changes, stateOf(before), stateOf(now)));
        }
        return phase;
    }

    /** A call that began or ended at the moment of an operator's word may have changed the engine's state after it. */
    private State enforced(State state) {
        if (engine.getState() != state) {
            if (state == State.FORCED_OPEN) {
                engine.transitionToForcedOpenState();
            } else {
                engine.transitionToMetricsOnlyState();
            }
        }
        return state;
    }

    /** One at a time. */
    private void tellOfChanges() {
        synchronized (untold) {
            if (telling) {
                return;
            }
            telling = true;
        }
        for (Change change = nextToTell(); change != null; change = nextToTell()) {
            tell(change);
        }
    }

    private @Nullable Change nextToTell() {
        synchronized (untold) {
            Change next = untold.poll();
            telling = next != null;
            return next;
        }
    }

    private void tell(Change change) {
        unharmed(() -> LOG.info("The circuit breaker of '{}' went from {} to {}.", name, change.from(), change.to()));
        for (Listening listening : listeners) {
            if (change.number() > listening.after) {
                unharmed(() -> listening.listener.changed(this, change.from(), change.to()));
            }
        }
    }

    /** Whatever a listener or a logger throws, the others are told, and the call that tells them goes on. */
    private void unharmed(Runnable telling) {
        try {
            telling.run();
        } catch (Throwable e) {
            try {
                LOG.warn("A listener of the circuit breaker of '{}' failed.", name, e);
            } catch (Throwable unlogged) {
                // A logger that fails too leaves nobody to tell.
                return;
            }
        }
    }

    private record Change(long number, CircuitState from, CircuitState to) {}

    /** A listener, and the number of the last change before it listened. No record: each is equal to itself only. */
    private static final class Listening {

        private final CircuitBreakerListener listener;
        private final long after;

        Listening(CircuitBreakerListener listener, long after) {
            this.listener = listener;
            this.after = after;
        }
    }

    private static CircuitState stateOf(State state) {
        return switch (state) {
            case CLOSED -> CircuitState.CLOSED;
            case OPEN -> CircuitState.OPEN;
            case HALF_OPEN -> CircuitState.HALF_OPEN;
            case FORCED_OPEN -> CircuitState.FORCED_OPEN;
            case DISABLED, METRICS_ONLY -> CircuitState.FORCED_CLOSED;
        };
    }

    @Override
    public String toString() {
        return "CircuitBreaker[" + name + ", " + state() + "]";
    }

    /** A time in which the breaker does not change. */
    static final class Phase {

        private final State state;
        private final long since;

        Phase(State state, long since) {
            this.state = state;
            this.since = since;
        }
    }

    /** Ends what it was given for. */
    @FunctionalInterface
    public interface Registration extends AutoCloseable {

        /** Ends it. Does nothing the second time. */
        @Override
        void close();
    }
}
