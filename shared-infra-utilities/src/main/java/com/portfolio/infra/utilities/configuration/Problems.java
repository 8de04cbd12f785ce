package com.portfolio.infra.utilities.configuration;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what is wrong, each thing once, so that it is told all at once. */
final class Problems {

    private final Set<String> found = new LinkedHashSet<>();

    /** Notes a problem: a sentence without its full stop, and without a value. */
    void add(String problem) {
        found.add(problem + ".");
    }

    void throwIfAny() {
        if (!found.isEmpty()) {
            throw new ConfigurationException(List.copyOf(found));
        }
    }
}
