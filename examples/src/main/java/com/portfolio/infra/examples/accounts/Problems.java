package com.portfolio.infra.examples.accounts;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Tells people of lines that went wrong: the first few in full, the others by their number. Thread-safe. */
final class Problems {

    private static final int SHOWN = 5;

    private final PrintStream err;
    private final List<String> first = new ArrayList<>();
    private long count;

    Problems(PrintStream err) {
        this.err = err;
    }

    /** Tells of a problem, in half a sentence. */
    synchronized void tell(String problem) {
        count++;
        if (count <= SHOWN) {
            first.add(problem);
            err.println("  " + problem);
        } else if (count == SHOWN + 1) {
            err.println("  further lines that went wrong are only counted");
        }
    }

    /** The first ones. */
    synchronized List<String> first() {
        return List.copyOf(first);
    }
}
