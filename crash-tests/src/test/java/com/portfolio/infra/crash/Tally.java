package com.portfolio.infra.crash;

import java.util.UUID;

/**
 * What the projection keeps of a stream: an event that is missing, doubled or out of order shows.
 *
 * @param digest of the ids, in their order
 */
record Tally(long count, long lastVersion, long lastPosition, long digest) {

    static final Tally NONE = new Tally(0, 0, 0, 0);

    Tally plus(long version, long position, UUID event) {
        return new Tally(count + 1, version, position, digest * 31 + event.hashCode());
    }
}
