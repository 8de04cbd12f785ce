package com.portfolio.infra.utilities.eventing;

import com.portfolio.infra.ports.InfrastructureException;

/** A subscription was closed or has failed, so that what it was waited for will not happen. */
public final class SubscriptionEndedException extends InfrastructureException {

    private static final long serialVersionUID = 1L;

    SubscriptionEndedException(CatchUpStatus status, String waitedFor) {
        super(
                "Subscription '" + status.name() + "' is " + status.state() + " at position "
                        + status.checkpoint().map(c -> c.position().toString()).orElse("unknown")
                        + " and will not " + waitedFor + ".",
                status.state() == CatchUpState.FAILED ? status.lastError().orElse(null) : null,
                false);
    }
}
