package com.portfolio.infra.architecture;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A published module: which of its siblings it may know, and which packages of others.
 *
 * <p>A module may always know itself, the JDK and JSpecify.
 */
@SuppressWarnings("ImmutableEnumChecker") // both fields hold an immutable copy
enum PublishedModule {
    PORTS("shared-infra-ports", Set.of()),
    UTILITIES(
            "shared-infra-utilities",
            Set.of(PORTS),
            "com.fasterxml.jackson..",
            "com.sun.net.httpserver..",
            "com.zaxxer.hikari..",
            "io.github.resilience4j..",
            "io.micrometer.common..",
            "io.micrometer.core..",
            "io.micrometer.observation..",
            "io.smallrye.config..",
            "jakarta.servlet..",
            "org.eclipse.microprofile.config..",
            "org.slf4j.."),
    NEON(
            "shared-infra-neon",
            Set.of(PORTS, UTILITIES),
            "io.micrometer.common..",
            "io.micrometer.observation..",
            "org.flywaydb.core..",
            "org.postgresql..",
            "org.slf4j.."),
    KAFKA(
            "shared-infra-kafka",
            Set.of(PORTS, UTILITIES),
            "io.cloudevents..",
            "io.micrometer.common..",
            "io.micrometer.observation..",
            "org.apache.kafka..",
            "org.slf4j.."),
    REDIS(
            "shared-infra-redis",
            Set.of(PORTS, UTILITIES),
            "io.cloudevents..",
            "io.lettuce..",
            "io.micrometer.common..",
            "io.micrometer.observation..",
            "org.slf4j.."),
    CLOUDFLARE(
            "shared-infra-cloudflare",
            Set.of(PORTS, UTILITIES),
            "io.cloudevents..",
            "io.micrometer.common..",
            "io.micrometer.observation..",
            "org.slf4j.."),
    TESTING(
            "shared-infra-testing",
            Set.of(PORTS, UTILITIES),
            "com.fasterxml.jackson..",
            "kafka..",
            "org.apache.commons.compress..",
            "org.apache.kafka..",
            "org.assertj..",
            "org.junit..",
            "org.opentest4j..",
            "org.postgresql..",
            "org.slf4j..",
            "org.tukaani.xz..");

    private static final List<String> EVERYWHERE = List.of("java..", "javax..", "org.jspecify.annotations..");

    private final String artifactId;
    private final Set<PublishedModule> siblings;
    private final List<String> libraries;

    PublishedModule(String artifactId, Set<PublishedModule> siblings, String... libraries) {
        this.artifactId = artifactId;
        this.siblings = Set.copyOf(siblings);
        this.libraries = List.of(libraries);
    }

    String artifactId() {
        return artifactId;
    }

    boolean mayKnow(PublishedModule other) {
        return other == this || siblings.contains(other);
    }

    /** The packages outside this project that the module may know, as ArchUnit's package identifiers. */
    String[] libraries() {
        return Stream.concat(EVERYWHERE.stream(), libraries.stream()).toArray(String[]::new);
    }
}
