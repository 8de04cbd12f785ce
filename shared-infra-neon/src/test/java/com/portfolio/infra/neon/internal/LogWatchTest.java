package com.portfolio.infra.neon.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.portfolio.infra.testing.Eventually;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LogWatchTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration NEVER = Duration.ofHours(1);

    private final AtomicLong head = new AtomicLong();
    private final AtomicInteger polls = new AtomicInteger();

    private long poll() {
        polls.incrementAndGet();
        return head.get();
    }

    private CompletableFuture<Boolean> wait(LogWatch watch, long position) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return watch.awaitBeyond(position, PATIENCE, this::poll);
            } catch (SQLException | InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }

    private void untilPolls(int wanted) {
        Eventually.within(PATIENCE).get("the number of polls", polls::get, now -> now >= wanted);
    }

    @Test
    void whatIsThereIsTold() throws Exception {
        LogWatch watch = new LogWatch(NEVER, NEVER);
        head.set(5);

        assertThat(watch.awaitBeyond(4, Duration.ZERO, this::poll)).isTrue();
        assertThat(watch.awaitBeyond(5, Duration.ZERO, this::poll)).isFalse();
    }

    @Test
    void anOwnAppendIsNoticedHoweverRarelyIsPolled() throws Exception {
        LogWatch watch = new LogWatch(NEVER, NEVER);
        CompletableFuture<Boolean> waiter = wait(watch, 0);
        untilPolls(1);

        head.set(1);
        watch.wake();

        assertThat(waiter.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(polls).hasValueLessThanOrEqualTo(2);
    }

    @Test
    void anAppendOfAnotherProcessIsNoticedByPolling() throws Exception {
        LogWatch watch = new LogWatch(Duration.ofMillis(1), Duration.ofMillis(5));
        CompletableFuture<Boolean> waiter = wait(watch, 0);
        untilPolls(3);

        head.set(1);

        assertThat(waiter.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void onePollServesEverybodyWhoWaits() throws Exception {
        LogWatch watch = new LogWatch(NEVER, NEVER);
        List<CompletableFuture<Boolean>> waiters =
                IntStream.range(0, 8).mapToObj(i -> wait(watch, 0)).toList();
        untilPolls(1);

        head.set(1);
        watch.wake();

        for (CompletableFuture<Boolean> waiter : waiters) {
            assertThat(waiter.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
        // One at first, one after the append; a waiter that came in between makes one more of its own.
        assertThat(polls.get()).isLessThanOrEqualTo(2 + waiters.size());
    }

    @Test
    void pollsThatTellNothingNewBecomeRarer() throws Exception {
        LogWatch watch = new LogWatch(Duration.ofMillis(1), Duration.ofHours(1));

        assertThat(watch.awaitBeyond(0, Duration.ofMillis(600), this::poll)).isFalse();

        // 1 ms and twice as much each time: 11 polls in 600 ms. Growing by half there would be 15.
        assertThat(polls.get()).isBetween(2, 12);
    }

    @Test
    void waitingAgainAtTheEndDoesNotPollBeforeItsTime() throws Exception {
        LogWatch watch = new LogWatch(NEVER, NEVER);
        watch.awaitBeyond(0, Duration.ZERO, this::poll);

        for (int i = 0; i < 100; i++) {
            assertThat(watch.awaitBeyond(0, Duration.ofNanos(1), this::poll)).isFalse();
        }

        assertThat(polls).hasValue(1);
    }

    /** After a tombstone the log may end before what was once told. */
    @Test
    void aYesIsNeverFromBefore() throws Exception {
        LogWatch watch = new LogWatch(NEVER, NEVER);
        head.set(5);
        assertThat(watch.awaitBeyond(3, Duration.ZERO, this::poll)).isTrue();

        head.set(3);

        assertThat(watch.awaitBeyond(3, Duration.ZERO, this::poll)).isFalse();
    }

    @Test
    void aFailureIsToldToWhoeverPolledAndTheNextOnePollsAgain() throws Exception {
        LogWatch watch = new LogWatch(NEVER, NEVER);

        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> watch.awaitBeyond(0, PATIENCE, () -> {
                    throw new SQLException("away");
                }));
        head.set(1);

        assertThat(watch.awaitBeyond(0, PATIENCE, this::poll)).isTrue();
    }

    /** As in a process that appends more often than the log can be asked. */
    @Test
    void appendsWithoutEndNeitherMakePollsWithoutEndNorTheWaitLonger() throws Exception {
        LogWatch watch = new LogWatch(Duration.ofMillis(20), NEVER);
        long begun = System.nanoTime();

        assertThat(watch.awaitBeyond(0, Duration.ofMillis(300), () -> {
                    watch.wake();
                    return stopAfter(begun, poll());
                }))
                .isFalse();

        assertThat(polls.get()).isBetween(2, 75);
    }

    @Test
    void appendsWithoutEndDoNotKeepAWaitFromBeingInterrupted() {
        LogWatch watch = new LogWatch(Duration.ofMillis(20), NEVER);
        long begun = System.nanoTime();

        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> watch.awaitBeyond(0, PATIENCE, () -> {
                    watch.wake();
                    Thread.currentThread().interrupt();
                    return stopAfter(begun, poll());
                }));

        assertThat(polls).hasValue(1);
    }

    private static long stopAfter(long begun, long told) throws SQLException {
        if (System.nanoTime() - begun > Duration.ofSeconds(10).toNanos()) {
            throw new SQLException("The wait does not end.");
        }
        return told;
    }

    @Test
    void closingEndsTheWaiting() {
        LogWatch watch = new LogWatch(NEVER, NEVER);
        CompletableFuture<Boolean> waiter = wait(watch, 0);
        untilPolls(1);

        watch.close();

        assertThat(waiter).failsWithin(PATIENCE).withThrowableThat().withCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void whoWaitsForASignalCanBeInterrupted() throws Exception {
        LogWatch watch = new LogWatch(NEVER, NEVER);
        AtomicInteger interrupted = new AtomicInteger();
        Thread waiter = new Thread(() -> {
            try {
                watch.awaitBeyond(0, PATIENCE, this::poll);
            } catch (InterruptedException e) {
                interrupted.incrementAndGet();
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        });
        waiter.start();
        untilPolls(1);

        waiter.interrupt();
        waiter.join(PATIENCE.toMillis());

        assertThat(interrupted).hasValue(1);
    }
}
