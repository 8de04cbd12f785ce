package com.portfolio.infra.ports.messaging;

import com.portfolio.infra.ports.Experimental;

/**
 * What a redrive did.
 *
 * @param redriven how many letters were handed to their group again
 * @param capped   how many were passed over, as they had been redriven too often already
 */
@Experimental
public record RedriveResult(int redriven, int capped) {

    public RedriveResult {
        if (redriven < 0 || capped < 0) {
            throw new IllegalArgumentException(
                    "Neither redriven (" + redriven + ") nor capped (" + capped + ") may be negative.");
        }
    }
}
