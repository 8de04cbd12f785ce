package com.portfolio.infra.utilities.bootstrap;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The providers of one port on the class path. One that can't be loaded does not hide the others.
 *
 * @param <A> what they open
 */
final class Providers<A> {

    private static final Logger LOG = LoggerFactory.getLogger(Providers.class);
    private static final String GROUP = "com.portfolio.infra:";

    /** Which module of this project has, or will have, the providers of a name. */
    private static final Map<String, String> ARTIFACTS = Map.of(
            "neon", GROUP + "shared-infra-neon",
            "postgres", GROUP + "shared-infra-neon",
            "kafka", GROUP + "shared-infra-kafka",
            "confluent", GROUP + "shared-infra-kafka",
            "redis", GROUP + "shared-infra-redis",
            "cloudflare", GROUP + "shared-infra-cloudflare",
            "memory", GROUP + "shared-infra-testing");

    /** What they do not have yet. */
    private static final Map<String, Set<String>> PLANNED = Map.of(
            Port.SCHEMA_REGISTRY.variable(), Set.of("neon", "postgres", "confluent"),
            Port.PROJECTIONS.variable(), Set.of("cloudflare"),
            Port.MESSAGE_BUS.variable(), Set.of("redis", "cloudflare"));

    /** A loader that fails again and again is given up. */
    private static final int MOST_FAILURES = 100;

    private final Port<A> port;
    private final Map<AdapterProvider<A>, Set<String>> loaded = new LinkedHashMap<>();
    private final List<Throwable> failures = new ArrayList<>();

    private Providers(Port<A> port) {
        this.port = port;
    }

    static <A> Providers<A> of(Port<A> port, ClassLoader loader) {
        Providers<A> providers = new Providers<>(port);
        var all = ServiceLoader.load(port.kind(), loader).iterator();
        boolean more = true;
        while (more && providers.failures.size() < MOST_FAILURES) {
            try {
                more = all.hasNext();
                if (more) {
                    AdapterProvider<A> next = all.next();
                    providers.loaded.put(next, Set.copyOf(next.names()));
                }
            } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
                providers.failures.add(e);
            }
        }
        return providers;
    }

    /**
     * The provider of a name.
     *
     * @throws BootstrapException if there is none, or more than one
     */
    AdapterProvider<A> named(String name) {
        List<AdapterProvider<A>> answering = loaded.entrySet().stream()
                .filter(one -> one.getValue().contains(name))
                .map(Map.Entry::getKey)
                .toList();
        if (answering.isEmpty()) {
            throw missing(name);
        }
        if (answering.size() > 1) {
            throw new BootstrapException(
                    port.variable() + " is " + name + ", and "
                            + Sentences.and(answering.stream()
                                    .map(one -> one.getClass().getName())
                                    .sorted()
                                    .toList())
                            + " on the class path both answer to that; leave one of them.",
                    null);
        }
        failures.forEach(failure -> LOG.warn("A provider of {} can't be loaded.", port.variable(), failure));
        return answering.get(0);
    }

    private BootstrapException missing(String name) {
        Set<String> there = new TreeSet<>();
        loaded.values().forEach(there::addAll);
        String found = there.isEmpty() ? "none" : Sentences.and(List.copyOf(there));
        String artifact = ARTIFACTS.get(name);
        boolean planned = PLANNED.getOrDefault(port.variable(), Set.of()).contains(name);
        String add = artifact == null ? "" : "; " + name + (planned ? " will be in a later " : " is in ") + artifact;
        BootstrapException missing = new BootstrapException(
                port.variable() + " is " + name + ", but no provider on the class path answers to that (there is "
                        + found + ")" + add + "." + broken(),
                failures.isEmpty() ? null : failures.get(0));
        failures.stream().skip(1).forEach(missing::addSuppressed);
        return missing;
    }

    private String broken() {
        if (failures.isEmpty()) {
            return "";
        }
        String all = failures.size() == 1 ? "One" : Integer.toString(failures.size());
        return " " + all + " can't be loaded: "
                + String.join("; ", failures.stream().map(Providers::reason).toList()) + ".";
    }

    private static String reason(Throwable failure) {
        String said =
                String.valueOf(failure.getMessage()).replaceAll("\\s+", " ").strip();
        return failure instanceof ServiceConfigurationError
                ? said
                : failure.getClass().getName() + ": " + said;
    }
}
