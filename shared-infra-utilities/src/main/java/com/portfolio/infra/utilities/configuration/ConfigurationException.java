package com.portfolio.infra.utilities.configuration;

import com.portfolio.infra.ports.InfrastructureException;
import java.util.List;

/**
 * The configuration can't be used. The message has every problem that was found, a sentence each: the
 * variable, where its value came from, and what is allowed. It holds no value.
 */
public final class ConfigurationException extends InfrastructureException {

    private static final long serialVersionUID = 1L;

    // An array, as not every list can be serialised.
    private final String[] problems;

    ConfigurationException(List<String> problems) {
        super(message(problems), null, false);
        this.problems = problems.toArray(new String[0]);
    }

    private static String message(List<String> problems) {
        return problems.size() == 1
                ? "The configuration has a problem: " + problems.get(0)
                : "The configuration has " + problems.size() + " problems:\n- " + String.join("\n- ", problems);
    }

    /** The problems, a sentence each, at least one. */
    public List<String> problems() {
        return List.of(problems);
    }
}
