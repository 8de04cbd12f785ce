package com.portfolio.infra.utilities.health;

import java.util.Arrays;
import java.util.Optional;

/** What can be asked for below the path of a {@link HealthHandler}. */
enum HealthView {
    ALL("", "All", Optional.empty()),
    LIVE("/live", "Live", Optional.of(HealthGroup.LIVENESS)),
    READY("/ready", "Ready", Optional.of(HealthGroup.READINESS)),
    STARTED("/started", "Started", Optional.of(HealthGroup.STARTUP));

    private final String path;
    private final String title;
    private final Optional<HealthGroup> group;

    HealthView(String path, String title, Optional<HealthGroup> group) {
        this.path = path;
        this.title = title;
        this.group = group;
    }

    /** Below that of the handler. */
    String path() {
        return path;
    }

    String title() {
        return title;
    }

    /** Whose checks it tells of; empty for all. */
    Optional<HealthGroup> group() {
        return group;
    }

    HealthReport of(HealthCheckRegistry registry) {
        return group.map(registry::check).orElseGet(registry::checkAll);
    }

    /** @param path below that of the handler; a slash at its end means nothing */
    static Optional<HealthView> at(String path) {
        String clean = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return Arrays.stream(values()).filter(view -> view.path.equals(clean)).findFirst();
    }
}
