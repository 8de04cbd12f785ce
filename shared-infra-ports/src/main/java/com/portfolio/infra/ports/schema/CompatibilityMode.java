package com.portfolio.infra.ports.schema;

import com.portfolio.infra.ports.Experimental;

/**
 * What a subject's next version owes to the ones before.
 *
 * <p>{@code BACKWARD}: it accepts every document that they accept, so that readers are upgraded first.
 * {@code FORWARD}: they accept every document that it accepts, so that writers are upgraded first.
 * {@code FULL}: both. Each looks at the latest version only, {@code _TRANSITIVE} at all of them.
 */
@Experimental
public enum CompatibilityMode {
    /** Nothing. */
    NONE(false, false, false),
    /** To accept every document that the latest version accepts. */
    BACKWARD(true, false, false),
    /** To accept every document that any version accepts. */
    BACKWARD_TRANSITIVE(true, false, true),
    /** That the latest version accepts every document of its own. */
    FORWARD(false, true, false),
    /** That all versions accept every document of its own. */
    FORWARD_TRANSITIVE(false, true, true),
    /** {@link #BACKWARD} and {@link #FORWARD}. */
    FULL(true, true, false),
    /** {@link #BACKWARD_TRANSITIVE} and {@link #FORWARD_TRANSITIVE}. */
    FULL_TRANSITIVE(true, true, true);

    private final boolean backward;
    private final boolean forward;
    private final boolean transitive;

    CompatibilityMode(boolean backward, boolean forward, boolean transitive) {
        this.backward = backward;
        this.forward = forward;
        this.transitive = transitive;
    }

    /** Whether the new version must accept documents of older ones. */
    public boolean isBackward() {
        return backward;
    }

    /** Whether older versions must accept documents of the new one. */
    public boolean isForward() {
        return forward;
    }

    /** Whether all versions count, not only the latest. */
    public boolean isTransitive() {
        return transitive;
    }
}
