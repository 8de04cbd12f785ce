package com.portfolio.infra.crash;

import com.portfolio.infra.neon.NeonDatabase;
import com.portfolio.infra.neon.NeonEventStore;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The process that writes. Each of its threads sends one request after the other and says what it is
 * about to send and what it was answered.
 */
final class Writer {

    private static final int THREADS_OF_A_KIND = 2;

    private Writer() {}

    public static void main(String[] arguments) throws InterruptedException {
        Sabotage sabotage = Sabotage.valueOf(arguments[0]);
        SplittableRandom random = new SplittableRandom(Long.parseLong(arguments[1]));
        Reporting reporting = new Reporting();
        AtomicBoolean stopping = new AtomicBoolean();
        Reporting.onStop(() -> stopping.set(true));
        // A thread that fails ends the process, which the parent notices.
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            failure.printStackTrace();
            Runtime.getRuntime().halt(2);
        });

        try (NeonDatabase patient = Opening.patiently();
                NeonDatabase hasty = Opening.hastily()) {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < THREADS_OF_A_KIND; i++) {
                for (NeonDatabase database : List.of(patient, hasty)) {
                    NeonEventStore store = Opening.untilItAnswers(() -> new NeonEventStore(database, Noted.CODEC));
                    WriterStore stores = new WriterStore(store, sabotage, random.split());
                    threads.add(new Thread(new WriterLoop(stores, reporting, random.split(), stopping)));
                }
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
        }
        System.exit(0);
    }
}
