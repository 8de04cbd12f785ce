package com.portfolio.infra.utilities.resilience;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lets work of one key begin only when the work before it has ended; different keys do not wait for each other. Thread-safe. */
final class KeyLanes {

    private final Map<String, Lane> lanes = new HashMap<>();
    private final int maxWaiting;
    private int waiting;

    KeyLanes(int maxWaiting) {
        this.maxWaiting = maxWaiting;
    }

    /**
     * Begins the work when its turn comes: now, on this thread, or on the one that {@linkplain #drain drains} after
     * the work before it has ended.
     *
     * @param begin does not throw; ends, now or later, with {@link #leave}
     * @return false if too much is waiting already; then nothing was done
     */
    boolean enter(String key, Runnable begin) {
        synchronized (this) {
            Lane lane = lanes.computeIfAbsent(key, absent -> new Lane());
            if (lane.busy && waiting >= maxWaiting) {
                return false;
            }
            lane.work.add(begin);
            waiting++;
        }
        drain(key);
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

    /**
     * The work of a key that was begun has ended.
     *
     * @return whether there is more, so that somebody has to {@linkplain #drain drain}
     */
    synchronized boolean leave(String key) {
        Lane lane = lanes.get(key);
        if (lane == null) {
            return false;
        }
        lane.busy = false;
        if (lane.work.isEmpty() && !lane.draining) {
            lanes.remove(key);
        }
        return !lane.work.isEmpty() && !lane.draining;
    }

    /** Begins what may begin. In a loop, and one thread at a time, as work that ends at once must not nest. */
    void drain(String key) {
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
        if (lane.busy || lane.work.isEmpty()) {
            lane.draining = false;
            if (!lane.busy) {
                lanes.remove(key);
            }
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
