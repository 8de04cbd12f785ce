package com.portfolio.infra.utilities.resilience;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Lets work of one key begin only when the work before it has ended; different keys do not wait for each other. Thread-safe. */
final class KeyLanes {

    private final Map<String, Lane> lanes = new HashMap<>();
    private final int maxWaiting;
    private final Executor others;
    private int waiting;

    /**
     * @param maxWaiting how much work may wait
     * @param others     runs work that has waited: who enters or ends work does not do that of others. Never refuses
     */
    KeyLanes(int maxWaiting, Executor others) {
        this.maxWaiting = maxWaiting;
        this.others = others;
    }

    /**
     * Begins the work when its turn comes: now and here if no other work of its key is there.
     *
     * @param begin does not throw; ends, now or later, with {@link #leave}
     * @return false if too much is waiting already; then nothing was done
     */
    boolean enter(String key, Runnable begin) {
        synchronized (this) {
            Lane lane = lanes.computeIfAbsent(key, absent -> new Lane());
            if (lane.busy || lane.draining || !lane.work.isEmpty()) {
                return isQueued(lane, begin);
            }
            lane.busy = true;
            lane.draining = true;
        }
        begin.run();
        if (stopDraining(key)) {
            others.execute(() -> drain(key));
        }
        return true;
    }

    private boolean isQueued(Lane lane, Runnable begin) {
        if (waiting >= maxWaiting) {
            return false;
        }
        lane.work.add(begin);
        waiting++;
        return true;
    }

    /** Takes work back that has not begun: whether it was still waiting, and so will never begin. */
    synchronized boolean withdraw(String key, Runnable begin) {
        Lane lane = lanes.get(key);
        if (lane == null || !lane.work.remove(begin)) {
            return false;
        }
        waiting--;
        return true;
    }

    /** The work of a key that was begun has ended. */
    void leave(String key) {
        boolean more;
        synchronized (this) {
            Lane lane = lanes.get(key);
            if (lane == null) {
                return;
            }
            lane.busy = false;
            more = !lane.draining && isLeft(key, lane);
        }
        if (more) {
            others.execute(() -> drain(key));
        }
    }

    /** Whether there is work that somebody has to begin. */
    private synchronized boolean stopDraining(String key) {
        Lane lane = lanes.get(key);
        if (lane == null) {
            return false;
        }
        lane.draining = false;
        return !lane.busy && isLeft(key, lane);
    }

    /** Whether work waits on a lane on which none is under way; one without work is forgotten. */
    private boolean isLeft(String key, Lane lane) {
        if (lane.work.isEmpty()) {
            lanes.remove(key);
            return false;
        }
        return true;
    }

    /** Begins what may begin. In a loop, and one thread at a time, as work that ends at once must not nest. */
    private void drain(String key) {
        Runnable next = next(key, true);
        while (next != null) {
            next.run();
            next = next(key, false);
        }
    }

    private synchronized @Nullable Runnable next(String key, boolean beginning) {
        Lane lane = lanes.get(key);
        if (lane == null || (beginning && lane.draining)) {
            return null;
        }
        if (lane.busy || !isLeft(key, lane)) {
            lane.draining = false;
            return null;
        }
        lane.draining = true;
        lane.busy = true;
        waiting--;
        return lane.work.remove();
    }

    /** How many keys have work. */
    synchronized int size() {
        return lanes.size();
    }

    private static final class Lane {

        private final Deque<Runnable> work = new ArrayDeque<>();

        /** Whether work was begun that has not ended. */
        private boolean busy;

        /** Whether a thread is in the loop. */
        private boolean draining;
    }
}
