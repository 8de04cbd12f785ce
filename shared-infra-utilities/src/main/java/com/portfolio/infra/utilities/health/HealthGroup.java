package com.portfolio.infra.utilities.health;

/** What an answer about health is wanted for. A check may be in several groups, or in none. */
public enum HealthGroup {

    /**
     * Whether the process has to be restarted. A database, a broker or another service does not belong here: if it
     * is away, every instance would be restarted, again and again, and that brings nothing back.
     */
    LIVENESS,

    /** Whether this instance can be given work. */
    READINESS,

    /** Whether the service has come up. What fails here for too long is restarted, as in {@link #LIVENESS}. */
    STARTUP
}
