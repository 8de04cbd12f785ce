package com.portfolio.infra.neon.internal;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a configuration, so that it is said all at once. */
public final class Problems {

    private final String subject;
    private final List<String> found = new ArrayList<>();

    /**
     * Begins with none.
     *
     * @param subject begins the sentence, such as {@code The database URL}
     */
    public Problems(String subject) {
        this.subject = subject;
    }

    /** Notes a problem; never with a secret in it. */
    public void add(String problem) {
        found.add(problem);
    }

    /** Notes a problem unless something holds. */
    public void require(boolean holds, String otherwise) {
        if (!holds) {
            found.add(otherwise);
        }
    }

    /**
     * Ends the collecting.
     *
     * @throws IllegalArgumentException if there are problems, with all of them
     */
    public void throwIfAny() {
        if (found.size() == 1) {
            throw new IllegalArgumentException(subject + " " + found.get(0) + ".");
        }
        if (!found.isEmpty()) {
            throw new IllegalArgumentException(subject + " has " + found.size() + " problems:"
                    + found.stream().map(problem -> "\n- it " + problem).reduce("", String::concat));
        }
    }
}
