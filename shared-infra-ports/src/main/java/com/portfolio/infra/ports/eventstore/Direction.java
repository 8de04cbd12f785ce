package com.portfolio.infra.ports.eventstore;

/** The order in which a stream is read. */
public enum Direction {
    /** By growing version. */
    FORWARD,
    /** By falling version. */
    BACKWARD
}
