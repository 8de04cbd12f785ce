package com.portfolio.infra.testing.bootstrap;

import com.portfolio.infra.utilities.bootstrap.AdapterContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What providers did, in its order, and where they are to fail. */
final class Steps {

    private final List<String> done = new ArrayList<>();
    private final Map<String, Throwable> failures = new HashMap<>();

    private @Nullable AdapterContext context;

    /** What the providers were opened from. */
    AdapterContext context() {
        return Objects.requireNonNull(context, "context");
    }

    void openedFrom(AdapterContext given) {
        context = given;
    }

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
