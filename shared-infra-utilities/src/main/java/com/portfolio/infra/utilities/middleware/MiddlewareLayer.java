package com.portfolio.infra.utilities.middleware;

/** Where a {@link Middleware} stands around a call, from the outside in. */
public enum MiddlewareLayer {
    /** Outermost, so that everything inside belongs to the call's own span. */
    TRACING,
    /** Inside the trace, and around all that the call costs. */
    METRICS,
    /** Inside the trace too, so that lines carry its ids. */
    LOGGING,
    /** Innermost of the library's own: says what a failure means, to those outside of it. */
    ERROR_HANDLING,
    /** For a service's own: next to the resilience and the adapter. */
    INNERMOST
}
