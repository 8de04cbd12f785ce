package com.portfolio.infra.utilities.resilience;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Asynchronous calls that wait for their next attempt, so that none of them is forgotten. Thread-safe. */
final class Backoffs implements AutoCloseable {

    private final Workers workers;
    private final Set<Waiting> all = ConcurrentHashMap.newKeySet();

    Backoffs(Workers workers) {
        this.workers = workers;
    }

    /** Runs one of the two: the attempt when the time is over, or, if this is closed before, the other. */
    void after(long nanos, Runnable attempt, Runnable otherwise) {
        Waiting waiting = new Waiting(attempt, otherwise);
        all.add(waiting);
        try {
            waiting.timer = workers.after(nanos, waiting::attempt);
        } catch (RejectedExecutionException e) {
            waiting.giveUp();
            return;
        }
        if (workers.isClosed()) {
            waiting.giveUp();
        }
    }

    /** Ends all of them; the workers have to be closed before. */
    @Override
    public void close() {
        all.forEach(Waiting::giveUp);
    }

    private final class Waiting {

        private final Runnable attempt;
        private final Runnable otherwise;
        private final AtomicBoolean over = new AtomicBoolean();
        private volatile @Nullable Future<?> timer;

        Waiting(Runnable attempt, Runnable otherwise) {
            this.attempt = attempt;
            this.otherwise = otherwise;
        }

        /** On a thread of its own, as a call may wait for room and the timer must not. */
        void attempt() {
            if (end()) {
                try {
                    workers.execute(attempt);
                } catch (Throwable e) {
                    // Whatever an executor throws, somebody waits for the end; and what follows it may block.
                    workers.aside(otherwise);
                }
            }
        }

        void giveUp() {
            if (end()) {
                workers.aside(otherwise);
            }
            // Last, as the threads end with the last that is waited for.
            Future<?> waitedFor = timer;
            if (waitedFor != null) {
                waitedFor.cancel(false);
            }
        }

        private boolean end() {
            all.remove(this);
            return over.compareAndSet(false, true);
        }
    }
}
