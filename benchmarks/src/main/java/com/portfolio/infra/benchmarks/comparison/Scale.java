package com.portfolio.infra.benchmarks.comparison;

/**
 * How much work there is.
 *
 * @param writtenStreams streams that the appends of a contender go round
 * @param storedStreams  streams that are read
 * @param storedLength   events in each of them
 * @param appends        of a contender in a round
 * @param loads          of a contender in a round
 */
record Scale(int writtenStreams, int storedStreams, int storedLength, Lineup.Share appends, Lineup.Share loads) {

    /** 300,000 events to replay, and slices as long as they should be. */
    static Scale full() {
        return new Scale(512, 3_000, 100, new Lineup.Share(64, 100_000), new Lineup.Share(20, 100_000));
    }
}
