package com.portfolio.infra.utilities.health;

import com.portfolio.infra.ports.health.HealthResult;
import com.portfolio.infra.ports.health.HealthStatus;
import java.util.Objects;

/**
 * A check found another status than before.
 *
 * @param name   of the check
 * @param from   the status before; {@link HealthStatus#UNKNOWN} if it was the first time
 * @param result what was found, with the status that the check has from now on
 */
public record HealthChange(String name, HealthStatus from, HealthResult result) {

    public HealthChange {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(result, "result");
    }

    /** The status that the check has from now on. */
    public HealthStatus to() {
        return result.status();
    }
}
