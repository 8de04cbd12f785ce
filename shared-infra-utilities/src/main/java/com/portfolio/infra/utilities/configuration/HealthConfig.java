package com.portfolio.infra.utilities.configuration;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How health is checked and told.
 *
 * @param interval         how long a result counts
 * @param downInterval     how long it counts for what is down
 * @param timeout          how long a check may take
 * @param retries          how many failures in a row make something down
 * @param successThreshold how many successes in a row make it up again
 * @param httpPort         where health is told over HTTP, 0 for any free port; not at all without it
 * @param httpHost         the address to listen at
 * @param httpDetails      whether single checks and their reasons are told
 */
public record HealthConfig(
        Duration interval,
        Duration downInterval,
        Duration timeout,
        int retries,
        int successThreshold,
        Optional<Integer> httpPort,
        String httpHost,
        boolean httpDetails) {

    public HealthConfig {
        Objects.requireNonNull(interval, "interval");
        Objects.requireNonNull(downInterval, "downInterval");
        Objects.requireNonNull(timeout, "timeout");
        Objects.requireNonNull(httpPort, "httpPort");
        Objects.requireNonNull(httpHost, "httpHost");
    }
}
