package com.portfolio.infra.utilities.connection;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with the settings of a pool, so that it is said all at once. */
final class Problems {

    private final String subject;
    private final List<String> found = new ArrayList<>();

    /**
     * Begins with none.
     *
     * @param subject begins the sentence, such as {@code The pool}
     */
    Problems(String subject) {
        this.subject = subject;
    }

    void require(boolean holds, String otherwise) {
        if (!holds) {
            found.add(otherwise);
        }
    }

    /** @throws IllegalArgumentException if there are problems, with all of them */
    void throwIfAny() {
        if (found.size() == 1) {
            throw new IllegalArgumentException(subject + " " + found.get(0) + ".");
        }
        if (!found.isEmpty()) {
            throw new IllegalArgumentException(subject + " has " + found.size() + " problems:"
                    + found.stream().map(problem -> "\n- it " + problem).reduce("", String::concat));
        }
    }
}
