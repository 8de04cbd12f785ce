package com.portfolio.infra.testing.bootstrap;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What providers did, in its order, and where they are to fail. */
final class Steps {

    private final List<String> done = new ArrayList<>();
    private final Map<String, Throwable> failures = new HashMap<>();

    void fail(String step, Throwable with) {
        failures.put(step, with);
    }

    void step(String step) {
        done.add(step);
        Throwable failure = failures.get(step);
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
    }

    List<String> done() {
        return done;
    }
}
