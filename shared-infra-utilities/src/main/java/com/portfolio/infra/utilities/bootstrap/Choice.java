package com.portfolio.infra.utilities.bootstrap;

import com.portfolio.infra.utilities.configuration.InfrastructureConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the providers that the configuration names, and every problem with them before anything is opened. */
final class Choice {

    private final InfrastructureConfig config;
    private final ClassLoader loader;
    private final List<BootstrapException> problems = new ArrayList<>();

    Choice(InfrastructureConfig config, ClassLoader loader) {
        this.config = config;
        this.loader = loader;
    }

    /** Empty if the configuration names nothing, or there is a problem. */
    <A> Optional<AdapterProvider<A>> of(Port<A> port) {
        Optional<String> name = port.name(config);
        try {
            return name.map(chosen -> Providers.of(port, loader).named(chosen));
        } catch (BootstrapException e) {
            problems.add(e);
            return Optional.empty();
        }
    }

    /** Tells every problem, a sentence each. */
    void throwIfAny() {
        if (problems.size() == 1) {
            throw problems.get(0);
        }
        if (!problems.isEmpty()) {
            BootstrapException all = new BootstrapException(
                    problems.size() + " adapters can't be opened:\n- "
                            + String.join(
                                    "\n- ",
                                    problems.stream()
                                            .map(problem -> String.valueOf(problem.getMessage()))
                                            .toList()),
                    problems.get(0));
            problems.stream().skip(1).forEach(all::addSuppressed);
            throw all;
        }
    }
}
