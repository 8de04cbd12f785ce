package com.portfolio.infra.utilities.eventing;

import com.portfolio.infra.ports.eventstore.Checkpoint;
import com.portfolio.infra.ports.eventstore.EventStoreException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the thread of a subscription shares with others: its status, and whether it should pause or end.
 *
 * <p>Closing and pausing interrupt the thread only while it {@linkplain #waitIn waits}, so that they break off
 * neither a handler nor the reading of a page. A log may well ask its database while it is waited for; how
 * such a wait ends once it was interrupted says nothing about the log.
 */
final class Control {

    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    private CatchUpStatus status;
    private boolean closing;
    private boolean paused;
    private @Nullable Thread waiting;
    private boolean brokenOff;

    Control(String name, Clock clock) {
        this.clock = clock;
        this.status = new CatchUpStatus(
                name, CatchUpState.STARTING, clock.instant(), Optional.empty(), 0, 0, Optional.empty());
    }

    /** A wait that an interrupt ends. */
    @FunctionalInterface
    interface Wait {
        void run() throws InterruptedException;
    }

    // Called by others

    CatchUpStatus status() {
        lock.lock();
        try {
            return status;
        } finally {
            lock.unlock();
        }
    }

    void requestClose() {
        lock.lock();
        try {
            closing = true;
            breakOffWait();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void pause(boolean pause) {
        lock.lock();
        try {
            paused = pause;
            if (pause) {
                breakOffWait();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void breakOffWait() {
        if (waiting != null) {
            brokenOff = true;
            waiting.interrupt();
        }
    }

    /** Waits until the status is as wished for; {@code false} when the time has run out. */
    boolean await(Predicate<CatchUpStatus> wish, Duration timeout, String what) throws InterruptedException {
        long remaining = TimeUnit.NANOSECONDS.convert(timeout);
        lock.lockInterruptibly();
        try {
            while (!wish.test(status)) {
                if (status.state().isFinal()) {
                    throw new SubscriptionEndedException(status, what);
                }
                if (remaining <= 0) {
                    return false;
                }
                remaining = changed.awaitNanos(remaining);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    // Called by the thread of the subscription

    boolean isClosing() {
        lock.lock();
        try {
            return closing;
        } finally {
            lock.unlock();
        }
    }

    void enter(CatchUpState state) {
        change(current -> current.with(state, clock.instant()));
    }

    void enter(CatchUpState state, Throwable error) {
        change(current -> current.with(state, clock.instant()).with(error));
    }

    void failed(Throwable error) {
        change(current -> current.with(error));
    }

    void reached(Checkpoint checkpoint, int handled) {
        change(current -> current.reached(checkpoint, handled));
    }

    void parkedOneMore() {
        change(CatchUpStatus::parkedOneMore);
    }

    private void change(UnaryOperator<CatchUpStatus> how) {
        lock.lock();
        try {
            status = how.apply(status);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns when work may go on: at once, or at the end of a pause. */
    void waitWhilePaused() throws ClosingException {
        lock.lock();
        try {
            if (paused && !closing) {
                CatchUpState before = status.state();
                enter(CatchUpState.PAUSED);
                while (paused && !closing) {
                    changed.awaitUninterruptibly();
                }
                enter(before);
            }
            if (closing) {
                throw new ClosingException();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a time, for instance before another try. */
    void waitFor(Duration time) throws ClosingException {
        waitIn(() -> {
            lock.lock();
            try {
                long remaining = TimeUnit.NANOSECONDS.convert(time);
                while (remaining > 0 && !closing) {
                    remaining = changed.awaitNanos(remaining);
                }
            } finally {
                lock.unlock();
            }
        });
    }

    /** Runs a wait that closing the subscription ends. Pausing it, or an interrupt from elsewhere, ends this wait only. */
    void waitIn(Wait wait) throws ClosingException {
        try {
            if (begin()) {
                wait.run();
            }
        } catch (InterruptedException e) {
            // Who interrupts says by 'closing' what is meant.
        } catch (EventStoreException e) {
            if (!wasBrokenOff()) {
                throw e;
            }
            // An interrupted driver gives its connection up. Whether the log is there is seen with the next page.
        } finally {
            end();
        }
        if (isClosing()) {
            throw new ClosingException();
        }
    }

    /** Whether there is anything to wait for, and from now on somebody to interrupt. */
    private boolean begin() {
        lock.lock();
        try {
            waiting = Thread.currentThread();
            brokenOff = false;
            return mayWait();
        } finally {
            lock.unlock();
        }
    }

    /** Whether neither closing nor a pause ends waiting. A log may not hear the interrupt that tells of them. */
    boolean mayWait() {
        lock.lock();
        try {
            return !closing && !paused;
        } finally {
            lock.unlock();
        }
    }

    private boolean wasBrokenOff() {
        lock.lock();
        try {
            return brokenOff;
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            waiting = null;
            Thread.interrupted();
        } finally {
            lock.unlock();
        }
    }
}
