package com.portfolio.infra.utilities.configuration;

import static com.portfolio.infra.utilities.configuration.Variables.DB_POOL_IDLE_TIMEOUT;
import static com.portfolio.infra.utilities.configuration.Variables.DB_POOL_KEEP_ALIVE;
import static com.portfolio.infra.utilities.configuration.Variables.DB_POOL_LEAK_THRESHOLD;
import static com.portfolio.infra.utilities.configuration.Variables.DB_POOL_MAX_LIFETIME;
import static com.portfolio.infra.utilities.configuration.Variables.DB_POOL_MIN_IDLE;
import static com.portfolio.infra.utilities.configuration.Variables.DB_POOL_SIZE;
import static com.portfolio.infra.utilities.configuration.Variables.DB_SOCKET_TIMEOUT;
import static com.portfolio.infra.utilities.configuration.Variables.DB_STATEMENT_TIMEOUT;
import static com.portfolio.infra.utilities.configuration.Variables.EVENT_LOG_MAX_POLL_INTERVAL;
import static com.portfolio.infra.utilities.configuration.Variables.EVENT_LOG_POLL_INTERVAL;

import java.time.Duration;

/** What the variables of the database owe to each other, with the values that the preset gives. */
final class DatabaseChecks {

    private static final Duration LIFETIME_BEYOND_IDLE = Duration.ofSeconds(1);
    private static final Duration SHORTEST_KEEP_ALIVE = Duration.ofSeconds(30);
    private static final Duration SHORTEST_LEAK_THRESHOLD = Duration.ofSeconds(2);

    private final Settings settings;
    private final Problems problems;
    private final DatabaseDefaults effective;

    DatabaseChecks(Settings settings, Problems problems) {
        this.settings = settings;
        this.problems = problems;
        this.effective = new DatabaseDefaults(settings);
    }

    void run() {
        if (sound(DB_POOL_MIN_IDLE, DB_POOL_SIZE) && effective.minIdle() > settings.get(DB_POOL_SIZE)) {
            problems.add(settings.named(DB_POOL_MIN_IDLE) + " must not be more than " + settings.named(DB_POOL_SIZE));
        }
        if (sound(DB_SOCKET_TIMEOUT, DB_STATEMENT_TIMEOUT)) {
            more(
                    DB_SOCKET_TIMEOUT,
                    settings.get(DB_SOCKET_TIMEOUT),
                    DB_STATEMENT_TIMEOUT,
                    settings.get(DB_STATEMENT_TIMEOUT));
        }
        lifetime();
        keepAlive();
        leakThreshold();
        if (sound(EVENT_LOG_MAX_POLL_INTERVAL, EVENT_LOG_POLL_INTERVAL)
                && effective.maxPollInterval().compareTo(settings.get(EVENT_LOG_POLL_INTERVAL)) < 0) {
            problems.add(settings.named(EVENT_LOG_POLL_INTERVAL) + " must not be more than "
                    + settings.named(EVENT_LOG_MAX_POLL_INTERVAL));
        }
    }

    private void lifetime() {
        if (sound(DB_POOL_MAX_LIFETIME, DB_POOL_IDLE_TIMEOUT)
                && effective.maxLifetime().compareTo(effective.idleTimeout().plus(LIFETIME_BEYOND_IDLE)) < 0) {
            problems.add(settings.named(DB_POOL_MAX_LIFETIME) + " must be at least 1s more than "
                    + settings.named(DB_POOL_IDLE_TIMEOUT));
        }
    }

    private void keepAlive() {
        Duration keepAlive = effective.keepAlive();
        if (!sound(DB_POOL_KEEP_ALIVE, DB_POOL_MAX_LIFETIME) || keepAlive.isZero()) {
            return;
        }
        if (keepAlive.compareTo(SHORTEST_KEEP_ALIVE) < 0) {
            problems.add(settings.named(DB_POOL_KEEP_ALIVE) + " must be 0s or at least 30s");
        }
        more(DB_POOL_MAX_LIFETIME, effective.maxLifetime(), DB_POOL_KEEP_ALIVE, keepAlive);
    }

    private void leakThreshold() {
        Duration threshold = settings.find(DB_POOL_LEAK_THRESHOLD).orElse(Duration.ZERO);
        if (!sound(DB_POOL_LEAK_THRESHOLD, DB_POOL_MAX_LIFETIME) || threshold.isZero()) {
            return;
        }
        if (threshold.compareTo(SHORTEST_LEAK_THRESHOLD) < 0) {
            problems.add(settings.named(DB_POOL_LEAK_THRESHOLD) + " must be 0s or at least 2s");
        }
        if (threshold.compareTo(effective.maxLifetime()) > 0) {
            problems.add(settings.named(DB_POOL_LEAK_THRESHOLD) + " must not be more than "
                    + settings.named(DB_POOL_MAX_LIFETIME));
        }
    }

    private boolean sound(Variable<?> one, Variable<?> other) {
        return settings.isSound(one) && settings.isSound(other);
    }

    private void more(Variable<?> longer, Duration longerTime, Variable<?> shorter, Duration shorterTime) {
        if (longerTime.compareTo(shorterTime) <= 0) {
            problems.add(settings.named(longer) + " must be more than " + settings.named(shorter));
        }
    }
}
