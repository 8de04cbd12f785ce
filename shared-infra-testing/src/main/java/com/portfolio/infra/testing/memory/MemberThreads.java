package com.portfolio.infra.testing.memory;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads of a member: one that drives it, and those that call its handler, as many as are needed. */
final class MemberThreads {

    private static final long IDLE_SECONDS = 1;
    private static final long STOP_MILLIS = 10_000;

    private final Thread driver;
    private final ThreadPoolExecutor workers;
    private final List<Thread> workerThreads = new CopyOnWriteArrayList<>();

    MemberThreads(String group, int concurrency, Runnable drive) {
        this.driver = daemon("memory-bus-" + group, drive);
        ThreadFactory factory = task -> worker("memory-bus-" + group + "-handler", task);
        this.workers = new ThreadPoolExecutor(
                concurrency, concurrency, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
        workers.allowCoreThreadTimeOut(true);
    }

    private Thread worker(String name, Runnable task) {
        Thread thread = daemon(name, task);
        workerThreads.removeIf(other -> other.getState() == Thread.State.TERMINATED);
        workerThreads.add(thread);
        return thread;
    }

    /** A test that forgets to close its bus still ends. */
    private static Thread daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    void start() {
        driver.start();
    }

    void handle(Runnable task) {
        workers.execute(task);
    }

    /** Does something on a thread of its own, which the common pool may not have. */
    void aside(Runnable task) {
        daemon(driver.getName() + "-aside", task).start();
    }

    /** Takes no more work. */
    void shutdown() {
        workers.shutdown();
    }

    /** Waits for the threads to end, after {@link #shutdown}; not for handlers, unless they have returned. */
    void awaitEnd(boolean handlersReturned) {
        try {
            driver.join(STOP_MILLIS);
            if (handlersReturned) {
                for (Thread worker : workerThreads) {
                    worker.join(STOP_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
