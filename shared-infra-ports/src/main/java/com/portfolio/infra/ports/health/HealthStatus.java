package com.portfolio.infra.ports.health;

/** How well a part works, from best to worst. */
public enum HealthStatus {
    /** It works. */
    UP,
    /** It works, but less well than it should. */
    DEGRADED,
    /** It was not looked at yet. */
    UNKNOWN,
    /** It does not work. */
    DOWN;

    /** The worse of the two. */
    public HealthStatus worse(HealthStatus other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
