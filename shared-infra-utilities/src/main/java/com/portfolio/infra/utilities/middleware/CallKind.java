package com.portfolio.infra.utilities.middleware;

import java.util.Locale;

/** What kind of thing is called. */
public enum CallKind {
    /** An event store or an event log. */
    EVENT_STORE,
    /** A projection store. */
    PROJECTION_STORE,
    /** A message is published. */
    MESSAGE_SEND,
    /** A received message is handled. */
    MESSAGE_PROCESS,
    /** A received HTTP request is answered. */
    HTTP_SERVER,
    /** Work of the service's own: a command, a scheduled job, the handling of an event of the log. */
    TASK,
    /** Something else that the service calls. */
    OTHER;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The name in lower case, as it stands in logs and metrics. */
    public String word() {
        return word;
    }

    /** Whether such a call begins a trace where there is none; all others only go on with one. */
    boolean beginsTraces() {
        return this == MESSAGE_PROCESS || this == HTTP_SERVER || this == TASK;
    }
}
