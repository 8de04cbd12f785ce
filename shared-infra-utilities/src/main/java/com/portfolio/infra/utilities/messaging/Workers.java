package com.portfolio.infra.utilities.messaging;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The threads of a consumer that call its handler, as many as there is work for. */
final class Workers<D extends Delivery> {

    private final String name;
    private final int most;
    private final Desk<D> desk;
    private final Handling<D> handling;
    private final Set<Worker> workers = ConcurrentHashMap.newKeySet();
    private int started;

    Workers(String name, int most, Desk<D> desk, Handling<D> handling) {
        this.name = name;
        this.most = most;
        this.desk = desk;
        this.handling = handling;
    }

    /** Starts those that are missing. For one thread. */
    void start() {
        int missing = Math.min(desk.missingWorkers(), most - workers.size());
        for (int i = 0; i < missing; i++) {
            Worker worker = new Worker(name + "-" + ++started);
            workers.add(worker);
            worker.start();
        }
    }

    void cancelOverdue(Instant now) {
        overdue(now).forEach(Attempt::cancel);
    }

    /** Has nobody wait for somebody else's handler. Those that are quick have done with it before this is called again. */
    void relieve() {
        workers.forEach(worker -> handling.relieve(worker.bench));
    }

    /** Which handler has not returned in time. */
    Optional<String> lateHandler(Instant now) {
        return overdue(now).stream()
                .findFirst()
                .map(attempt -> "The handler of message " + attempt.name() + " has not returned in time.");
    }

    private List<Attempt> overdue(Instant now) {
        List<Attempt> overdue = new ArrayList<>();
        for (Worker worker : workers) {
            Attempt attempt = worker.bench.running();
            if (attempt != null && attempt.isOverdue(now)) {
                overdue.add(attempt);
            }
        }
        return overdue;
    }

    /** Waits for all to end, who were told. */
    void join(long millis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (Worker worker : workers) {
            worker.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
        }
    }

    private final class Worker extends Thread {

        private final Handling.Bench<D> bench = new Handling.Bench<>();

        Worker(String name) {
            super(name);
            setDaemon(true);
        }

        @Override
        public void run() {
            try {
                Batch<D> taken = desk.take(handling.most());
                while (!taken.isEmpty()) {
                    handling.work(taken, bench);
                    taken = desk.take(handling.most());
                }
            } catch (InterruptedException e) {
                desk.stop("A thread of its handlers was interrupted by somebody else.");
            } catch (RuntimeException | Error e) {
                desk.stop("It failed: " + e);
                throw e;
            } finally {
                workers.remove(this);
            }
        }
    }
}
