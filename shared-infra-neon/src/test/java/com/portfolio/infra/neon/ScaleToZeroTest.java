package com.portfolio.infra.neon;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.neon.AccountEvent.Registered;
import com.portfolio.infra.ports.eventstore.AppendResult;
import com.portfolio.infra.ports.eventstore.Position;
import com.portfolio.infra.testing.server.FaultyProxy;
import com.portfolio.infra.testing.server.Postgres;
import com.portfolio.infra.testing.server.PostgresDatabase;
import com.portfolio.infra.testing.server.Traffic;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A service that waits for its log lets the database sleep, and misses nothing of its own. */
class ScaleToZeroTest {

    /** How long Neon keeps a compute awake after the last statement, unless told otherwise. */
    private static final Duration SUSPEND_DELAY = Duration.ofMinutes(5);

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final NeonSettings preset = NeonSettings.scaleToZero();
    private final PostgresDatabase postgres = TestDatabases.create();
    private final FaultyProxy proxy = FaultyProxy.to(postgres.address());

    /** As after a long silence: every pause is the longest one. */
    private final NeonDatabase database = NeonDatabase.open(
            TestDatabases.asApplication(postgres).through(proxy.address()).libpqUrl(),
            preset.toBuilder().pollInterval(preset.maxPollInterval()).build());

    private final NeonEventStore store = new NeonEventStore(database, AccountEvent.CODEC);
    private final NeonEventLog log = new NeonEventLog(database, AccountEvent.CODEC);

    @AfterEach
    void close() {
        database.close();
        proxy.close();
        Postgres.shared().dropDatabase(postgres);
    }

    private CompletableFuture<Boolean> waitBeyond(Position position) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return log.awaitBeyond(position, PATIENCE);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void waitingKeepsTheDatabaseAwakeForLessThanATenthOfALongSilence() {
        assertThat(preset.maxPollInterval()).isGreaterThan(SUSPEND_DELAY.multipliedBy(10));
    }

    @Test
    void waitingAfterALongSilenceSendsNothing() throws Exception {
        Position last = store.append("account-1", List.of(new Registered("a")))
                .lastPosition()
                .orElseThrow();
        assertThat(log.awaitBeyond(last, Duration.ZERO)).isFalse();
        Traffic before = proxy.traffic();

        assertThat(log.awaitBeyond(last, Duration.ofMillis(300))).isFalse();

        assertThat(proxy.traffic()).isEqualTo(before);
    }

    @Test
    void anAppendOfTheSameProcessIsNoticedAtOnceAfterALongSilence() throws Exception {
        AppendResult first = store.append("account-1", List.of(new Registered("a")));
        Position last = first.lastPosition().orElseThrow();
        assertThat(log.awaitBeyond(last, Duration.ZERO)).isFalse();
        CompletableFuture<Boolean> news = waitBeyond(last);

        store.append("account-2", List.of(new Registered("b")));

        assertThat(news.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
}
