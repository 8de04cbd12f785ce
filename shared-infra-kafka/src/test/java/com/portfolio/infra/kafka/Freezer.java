package com.portfolio.infra.kafka;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Stops the threads that poll for a bus, as if its process were frozen. Thread-safe. */
final class Freezer {

    private volatile long until = System.nanoTime();

    void freezeFor(Duration time) {
        until = System.nanoTime() + time.toNanos();
    }

    void pass() {
        long left = until - System.nanoTime();
        while (left > 0) {
            LockSupport.parkNanos(left);
            left = until - System.nanoTime();
        }
    }
}
