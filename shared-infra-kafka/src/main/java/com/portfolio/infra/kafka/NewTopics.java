package com.portfolio.infra.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How topics are made that are not there yet.
 *
 * <p>The number of partitions is for good: with another number the messages of a key would move to another partition, and
 * could overtake those that are in the old one. A bus refuses a topic that has another number than it asks for.
 *
 * @param partitions  how many members of a group can share the work of a type, at least 1; defaults to
 *                    {@value #USUAL_PARTITIONS}
 * @param replication how many brokers keep a copy, at least 1; without it, what the brokers are configured for
 * @param retention   how long messages are kept, more than 0; without it, what the brokers are configured for
 */
public record NewTopics(int partitions, Optional<Integer> replication, Optional<Duration> retention) {

    /** The partitions of {@link #usual()}. */
    public static final int USUAL_PARTITIONS = 12;

    public NewTopics {
        Objects.requireNonNull(replication, "replication");
        Objects.requireNonNull(retention, "retention");
        List<String> problems = new ArrayList<>();
        if (partitions < 1) {
            problems.add("partitions must be at least 1, not " + partitions);
        }
        replication
                .filter(copies -> copies < 1 || copies > Short.MAX_VALUE)
                .ifPresent(
                        copies -> problems.add("replication must be from 1 to " + Short.MAX_VALUE + ", not " + copies));
        retention
                .filter(time -> time.toMillis() < 1)
                .ifPresent(time -> problems.add("retention must be at least a" + " millisecond, not " + time));
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("New topics: " + String.join("; ", problems) + ".");
        }
    }

    /** {@value #USUAL_PARTITIONS} partitions, and all else as the brokers are configured. */
    public static NewTopics usual() {
        return withPartitions(USUAL_PARTITIONS);
    }

    /** So many partitions, and all else as the brokers are configured. */
    public static NewTopics withPartitions(int partitions) {
        return new NewTopics(partitions, Optional.empty(), Optional.empty());
    }

    /** The same, kept by so many brokers. */
    public NewTopics replication(int copies) {
        return new NewTopics(partitions, Optional.of(copies), retention);
    }

    /** The same, kept for that long. */
    public NewTopics retention(Duration time) {
        return new NewTopics(partitions, replication, Optional.of(time));
    }
}
