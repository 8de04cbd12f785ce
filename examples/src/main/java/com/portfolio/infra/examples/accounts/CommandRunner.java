package com.portfolio.infra.examples.accounts;

import com.portfolio.infra.ports.InfrastructureException;
import com.portfolio.infra.ports.event.EventCodecException;
import com.portfolio.infra.ports.eventstore.AppendOutcomeUnknownException;
import com.portfolio.infra.ports.eventstore.EventIdConflictException;
import com.portfolio.infra.ports.eventstore.EventNotDecodableException;
import com.portfolio.infra.ports.eventstore.StreamClosedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/**
 * Carries out the commands of an input on several threads.
 *
 * <p>What one sender says about one user is done in the order of the lines. Different senders run side by
 * side, as they do in life, so that two of them may decide about one account at the same moment: then the
 * store takes the first, and the second is decided again. No command overtakes one that stands more than
 * {@value #WINDOW} lines before it.
 */
final class CommandRunner {

    static final int WINDOW = 512;

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 1_000;
    private static final int LONGEST_REASON = 300;

    private final AccountService service;
    private final Tally tally;
    private final Problems problems;
    private final List<ExecutorService> lanes = new ArrayList<>();
    private final Window window = new Window(WINDOW);
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CompletableFuture<Void> inputEnded = new CompletableFuture<>();
    private final AtomicReference<InfrastructureException> failure = new AtomicReference<>();
    private final LongAdder linesRead = new LongAdder();

    CommandRunner(AccountService service, int workers, Tally tally, Problems problems) {
        this.service = service;
        this.tally = tally;
        this.problems = problems;
        for (int i = 0; i < workers; i++) {
            String name = "worker-" + (i + 1);
            lanes.add(Executors.newSingleThreadExecutor(task -> daemon(name, task)));
        }
    }

    /**
     * Runs until the input ends, {@link #stop} is called or the store fails; returns when every command
     * that was taken from the input is finished. A command that fails by itself, in whatever way, is
     * counted and named, and the others go on.
     *
     * @throws UnreadableInputException if the input can't be read to its end; what stood before was done
     * @throws InfrastructureException  if the store failed or stayed away; nothing was lost, and running
     *         the same input again goes on
     */
    void run(LineReader lines) throws UnreadableInputException, InterruptedException {
        // Reading has a thread of its own, as a read from a terminal or a pipe can't be interrupted.
        daemon("input", () -> read(lines)).start();
        try {
            inputEnded.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnreadableInputException unreadable) {
                throw unreadable;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            window.close();
            window.awaitEmpty();
            lanes.forEach(ExecutorService::shutdown);
        }
        InfrastructureException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
    }

    /**
     * Lines that were read so far, without blank ones. After a run to the end of the input each of them
     * has been counted by the tally; where the two differ, a command was lost.
     */
    long linesRead() {
        return linesRead.sum();
    }

    /** Takes no further line; what was taken already is carried out. */
    void stop() {
        stopping.countDown();
        inputEnded.complete(null);
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    private void read(LineReader lines) {
        try {
            CommandParser parser = new CommandParser();
            boolean more = true;
            while (more && !isStopping()) {
                try {
                    Optional<InputLine> line = next(lines);
                    more = line.isPresent();
                    if (more && !line.get().text().isBlank()) {
                        dispatch(parser.parse(line.get()));
                    }
                } catch (MalformedLineException e) {
                    tally.malformed();
                    problems.tell(String.valueOf(e.getMessage()));
                }
            }
            inputEnded.complete(null);
        } catch (Throwable e) {
            // An Error too: a reader that ended without a word would be waited for without end.
            inputEnded.completeExceptionally(e);
        }
    }

    /** Counts the line, even where it is none that can be read. */
    private Optional<InputLine> next(LineReader lines) throws MalformedLineException, UnreadableInputException {
        try {
            Optional<InputLine> line = lines.next();
            if (line.isPresent() && !line.get().text().isBlank()) {
                linesRead.increment();
            }
            return line;
        } catch (MalformedLineException e) {
            linesRead.increment();
            throw e;
        }
    }

    private void dispatch(SubmittedCommand submitted) throws InterruptedException {
        long ticket = window.enter();
        if (ticket < 0) {
            return;
        }
        int lane = Math.floorMod(
                31 * submitted.sender().hashCode()
                        + submitted.command().userId().hashCode(),
                lanes.size());
        boolean handedOver = false;
        try {
            lanes.get(lane).execute(() -> {
                try {
                    if (failure.get() == null) {
                        handle(submitted);
                    }
                } finally {
                    window.leave(ticket);
                }
            });
            handedOver = true;
        } finally {
            if (!handedOver) {
                window.leave(ticket);
            }
        }
    }

    private void handle(SubmittedCommand submitted) {
        try {
            Outcome outcome = patiently(submitted.command());
            tally.count(outcome);
            if (outcome instanceof Outcome.GivenUp) {
                problems.tell("line " + submitted.line() + " was given up, as others changed the account "
                        + outcome.conflicts() + " times meanwhile");
            }
        } catch (EventCodecException
                | EventNotDecodableException
                | EventIdConflictException
                | StreamClosedException e) {
            // This command's own trouble; the others are not affected.
            failed(submitted, String.valueOf(e.getMessage()));
        } catch (InfrastructureException e) {
            failure.compareAndSet(null, e);
            stop();
        } catch (InterruptedException e) {
            failed(submitted, "it was interrupted");
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            // Nobody expects it, and its lane must outlive it: the next commands are not affected.
            failed(submitted, unexpected(e));
        }
    }

    private void failed(SubmittedCommand submitted, String reason) {
        tally.failed();
        problems.tell("line " + submitted.line() + " failed: " + reason);
    }

    /** In one line, and not a long one, as anything may have thrown it. */
    private static String unexpected(Throwable e) {
        String text = e.toString().lines().findFirst().orElse("");
        return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON) + "…";
    }

    /** A store that is away is waited for, for longer than its own repetitions last: a file is not to end half-way for a restart. */
    private Outcome patiently(AccountCommand command) throws InterruptedException {
        long giveUpAt = System.nanoTime() + PATIENCE.toNanos();
        long pause = FIRST_PAUSE_MILLIS;
        boolean answerLost = false;
        while (true) {
            try {
                Outcome outcome = service.handle(command);
                // The append came after a look at the stream that did not find the event.
                return answerLost && outcome instanceof Outcome.AlreadyDone
                        ? new Outcome.Recovered(outcome.conflicts())
                        : outcome;
            } catch (InfrastructureException e) {
                answerLost |= e instanceof AppendOutcomeUnknownException;
                if (!e.isRetryable()
                        || System.nanoTime() - giveUpAt > 0
                        || stopping.await(pause, TimeUnit.MILLISECONDS)) {
                    throw e;
                }
                pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
            }
        }
    }

    private static Thread daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
