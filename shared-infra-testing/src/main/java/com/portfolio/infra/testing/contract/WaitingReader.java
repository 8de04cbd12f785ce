package com.portfolio.infra.testing.contract;

import com.portfolio.infra.ports.eventstore.EventLog;
import com.portfolio.infra.ports.eventstore.Position;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A thread that waits for events behind the head of a log. */
final class WaitingReader {

    /** Long enough for a wait to have begun, whatever it has to connect to. */
    private static final Duration A_WHILE = Duration.ofMillis(300);

    private final CompletableFuture<Boolean> outcome = new CompletableFuture<>();
    private final Thread thread;

    private WaitingReader(EventLog log, Position position, Duration timeout) {
        this.thread = new Thread(() -> {
            try {
                outcome.complete(log.awaitBeyond(position, timeout));
            } catch (Throwable e) {
                outcome.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
    }

    /** One that waits already, and found nothing for a while. */
    static WaitingReader behindTheHeadOf(EventLog log, Duration timeout) {
        WaitingReader reader = new WaitingReader(log, log.head(), timeout);
        reader.thread.start();
        if (reader.hasEndedWithin(A_WHILE)) {
            throw new AssertionError("Nothing was appended, and yet a wait for more ended: " + reader.outcome);
        }
        return reader;
    }

    void interrupt() {
        thread.interrupt();
    }

    /** What the wait returned; throws what it threw. */
    boolean outcome(Duration within) throws Throwable {
        if (!hasEndedWithin(within)) {
            throw new AssertionError("The wait for more did not end within " + within + ".");
        }
        try {
            return outcome.get();
        } catch (ExecutionException e) {
            throw e.getCause();
        }
    }

    private boolean hasEndedWithin(Duration time) {
        try {
            outcome.get(TimeUnit.NANOSECONDS.convert(time), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("The thread was interrupted while it waited for another.", e);
        }
    }
}
