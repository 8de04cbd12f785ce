package com.portfolio.infra.utilities.messaging;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a worker does with the messages that it took: calls the handler, and stores dead letters. Thread-safe. */
final class Handling<D extends Delivery> {

    private static final Logger LOG = LoggerFactory.getLogger(MessageConsumer.class);

    /** So many messages are taken at once, where they take next to no time, as each taking costs a lock. */
    private static final int MOST_TAKEN = 32;

    private static final long SHORT_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

    /** Who has worked for so long gives the rest of what he took back, as others may be free. */
    private static final long LONG_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final String group;
    private final Duration handlerTimeout;
    private final HandlerCall<D, ?> call;
    private final Judge judge;
    private final DeadLetterSink<? super D> letters;
    private final Desk<D> desk;
    private final Clock clock;

    /** About how long a message took lately. Of two threads that tell it at a time one may be overheard. */
    private volatile long usualNanos = SHORT_NANOS;

    Handling(
            String group,
            Duration handlerTimeout,
            HandlerCall<D, ?> call,
            Judge judge,
            DeadLetterSink<? super D> letters,
            Desk<D> desk,
            Clock clock) {
        this.group = group;
        this.handlerTimeout = handlerTimeout;
        this.call = call;
        this.judge = judge;
        this.letters = letters;
        this.desk = desk;
        this.clock = clock;
    }

    /** How many messages to take at once: one, unless they take next to no time. */
    int most() {
        return usualNanos < SHORT_NANOS ? MOST_TAKEN : 1;
    }

    void work(Batch<D> taken, Bench<D> bench) {
        long begun = System.nanoTime();
        long now = begun;
        int worked = 0;
        List<Held<D>> untouched = new ArrayList<>(0);
        bench.batch = taken;
        Held<D> held = taken.next();
        while (held != null) {
            Verdict verdict = desk.mayBegin() ? verdictOrStop(held, bench) : null;
            if (verdict == null) {
                untouched.add(held);
            } else {
                taken.judge(held, verdict);
                worked++;
            }
            now = System.nanoTime();
            if (now - begun > LONG_NANOS) {
                untouched.addAll(taken.rest());
            }
            held = taken.next();
        }
        bench.batch = null;
        usualNanos = (7 * usualNanos + (now - begun) / Math.max(1, worked)) / 8;
        for (Held<D> letter : desk.settle(taken.judged(), untouched)) {
            store(letter, letter.letter().orElseThrow());
        }
    }

    /** Relieves a worker who may be slow with a message of the others that he took. Called by another thread. */
    void relieve(Bench<D> bench) {
        Batch<D> batch = bench.batch;
        if (batch != null && batch.size() > 1) {
            desk.relieve(batch.judgedButLetters(), batch.rest());
        }
    }

    /** Nothing but a clock, or the library itself, can fail here; without this the message would be held for ever. */
    private @Nullable Verdict verdictOrStop(Held<D> held, Bench<D> bench) {
        try {
            return verdict(held, bench);
        } catch (RuntimeException | Error e) {
            LOG.error("The subscription of group '{}' has failed and does not go on.", group, e);
            desk.stop("It failed: " + e);
            return null;
        }
    }

    /** Null if there was no reason to begin. */
    private @Nullable Verdict verdict(Held<D> held, Bench<D> bench) {
        Verdict.@Nullable Letter letter = held.letter().orElse(null);
        if (letter != null) {
            return letter;
        }
        Attempt attempt = new Attempt(
                group, held.delivery(), held.attempt(), clock.instant().plus(handlerTimeout));
        bench.running = attempt;
        try {
            if (!held.begin(attempt)) {
                return null;
            }
            Outcome outcome = call.run(held.delivery(), attempt);
            Verdict verdict = judge.judge(attempt.name(), held.attempt(), outcome);
            report(attempt, outcome, verdict);
            return verdict;
        } finally {
            held.end();
            bench.running = null;
        }
    }

    private void report(Attempt attempt, Outcome outcome, Verdict verdict) {
        if (outcome instanceof Outcome.Undecodable undecodable && verdict instanceof Verdict.Done) {
            LOG.warn(
                    "Group '{}' ignores message {}: {}",
                    group,
                    attempt.name(),
                    undecodable.failure().getMessage());
        }
    }

    private void store(Held<D> held, Verdict.Letter letter) {
        CompletionStage<?> stored;
        try {
            stored = letters.store(held.delivery(), letter.attempts(), letter.failure());
        } catch (RuntimeException | Error e) {
            notStored(held, e);
            return;
        }
        stored.whenComplete((nothing, failure) -> {
            if (failure == null) {
                desk.stored(held);
            } else {
                notStored(held, failure);
            }
        });
    }

    private void notStored(Held<D> held, Throwable failure) {
        LOG.warn(
                "A dead letter of group '{}' could not be stored, and waits: message {}",
                group,
                held.delivery().name(),
                failure);
        desk.notStored(held, judge.storeAgainAfter(held.countStoring()));
    }

    /** Where others see what a worker is at. */
    static final class Bench<D extends Delivery> {

        private volatile @Nullable Attempt running;
        private volatile @Nullable Batch<D> batch;

        @Nullable Attempt running() {
            return running;
        }
    }
}
