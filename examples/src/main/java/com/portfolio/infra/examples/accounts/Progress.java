package com.portfolio.infra.examples.accounts;

import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Says once a second how far the commands have come, while there are any. */
final class Progress implements AutoCloseable {

    private final Tally tally;
    private final PrintStream err;
    private final CountDownLatch closing = new CountDownLatch(1);
    private long before;

    Progress(Tally tally, PrintStream err) {
        this.tally = tally;
        this.err = err;
    }

    Progress start() {
        Thread thread = new Thread(this::everySecond, "progress");
        thread.setDaemon(true);
        thread.start();
        return this;
    }

    private void everySecond() {
        try {
            while (!closing.await(1, TimeUnit.SECONDS)) {
                tell();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell() {
        Tally.Totals totals = tally.totals();
        long now = totals.all();
        if (now > before) {
            err.println("  " + Report.grouped(now) + " commands so far, " + Report.grouped(now - before)
                    + " in the last second; " + Report.grouped(totals.conflicts()) + " conflicts");
        }
        before = now;
    }

    @Override
    public void close() {
        closing.countDown();
    }
}
