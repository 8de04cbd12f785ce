package com.portfolio.infra.examples.accounts;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a run ended.
 *
 * @param status   the exit status
 * @param sentence what is to be said of it; empty if all is well
 */
record Verdict(int status, Optional<String> sentence) {

    static final int DONE = 0;
    static final int PART_FAILED = 1;
    static final int SOME_LINES_FAILED = 2;

    /**
     * What a verdict is made of.
     *
     * @param source    what the commands came from
     * @param status    how carrying them out ended
     * @param stopped   whether it was asked to end
     * @param kept      whether the data is there for another run
     * @param linesRead lines that were read
     * @param totals    what became of them
     * @param caughtUp  whether everything was projected, published and received
     * @param logged    events that the log has since the start; empty if it was not asked
     */
    record Facts(
            String source,
            int status,
            boolean stopped,
            boolean kept,
            long linesRead,
            Tally.Totals totals,
            boolean caughtUp,
            OptionalLong logged) {

        /** Whether the input was carried out to its end. */
        boolean complete() {
            return status == DONE && !stopped;
        }
    }

    static Verdict of(Facts facts) {
        Tally.Totals totals = facts.totals();
        if (!facts.complete()) {
            return new Verdict(
                    facts.status() == DONE ? PART_FAILED : facts.status(), Optional.of(unfinished(facts.kept())));
        }
        if (facts.linesRead() != totals.all()) {
            return failed("This must not happen: " + Report.grouped(facts.linesRead()) + " lines were read, but "
                    + Report.grouped(totals.all()) + " have an outcome. Commands may not have been carried out.");
        }
        if (facts.logged().isPresent() && facts.logged().getAsLong() < totals.stored()) {
            return failed(Report.grouped(totals.stored()) + " events were stored, but the log shows "
                    + Report.grouped(facts.logged().getAsLong())
                    + " of them so far: another transaction may be holding it back.");
        }
        if (!facts.caughtUp()) {
            return failed("Not everything was projected, published and received in time; the events are stored"
                    + (facts.kept() ? ", and the next run goes on." : "."));
        }
        if (totals.all() == 0) {
            return new Verdict(SOME_LINES_FAILED, Optional.of(facts.source() + " holds no commands."));
        }
        return new Verdict(totals.malformed() + totals.failed() > 0 ? SOME_LINES_FAILED : DONE, Optional.empty());
    }

    /** What a run that ends early says. */
    static String unfinished(boolean kept) {
        return "Not all of the input was carried out. "
                + (kept
                        ? "Running it again goes on: nothing is done twice."
                        : "The data of this run is not kept: running it again begins anew.");
    }

    private static Verdict failed(String sentence) {
        return new Verdict(PART_FAILED, Optional.of(sentence));
    }
}
