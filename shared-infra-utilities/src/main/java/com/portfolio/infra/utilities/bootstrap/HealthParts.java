package com.portfolio.infra.utilities.bootstrap;

import com.portfolio.infra.utilities.configuration.HealthConfig;
import com.portfolio.infra.utilities.health.HealthCheckRegistry;
import com.portfolio.infra.utilities.health.HealthCheckSettings;
import com.portfolio.infra.utilities.health.HealthHandler;
import com.portfolio.infra.utilities.health.HealthServer;
import com.portfolio.infra.utilities.resilience.Resilience;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The health of what is opened, as the configuration says. */
final class HealthParts {

    private final HealthConfig config;
    private final HealthCheckRegistry registry;
    private final Map<String, Dependency> dependencies = new LinkedHashMap<>();

    HealthParts(HealthConfig config, Clock clock) {
        this.config = config;
        this.registry = new HealthCheckRegistry(settings(config), clock);
    }

    static HealthCheckSettings settings(HealthConfig config) {
        return HealthCheckSettings.defaults()
                .timeout(config.timeout())
                .interval(config.interval())
                .downInterval(config.downInterval())
                .failureThreshold(config.retries())
                .successThreshold(config.successThreshold());
    }

    HealthCheckRegistry registry() {
        return registry;
    }

    /** Looks at a dependency from now on, once for all adapters that talk to it. */
    void add(Dependency dependency) {
        Dependency there = dependencies.putIfAbsent(dependency.name(), dependency);
        if (there == null) {
            registry.register(dependency.name(), dependency.health());
        } else if (!there.equals(dependency)) {
            throw new BootstrapException(
                    "Two adapters talk to different things that both are called '" + dependency.name()
                            + "'; one of them needs another name.",
                    null);
        }
    }

    /** The same, with the breaker that stands before it. */
    void add(Dependency dependency, Resilience resilience) {
        boolean known = dependencies.containsKey(dependency.name());
        add(dependency);
        if (!known) {
            resilience
                    .circuitBreaker()
                    .ifPresent(breaker -> registry.register(
                            "calls to " + dependency.name(),
                            breaker.health(),
                            settings(config).optional()));
        }
    }

    /** Tells of it over HTTP, if the configuration says where. */
    Optional<HealthServer> serve(Optional<String> service) {
        return config.httpPort().map(port -> start(port, service));
    }

    private HealthServer start(int port, Optional<String> service) {
        InetSocketAddress address = new InetSocketAddress(config.httpHost(), port);
        if (address.isUnresolved()) {
            throw new BootstrapException("HEALTH_HTTP_HOST is a name that stands for no address.", null);
        }
        HealthHandler handler = HealthHandler.of(registry).showingDetails(config.httpDetails());
        try {
            return HealthServer.start(service.map(handler::service).orElse(handler), address);
        } catch (UncheckedIOException e) {
            throw new BootstrapException("HEALTH_HTTP_PORT can't be used: " + e.getMessage(), e.getCause());
        }
    }
}
