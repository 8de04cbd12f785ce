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

    /** Who has worked for so long gives the rest of what he took back, as others may be free. */
    private static final long LONG_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final String group;
    private final Duration handlerTimeout;
    private final HandlerCall<D, ?> call;
    private final Judge judge;
    private final DeadLetterSink<? super D> letters;
    private final Desk<D> desk;
    private final Clock clock;

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

    void work(List<Held<D>> taken, Bench bench) {
        long begun = System.nanoTime();
        List<Held<D>> judged = new ArrayList<>(taken.size());
        List<Verdict> verdicts = new ArrayList<>(taken.size());
        List<Held<D>> untouched = new ArrayList<>(0);
        for (Held<D> held : taken) {
            boolean late = !judged.isEmpty() && System.nanoTime() - begun > LONG_NANOS;
            Verdict verdict = late || !desk.mayBegin() ? null : verdictOrStop(held, bench);
            if (verdict == null) {
                untouched.add(held);
            } else {
                judged.add(held);
                verdicts.add(verdict);
            }
        }
        for (Held<D> held : desk.settle(judged, verdicts, untouched)) {
            store(held, held.letter().orElseThrow());
        }
    }

    /** Nothing but a clock, or the library itself, can fail here; without this the message would be held for ever. */
    private @Nullable Verdict verdictOrStop(Held<D> held, Bench bench) {
        try {
            return verdict(held, bench);
        } catch (RuntimeException | Error e) {
            LOG.error("The subscription of group '{}' has failed and does not go on.", group, e);
            desk.stop("It failed: " + e);
            return null;
        }
    }

    /** Null if there was no reason to begin. */
    private @Nullable Verdict verdict(Held<D> held, Bench bench) {
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
    static final class Bench {

        private volatile @Nullable Attempt running;

        @Nullable Attempt running() {
            return running;
        }
    }
}
