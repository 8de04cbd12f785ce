package com.portfolio.infra.utilities.resilience;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Collects what is wrong with a policy, so that it is said all at once. */
final class Problems {

    private static final Duration LONGEST = Duration.ofDays(1);

    private final String subject;
    private final List<String> found = new ArrayList<>();

    /**
     * Begins with none.
     *
     * @param subject begins the sentence, such as {@code A retry policy}
     */
    Problems(String subject) {
        this.subject = subject;
    }

    void require(boolean holds, String otherwise) {
        if (!holds) {
            found.add(otherwise);
        }
    }

    /** A time that is longer than nothing, and not longer than a day. */
    void requireTime(String name, Duration value) {
        Objects.requireNonNull(value, name);
        require(
                value.compareTo(Duration.ZERO) > 0 && value.compareTo(LONGEST) <= 0,
                "needs a " + name + " of more than 0 and at most a day, not " + value);
    }

    /** A sum of times that each are allowed. */
    static Duration atMostLongest(Duration sum) {
        return sum.compareTo(LONGEST) < 0 ? sum : LONGEST;
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
