package com.portfolio.infra.utilities.health;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes threads that keep no JVM alive. */
final class Daemons {

    private Daemons() {}

    /** For a pool of one thread. */
    static ThreadFactory named(String name) {
        return work -> daemon(work, name);
    }

    /** The first is {@code <name>-1}. */
    static ThreadFactory numbered(String name) {
        AtomicInteger made = new AtomicInteger();
        return work -> daemon(work, name + "-" + made.incrementAndGet());
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }
}
