package com.portfolio.infra.neon.internal;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What became of the latest calls to the database. */
public final class Vitals {

    /**
     * A call that failed.
     *
     * @param at     when
     * @param reason without credentials
     */
    public record Failure(Instant at, String reason) {}

    private volatile @Nullable Instant lastAnswer;
    private volatile @Nullable Failure failure;
    private volatile @Nullable Instant lastBusy;

    /** A call was answered, if only by a refusal of its statement: the database lives. */
    public void answered() {
        lastAnswer = Instant.now();
        failure = null;
    }

    /** A call found no database, or not the one that it expected. */
    public void failed(SqlFailure why) {
        failure = new Failure(Instant.now(), why.message());
    }

    /** A call got no connection as others had them all, which says nothing of the database. */
    public void busy() {
        lastBusy = Instant.now();
    }

    /** When a call was last answered. */
    public Optional<Instant> lastAnswer() {
        return Optional.ofNullable(lastAnswer);
    }

    /** The latest failure, if no call was answered since. */
    public Optional<Failure> failure() {
        return Optional.ofNullable(failure);
    }

    /** When a call last got no connection. */
    public Optional<Instant> lastBusy() {
        return Optional.ofNullable(lastBusy);
    }
}
