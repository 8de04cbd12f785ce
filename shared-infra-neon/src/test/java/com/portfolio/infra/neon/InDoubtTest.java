package com.portfolio.infra.neon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.portfolio.infra.neon.AccountEvent.Registered;
import com.portfolio.infra.neon.AccountEvent.Renamed;
import com.portfolio.infra.ports.eventstore.AppendOutcomeUnknownException;
import com.portfolio.infra.ports.eventstore.AppendRequest;
import com.portfolio.infra.ports.eventstore.AppendResult;
import com.portfolio.infra.ports.eventstore.EventStoreUnavailableException;
import com.portfolio.infra.ports.eventstore.ExpectedVersion;
import com.portfolio.infra.testing.Eventually;
import com.portfolio.infra.testing.server.Cut;
import com.portfolio.infra.testing.server.FaultyProxy;
import com.portfolio.infra.testing.server.FaultyProxy.Direction;
import com.portfolio.infra.testing.server.Postgres;
import com.portfolio.infra.testing.server.PostgresDatabase;
import com.portfolio.infra.testing.server.Traffic;
import com.portfolio.infra.utilities.connection.PoolSettings;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** ES.5: what becomes of an append whose connection breaks. */
class InDoubtTest {

    private static final int POINTS = 25;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final PostgresDatabase postgres = TestDatabases.create();
    private final FaultyProxy proxy = FaultyProxy.to(postgres.address());
    private final NeonSettings settings = TestDatabases.settings().toBuilder()
            .pool(PoolSettings.scaleToZero().withAcquireTimeout(Duration.ofSeconds(2)))
            .build();
    private final NeonDatabase database = open(settings);
    private final NeonEventStore store = new NeonEventStore(database, AccountEvent.CODEC);

    private NeonDatabase open(NeonSettings with) {
        return NeonDatabase.open(
                TestDatabases.asApplication(postgres).through(proxy.address()).libpqUrl(), with);
    }

    @AfterEach
    void close() {
        database.close();
        proxy.close();
        Postgres.shared().dropDatabase(postgres);
    }

    private static AppendRequest request(String stream) {
        return AppendRequest.of(
                stream, ExpectedVersion.noStream(), List.of(new Registered("a"), new Renamed("b"), new Renamed("c")));
    }

    private void isStoredOnce(String stream) {
        assertThat(store.load(stream).payloads(AccountEvent.class))
                .containsExactly(new Registered("a"), new Renamed("b"), new Renamed("c"));
    }

    /** Whatever piece of the request or the answer was the last one to arrive. */
    @ParameterizedTest
    @EnumSource
    void anAppendThatIsCutAnywhereIsStoredOnceAndSucceeds(Direction direction) {
        long length = bytesOfOneAppend(direction);

        for (int point = 0; point < POINTS; point++) {
            String stream = "account-" + point;
            long bytes = Math.max(1, length * point / POINTS);
            warmUp();
            Cut cut = proxy.cutAfter(direction, bytes);

            AppendResult result = store.append(request(stream));

            assertThat(cut.happened())
                    .as("cut after %d of %d bytes", bytes, length)
                    .isTrue();
            assertThat(result.version()).isEqualTo(3);
            assertThat(result.deduplicated()).as("after %d bytes", bytes).isFalse();
            isStoredOnce(stream);
        }
    }

    /** Of an append over a connection that has made one before. */
    private long bytesOfOneAppend(Direction direction) {
        warmUp();
        Traffic before = proxy.traffic();
        store.append(request("account-measured"));
        Traffic one = proxy.traffic().since(before);
        return direction == Direction.TO_SERVER ? one.bytesToServer() : one.bytesToClient();
    }

    private void warmUp() {
        store.append("warm-up", List.of(new Renamed("x"), new Renamed("y")));
    }

    @Test
    void whenNoConnectionCanBeHadNothingIsStoredAndItIsKnown() {
        proxy.refuse();

        assertThatExceptionOfType(EventStoreUnavailableException.class)
                .isThrownBy(() -> store.append(request("account-1")))
                .withMessageContaining("nothing was stored")
                .satisfies(e -> assertThat(e.isRetryable()).isTrue());

        proxy.accept();
        assertThat(store.load("account-1").exists()).isFalse();
    }

    @Test
    void anOutageThatLastsLeavesTheOutcomeUnknownAndRepeatingTheRequestIsSafe() {
        AppendRequest request = request("account-1");
        NeonSettings impatient =
                settings.toBuilder().inDoubtTimeout(Duration.ofMillis(300)).build();
        try (NeonDatabase other = open(impatient)) {
            NeonEventStore impatientStore = new NeonEventStore(other, AccountEvent.CODEC);
            impatientStore.append("warm-up", List.of(new Renamed("x"), new Renamed("y")));
            proxy.refuse();
            Cut cut = proxy.cutAfter(Direction.TO_CLIENT, 1);

            assertThatExceptionOfType(AppendOutcomeUnknownException.class)
                    .isThrownBy(() -> impatientStore.append(request))
                    .satisfies(e -> assertThat(e.request()).isSameAs(request));
            assertThat(cut.happened()).isTrue();
        }
        proxy.accept();

        AppendResult repeated = store.append(request);

        assertThat(repeated.version()).isEqualTo(3);
        isStoredOnce("account-1");
    }

    /** Looking for the events would say that they are not there, and then they would come. */
    @Test
    void aBrokenAppendThatStillWaitsForALockIsNotStoredTwice() throws Exception {
        store.append("account-1", List.of(new Registered("first")));
        AppendRequest request = AppendRequest.of("account-1", ExpectedVersion.any(), List.of(new Renamed("late")));
        CompletableFuture<AppendResult> appended;
        try (Connection holder = TestDatabases.asApplication(postgres).connect()) {
            holder.setAutoCommit(false);
            store.joining(holder).append("account-1", List.of(new Renamed("held")));
            appended = CompletableFuture.supplyAsync(() -> store.append(request));
            awaitLockWaiters(1);
            proxy.cutAll();
            awaitLockWaiters(2);
            holder.commit();
        }

        AppendResult result = appended.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

        awaitLockWaiters(0);
        assertThat(result.version()).isEqualTo(3);
        assertThat(result.deduplicated()).isFalse();
        assertThat(store.load("account-1").payloads(AccountEvent.class))
                .containsExactly(new Registered("first"), new Renamed("held"), new Renamed("late"));
    }

    private void awaitLockWaiters(int wanted) {
        Eventually.within(PATIENCE)
                .get(
                        "the number of sessions that wait for a lock",
                        () -> {
                            try (Connection connection = postgres.connect();
                                    var row = connection
                                            .createStatement()
                                            .executeQuery(
                                                    "SELECT count(*) FROM pg_stat_activity"
                                                            + " WHERE datname = current_database() AND wait_event_type = 'Lock'")) {
                                row.next();
                                return row.getInt(1);
                            }
                        },
                        count -> count == wanted);
    }
}
