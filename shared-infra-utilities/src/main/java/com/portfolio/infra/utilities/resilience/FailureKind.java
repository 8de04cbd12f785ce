package com.portfolio.infra.utilities.resilience;

/** What a failure says about the dependency that was called. */
public enum FailureKind {
    /** It is away, slow or busy, and may be back soon: the call may be repeated, and the breaker counts a failure. */
    TRANSIENT,
    /** It is there, and refused: repeating would not help, and the breaker counts a call that was answered. */
    PERMANENT,
    /**
     * Nothing: the caller was interrupted, made a mistake, or was refused before anything was sent. The call is not
     * repeated, and the breaker does not count it.
     */
    UNRELATED
}
