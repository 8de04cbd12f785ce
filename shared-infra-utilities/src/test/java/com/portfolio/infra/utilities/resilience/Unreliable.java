package com.portfolio.infra.utilities.resilience;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** A dependency that fails as it is told, and then works. Thread-safe. */
final class Unreliable {

    private final Deque<Throwable> failures = new ArrayDeque<>();
    private int calls;

    Unreliable failing(Throwable... next) {
        synchronized (this) {
            failures.addAll(Arrays.asList(next));
            return this;
        }
    }

    /** The number of the call, from 1, unless it fails. */
    synchronized int call() throws Exception {
        calls++;
        Throwable failure = failures.poll();
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure != null) {
            throw (Exception) failure;
        }
        return calls;
    }

    synchronized int calls() {
        return calls;
    }
}
