package com.portfolio.infra.examples.accounts;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts what becomes of the commands. Thread-safe. */
final class Tally {

    private final LongAdder accepted = new LongAdder();
    private final LongAdder recovered = new LongAdder();
    private final LongAdder alreadyDone = new LongAdder();
    private final LongAdder malformed = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder conflicts = new LongAdder();
    private final Map<Rejection, LongAdder> rejected = new EnumMap<>(Rejection.class);

    Tally() {
        for (Rejection rejection : Rejection.values()) {
            rejected.put(rejection, new LongAdder());
        }
    }

    /** A line that is not a command. */
    void malformed() {
        malformed.increment();
    }

    /** A command that could not be decided or stored. */
    void failed() {
        failed.increment();
    }

    /** A command with an outcome. */
    void count(Outcome outcome) {
        conflicts.add(outcome.conflicts());
        if (outcome instanceof Outcome.Accepted) {
            accepted.increment();
        } else if (outcome instanceof Outcome.Recovered) {
            recovered.increment();
        } else if (outcome instanceof Outcome.AlreadyDone) {
            alreadyDone.increment();
        } else if (outcome instanceof Outcome.Rejected refusal) {
            rejected.computeIfAbsent(refusal.rejection(), none -> new LongAdder())
                    .increment();
        } else {
            failed.increment();
        }
    }

    Totals totals() {
        Map<Rejection, Long> refusals = new EnumMap<>(Rejection.class);
        rejected.forEach((rejection, count) -> {
            if (count.sum() > 0) {
                refusals.put(rejection, count.sum());
            }
        });
        return new Totals(
                accepted.sum(),
                recovered.sum(),
                alreadyDone.sum(),
                refusals,
                malformed.sum(),
                failed.sum(),
                conflicts.sum());
    }

    /**
     * What was counted.
     *
     * @param answered    commands whose event was stored, as the store answered
     * @param recovered   commands whose event was stored, as asking again showed after a lost answer
     * @param alreadyDone commands whose event was there before this run
     * @param rejected    commands that can't be done, by the reason
     * @param malformed   lines that are not commands
     * @param failed      commands that could not be decided or stored
     * @param conflicts   how often another writer was faster and a command was decided again
     */
    record Totals(
            long answered,
            long recovered,
            long alreadyDone,
            Map<Rejection, Long> rejected,
            long malformed,
            long failed,
            long conflicts) {

        /** Events that were stored by this run: one for each command that was accepted. */
        long stored() {
            return answered + recovered;
        }

        /** Lines that were dealt with. */
        long all() {
            return stored() + alreadyDone + rejections() + malformed + failed;
        }

        /** Commands that can't be done. */
        long rejections() {
            return rejected.values().stream().mapToLong(Long::longValue).sum();
        }
    }
}
