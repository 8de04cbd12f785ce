package com.portfolio.infra.ports.messaging;

import com.portfolio.infra.ports.Experimental;
import java.util.Set;

/**
 * Which dead letters to hand to their group again.
 *
 * @param letterIds which ones; empty for all
 * @param limit     the greatest number of letters to redrive, at least 1
 * @param maxRounds letters that were redriven so often already stay where they are; at least 1, defaults to
 *                  {@value #DEFAULT_MAX_ROUNDS}
 */
@Experimental
public record RedriveRequest(Set<String> letterIds, int limit, int maxRounds) {

    /** How often a letter is redriven unless something else is asked for. */
    public static final int DEFAULT_MAX_ROUNDS = 3;

    public RedriveRequest {
        letterIds = Set.copyOf(letterIds);
        if (limit < 1) {
            throw new IllegalArgumentException("The limit of a redrive must be at least 1, not " + limit + ".");
        }
        if (maxRounds < 1) {
            throw new IllegalArgumentException("maxRounds of a redrive must be at least 1, not " + maxRounds + ".");
        }
    }

    /** At most {@code limit} letters, the oldest ones. */
    public static RedriveRequest oldest(int limit) {
        return new RedriveRequest(Set.of(), limit, DEFAULT_MAX_ROUNDS);
    }

    /**
     * Certain letters; ids that are not there are passed over.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static RedriveRequest of(Set<String> letterIds) {
        if (letterIds.isEmpty()) {
            throw new IllegalArgumentException("No dead letter was named; to redrive all, say so with oldest(limit).");
        }
        return new RedriveRequest(letterIds, letterIds.size(), DEFAULT_MAX_ROUNDS);
    }

    /** The same letters, with another cap on how often each is redriven. */
    public RedriveRequest maxRounds(int rounds) {
        return new RedriveRequest(letterIds, limit, rounds);
    }
}
